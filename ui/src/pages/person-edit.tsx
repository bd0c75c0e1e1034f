// Edit a person: the same form, filled; only what was changed is sent, and an emptied field is cleared.
import {useMutation, useQueryClient, useSuspenseQuery} from '@tanstack/react-query';
import {getRouteApi} from '@tanstack/react-router';
import type {Push} from '../../../src/api/contract/connection.ts';
import {call} from '../api/client.ts';
import {connection, record} from '../api/queries.ts';
import {Panel} from '../parts/panel.tsx';
import {RecordForm} from '../parts/record-form.tsx';
import {t} from '../text.ts';
import {takesByHand} from './person.tsx';

const route = getRouteApi('/app/people/$recordId/edit');

export function PersonEditPanel() {
  const {recordId} = route.useParams();
  const {data} = useSuspenseQuery(record(recordId));
  const {data: source} = useSuspenseQuery(connection(data.connection));
  const queries = useQueryClient();
  const navigate = route.useNavigate();
  const back = () => navigate({to: '/people/$recordId', params: {recordId}, search: true});
  const save = useMutation({
    mutationFn: (changed: Push['records'][number]['data']) =>
      call('POST /connections/{id}/records', {
        params: {id: data.connection},
        body: {resource: data.resource, records: [{id: data.externalId, data: changed}]},
      }),
    onSuccess: async () => {
      // A job or person that others refer to shows in their records too.
      await Promise.all([
        queries.invalidateQueries({queryKey: ['GET /records']}),
        queries.invalidateQueries({queryKey: ['GET /records/{id}']}),
        queries.invalidateQueries({queryKey: ['GET /records/{id}/events']}),
      ]);
      await back();
    },
  });
  const resource = source.resources.find(item => item.name === data.resource);
  return (
    <Panel title={t.people.editTitle(data.name || data.externalId)} onClose={back}>
      {resource && takesByHand(source, resource.name) ? (
        <RecordForm
          resource={resource}
          resources={source.resources}
          data={data.data}
          saving={save.isPending}
          error={save.error}
          untouched={t.people.unchanged}
          onSave={save.mutate}
          onCancel={back}
        />
      ) : (
        <p>{t.people.notOurs(source.name)}</p>
      )}
    </Panel>
  );
}
