// Add person: somebody entered by hand into the company's own directory.
import {TextInput} from '@mantine/core';
import {useMutation, useQueryClient, useSuspenseQuery} from '@tanstack/react-query';
import {getRouteApi} from '@tanstack/react-router';
import {useState} from 'react';
import type {Push} from '../../../src/api/contract/connection.ts';
import type {Resource} from '../../../src/api/contract/connector.ts';
import {call} from '../api/client.ts';
import {connection, connections} from '../api/queries.ts';
import {Panel} from '../parts/panel.tsx';
import {problemsByField, RecordForm} from '../parts/record-form.tsx';
import {mainResource} from '../parts/resource-words.ts';
import {t} from '../text.ts';

const route = getRouteApi('/app/people/new');

export function PersonNewPanel() {
  const navigate = route.useNavigate();
  const {data: all} = useSuspenseQuery(connections());
  const directoryId = all.items.find(item => item.connector === 'directory')?.id ?? '';
  const {data: directory} = useSuspenseQuery(connection(directoryId));
  const resource = mainResource(directory.resources);
  return (
    <Panel title={t.people.add} onClose={() => navigate({to: '/people', search: true})}>
      {resource && <NewRecord directoryId={directoryId} resource={resource} resources={directory.resources} />}
    </Panel>
  );
}

type NewRecordProps = {directoryId: string; resource: Resource; resources: readonly Resource[]};

function NewRecord({directoryId, resource, resources}: NewRecordProps) {
  const queries = useQueryClient();
  const navigate = route.useNavigate();
  const [id, setId] = useState(newRecordId);
  const save = useMutation({
    mutationFn: async (data: Push['records'][number]['data']) => {
      const set = {connection: directoryId, resource: resource.name};
      const body = {resource: resource.name, records: [{id, data}], onlyNew: true};
      await call('POST /connections/{id}/records', {params: {id: directoryId}, body});
      const {items} = await call('GET /records', {query: {...set, search: id}});
      return items.find(item => item.externalId === id); // the newest of those that the search finds, so on the first page
    },
    onSuccess: async made => {
      await queries.invalidateQueries({queryKey: ['GET /records']});
      if (made) await navigate({to: '/people/$recordId', params: {recordId: made.id}, search: {}});
      else await navigate({to: '/people', search: {}});
    },
  });
  return (
    <RecordForm
      resource={resource}
      resources={resources}
      data={{}}
      suggested={accepted(resource)}
      saving={save.isPending}
      error={save.error}
      untouched={t.people.nothingEntered}
      onSave={save.mutate}
      onCancel={() => navigate({to: '/people', search: true})}
    >
      <TextInput
        label={t.people.addId}
        description={t.people.addIdAbout}
        required
        value={id}
        error={problemsByField(save.error).get('id')}
        autoComplete="off"
        onChange={event => setId(event.currentTarget.value)}
        onBlur={() => setId(id.trim())}
      />
    </RecordForm>
  );
}

/** `M-` for made by hand, then the time: later ones sort later, and nobody else makes one in the same millisecond. */
function newRecordId(): string {
  return `M-${Date.now().toString(36).toUpperCase()}`;
}

/** Who is entered by hand is mostly somebody who is to start work. */
function accepted({fields}: Resource) {
  const status = fields.find(field => field.standard === 'application.status');
  const has = status?.choices.some(choice => choice.value === 'accepted');
  return status && has ? {[status.name]: 'accepted'} : {};
}
