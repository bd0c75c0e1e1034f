// Asks before somebody is removed from the directory; other systems keep whom they have.
import {useMutation, useQueryClient, useSuspenseQuery} from '@tanstack/react-query';
import {getRouteApi} from '@tanstack/react-router';
import {call} from '../api/client.ts';
import {connection, record} from '../api/queries.ts';
import {Confirm} from '../parts/confirm.tsx';
import {t} from '../text.ts';

const route = getRouteApi('/app/people/$recordId/remove');

export function PersonRemoveDialog() {
  const {recordId} = route.useParams();
  const {data} = useSuspenseQuery(record(recordId));
  const {data: source} = useSuspenseQuery(connection(data.connection));
  const queries = useQueryClient();
  const navigate = route.useNavigate();
  const {connection: id, resource, externalId} = data;
  const remove = useMutation({
    mutationFn: () =>
      call('DELETE /connections/{id}/records/{resource}/{externalId}', {params: {id, resource, externalId}}),
    onSuccess: async () => {
      await Promise.all([
        queries.invalidateQueries({queryKey: ['GET /records']}),
        queries.invalidateQueries({queryKey: ['GET /records/{id}']}),
        queries.invalidateQueries({queryKey: ['GET /records/{id}/events']}),
      ]);
      await navigate({to: '/people', search: true});
    },
  });
  const label = source.resources.find(item => item.name === resource)?.label ?? resource;
  return (
    <Confirm
      title={t.people.removeTitle(data.name || externalId)}
      confirm={t.people.remove}
      right="push"
      danger
      loading={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={() => navigate({to: '/people/$recordId', params: {recordId}, search: true})}
    >
      {t.people.removeAbout(label, source.name)}
    </Confirm>
  );
}
