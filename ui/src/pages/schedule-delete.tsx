// Asks before a schedule is deleted, and says what stops and what does not.
import {useMutation, useQueryClient, useSuspenseQuery} from '@tanstack/react-query';
import {getRouteApi} from '@tanstack/react-router';
import {call} from '../api/client.ts';
import {schedule} from '../api/queries.ts';
import {Confirm} from '../parts/confirm.tsx';
import {t} from '../text.ts';

const route = getRouteApi('/app/schedules/$scheduleId/delete');

export function ScheduleDeleteDialog() {
  const {scheduleId} = route.useParams();
  const {data} = useSuspenseQuery(schedule(scheduleId));
  const queries = useQueryClient();
  const navigate = route.useNavigate();
  const remove = useMutation({
    mutationFn: () => call('DELETE /schedules/{id}', {params: {id: scheduleId}}),
    onSuccess: async () => {
      await navigate({to: '/schedules'});
      // The list alone: the deleted one itself is not there to be asked for.
      await queries.invalidateQueries({queryKey: ['GET /schedules']});
    },
  });
  return (
    <Confirm
      title={t.schedules.deleteTitle(data.name)}
      confirm={t.delete}
      right="configure"
      danger
      loading={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={() => navigate({to: '/schedules/$scheduleId', params: {scheduleId}})}
    >
      <p>{t.schedules.deleteAbout(data.syncName)}</p>
      <p>{t.schedules.deleteKeeps}</p>
    </Confirm>
  );
}
