// Schedules: what starts by itself, when next, how it went the last time, and a switch for each.
import {Switch, Tooltip} from '@mantine/core';
import {useMutation, useQueryClient, useSuspenseQuery} from '@tanstack/react-query';
import {Link, Outlet, useParams} from '@tanstack/react-router';
import type {Schedule} from '../../../src/api/contract/schedule.ts';
import {call} from '../api/client.ts';
import {schedules, syncs} from '../api/queries.ts';
import {Action} from '../parts/action.tsx';
import {Instant} from '../parts/instant.tsx';
import {RunState} from '../parts/phase.tsx';
import {useRights} from '../parts/rights.tsx';
import {refreshSchedules} from '../schedules/refresh.ts';
import {formatIn, rhythmWords} from '../schedules/rhythm.ts';
import {Page} from '../shell/page.tsx';
import {Empty, Refusal} from '../shell/states.tsx';
import {type Column, DataTable} from '../shell/table.tsx';
import {t} from '../text.ts';

const columns: readonly Column<Schedule>[] = [
  {
    title: t.schedules.name,
    cell: schedule => (
      <>
        <Link to="/schedules/$scheduleId" params={{scheduleId: schedule.id}} className="row-link">
          {schedule.name}
        </Link>
        <div className="small-print">
          {schedule.syncName} · {schedule.save ? t.runs.save : t.runs.preview}
        </div>
      </>
    ),
  },
  {
    title: t.schedules.when,
    wide: true,
    cell: ({cron, zone}) => (
      <>
        {rhythmWords(cron)}
        <div className="small-print">{zone}</div>
      </>
    ),
  },
  {title: t.schedules.next, cell: schedule => <Next schedule={schedule} />},
  {
    title: t.schedules.lastRun,
    wide: true,
    cell: ({lastRun}) =>
      lastRun ? (
        <div className="last-run">
          <Link to="/runs/$runId" params={{runId: lastRun.id}} className="over-row">
            <RunState {...lastRun} />
          </Link>
          <div className="small-print">
            <Instant at={lastRun.startedAt} none={t.runs.notStarted} />
          </div>
        </div>
      ) : (
        <span className="dimmed">{t.schedules.notYet}</span>
      ),
  },
  {title: t.schedules.on, actions: true, cell: schedule => <OnSwitch schedule={schedule} />},
];

function Next({schedule: {zone, nextRuns}}: {schedule: Schedule}) {
  const [next] = nextRuns;
  if (!next) return <span className="dimmed">{t.schedules.paused}</span>;
  return (
    <>
      <Instant at={next} />
      <div className="small-print">{formatIn(zone, next)}</div>
    </>
  );
}

function OnSwitch({schedule: {id, name, enabled}}: {schedule: Schedule}) {
  const queries = useQueryClient();
  const mayNot = !useRights().includes('configure');
  const turn = useMutation({
    mutationFn: (on: boolean) => call('PATCH /schedules/{id}', {params: {id}, body: {enabled: on}}),
    onSettled: () => refreshSchedules(queries),
  });
  return (
    <>
      <Tooltip label={t.errors.noRight} disabled={!mayNot} refProp="rootRef" multiline maw={280}>
        <Switch
          aria-label={t.schedules.starts(name)}
          checked={turn.isPending ? turn.variables : enabled}
          disabled={mayNot}
          onChange={event => turn.mutate(event.currentTarget.checked)}
        />
      </Tooltip>
      <Refusal error={turn.error} />
    </>
  );
}

/** What starts by itself shows by itself. */
const lookEveryMs = 15_000;

export function SchedulesPage() {
  const {data} = useSuspenseQuery({...schedules(), refetchInterval: lookEveryMs});
  const {data: all} = useSuspenseQuery(syncs());
  const {scheduleId} = useParams({strict: false});
  const create = (
    <Action icon="plus" right="configure" link={{to: '/schedules/new'}}>
      {t.schedules.create}
    </Action>
  );
  const createSync = <Action link={{to: '/syncs/new'}}>{t.syncs.create}</Action>;
  return (
    <Page title={t.schedules.title} subtitle={t.schedules.about} actions={all.items.length > 0 && create}>
      {data.items.length > 0 ? (
        <DataTable
          label={t.schedules.title}
          columns={columns}
          rows={data.items}
          rowKey={({id}) => id}
          current={scheduleId}
        />
      ) : all.items.length > 0 ? (
        <Empty {...t.schedules.empty} action={create} />
      ) : (
        <Empty {...t.schedules.needsSync} action={createSync} />
      )}
      <Outlet />
    </Page>
  );
}
