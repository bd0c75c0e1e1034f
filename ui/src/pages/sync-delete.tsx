// Asks before a sync is deleted; what it did stays in the history.
import {useMutation, useQueryClient, useSuspenseQuery} from '@tanstack/react-query';
import {getRouteApi, useNavigate} from '@tanstack/react-router';
import {call} from '../api/client.ts';
import {sync} from '../api/queries.ts';
import {Confirm} from '../parts/confirm.tsx';
import {t} from '../text.ts';

const route = getRouteApi('/app/syncs/$syncId/delete');

export function SyncDeleteDialog() {
  const {syncId} = route.useParams();
  const {data} = useSuspenseQuery(sync(syncId));
  const queries = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => call('DELETE /syncs/{id}', {params: {id: syncId}}),
    onSuccess: async () => {
      await queries.invalidateQueries({queryKey: ['GET /syncs']});
      await navigate({to: '/syncs'});
    },
  });
  return (
    <Confirm
      title={t.syncs.deleteTitle(data.name)}
      confirm={t.delete}
      right="configure"
      danger
      loading={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={() => navigate({to: '/syncs/$syncId', params: {syncId}})}
    >
      {t.syncs.deleteAbout}
    </Confirm>
  );
}
