// One schedule in its panel: what became of its last start, and everything that can be changed.
import {useMutation, useQueryClient, useSuspenseQuery} from '@tanstack/react-query';
import {getRouteApi, Link} from '@tanstack/react-router';
import type {Schedule} from '../../../src/api/contract/schedule.ts';
import {call} from '../api/client.ts';
import {schedule} from '../api/queries.ts';
import {Action} from '../parts/action.tsx';
import {Instant} from '../parts/instant.tsx';
import {Panel} from '../parts/panel.tsx';
import {RunState} from '../parts/phase.tsx';
import {type Entered, ScheduleForm} from '../schedules/form.tsx';
import {refreshSchedules} from '../schedules/refresh.ts';
import {formatIn} from '../schedules/rhythm.ts';
import {t} from '../text.ts';

const route = getRouteApi('/app/schedules/$scheduleId');

export function SchedulePanel() {
  const {scheduleId} = route.useParams();
  const {data} = useSuspenseQuery(schedule(scheduleId));
  const queries = useQueryClient();
  const navigate = route.useNavigate();
  const back = () => navigate({to: '/schedules'});
  const save = useMutation({
    mutationFn: ({sync: _, ...change}: Entered) =>
      call('PATCH /schedules/{id}', {params: {id: scheduleId}, body: change}),
    onSuccess: async () => {
      await refreshSchedules(queries);
      await back();
    },
  });
  const {name, sync, cron, zone, inputs} = data;
  return (
    <Panel title={t.schedules.editTitle(name)} onClose={back}>
      <LastStart data={data} />
      <ScheduleForm
        key={data.id}
        start={{name, sync, cron, zone, save: data.save, inputs}}
        saving={save.isPending}
        error={save.error}
        untouched={t.schedules.unchanged}
        onSave={save.mutate}
        onCancel={back}
      >
        <Action
          variant="subtle"
          color="gray"
          right="configure"
          link={{to: '/schedules/$scheduleId/delete', params: {scheduleId}}}
        >
          {t.delete}
        </Action>
      </ScheduleForm>
    </Panel>
  );
}

function LastStart({data: {sync, syncName, zone, enabled, lastRun, lastSkipped}}: {data: Schedule}) {
  return (
    <div className="stack last-start">
      <dl className="facts">
        <dt>{t.schedules.sync}</dt>
        <dd>
          <Link to="/syncs/$syncId" params={{syncId: sync}}>
            {syncName}
          </Link>
        </dd>
        <dt>{t.schedules.lastRun}</dt>
        <dd>
          {lastRun ? (
            <>
              <Link to="/runs/$runId" params={{runId: lastRun.id}}>
                <RunState {...lastRun} />
              </Link>{' '}
              <Instant at={lastRun.startedAt} none={t.runs.notStarted} />
            </>
          ) : (
            <span className="dimmed">{t.schedules.notYet}</span>
          )}
        </dd>
      </dl>
      {!enabled && <p className="callout tone-grey">{t.schedules.pausedAbout}</p>}
      {lastSkipped && (
        <p className="callout tone-amber">
          {t.schedules.leftOut(formatIn(zone, lastSkipped.at))} {lastSkipped.message} {lastSkipped.hint}
        </p>
      )}
    </div>
  );
}
