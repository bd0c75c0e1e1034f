// New schedule: previews on weekdays at seven, where the browser is, until something else is chosen.
import {useMutation, useQueryClient, useSuspenseQuery} from '@tanstack/react-query';
import {getRouteApi} from '@tanstack/react-router';
import {call} from '../api/client.ts';
import {syncs} from '../api/queries.ts';
import {Panel} from '../parts/panel.tsx';
import {type Entered, ScheduleForm} from '../schedules/form.tsx';
import {refreshSchedules} from '../schedules/refresh.ts';
import {ownZone} from '../schedules/rhythm.ts';
import {t} from '../text.ts';

const route = getRouteApi('/app/schedules/new');

export function ScheduleNewPanel() {
  const {sync} = route.useSearch();
  const {data: all} = useSuspenseQuery(syncs());
  const queries = useQueryClient();
  const navigate = route.useNavigate();
  const back = () => navigate({to: '/schedules'});
  const save = useMutation({
    mutationFn: (entered: Entered) => call('POST /schedules', {body: entered}),
    onSuccess: async () => {
      await refreshSchedules(queries);
      await back();
    },
  });
  const chosen = all.items.find(item => item.id === sync) ?? all.items[0];
  return (
    <Panel title={t.schedules.create} onClose={back}>
      {chosen ? (
        <ScheduleForm
          start={{name: '', sync: chosen.id, cron: '0 7 * * 1-5', zone: ownZone(), save: false, inputs: {}}}
          syncs={all.items}
          saving={save.isPending}
          error={save.error}
          onSave={save.mutate}
          onCancel={back}
        />
      ) : (
        <p>{t.schedules.needsSync.text}</p>
      )}
    </Panel>
  );
}
