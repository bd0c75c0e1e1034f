// Asks before a connection is deleted; the server refuses while a sync uses it, and its reason is shown here.
import {useMutation, useQueryClient, useSuspenseQuery} from '@tanstack/react-query';
import {getRouteApi, useNavigate} from '@tanstack/react-router';
import {call} from '../api/client.ts';
import {connection} from '../api/queries.ts';
import {Confirm} from '../parts/confirm.tsx';
import {t} from '../text.ts';

const route = getRouteApi('/app/connections/$connectionId/delete');

export function ConnectionDeleteDialog() {
  const {connectionId} = route.useParams();
  const {data} = useSuspenseQuery(connection(connectionId));
  const queries = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => call('DELETE /connections/{id}', {params: {id: connectionId}}),
    onSuccess: async () => {
      await queries.invalidateQueries({queryKey: ['GET /connections']});
      await navigate({to: '/connections'});
    },
  });
  return (
    <Confirm
      title={t.connections.deleteTitle(data.name)}
      confirm={t.delete}
      right="configure"
      danger
      loading={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={() => navigate({to: '/connections/$connectionId', params: {connectionId}})}
    >
      {t.connections.deleteAbout}
    </Confirm>
  );
}
