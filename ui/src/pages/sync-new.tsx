// A new sync: from where, to where, who is included, then the mapping, seen on real records before anything is saved.
import {NativeSelect, TextInput} from '@mantine/core';
import {useMutation, useQueryClient, useSuspenseQuery} from '@tanstack/react-query';
import {useNavigate} from '@tanstack/react-router';
import {useState} from 'react';
import type {Connector} from '../../../src/api/contract/connector.ts';
import type {Mapping} from '../../../src/api/contract/sync.ts';
import {call} from '../api/client.ts';
import {connections, connectors, session} from '../api/queries.ts';
import {Included} from '../mapping/included.tsx';
import {useMappingPreview} from '../mapping/preview.ts';
import {MappingTable} from '../mapping/table.tsx';
import {Action} from '../parts/action.tsx';
import {mainResource} from '../parts/resource-words.ts';
import {Page, Section} from '../shell/page.tsx';
import {Empty, Refusal} from '../shell/states.tsx';
import {t} from '../text.ts';
import {useResource} from './sync-ends.ts';
import {SyncSettings, type SyncWays} from './sync-settings.tsx';

export function SyncNewPage() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const {data: who} = useSuspenseQuery(session());
  const sources = useEnds('source');
  const destinations = useEnds('destination');
  const [from, setFrom] = useState(mainResource(sources)?.value ?? '');
  const [to, setTo] = useState(
    destinations.find(end => end.connection !== mainResource(sources)?.connection)?.value ?? '',
  );
  const [typedName, setName] = useState<string>();
  const [ways, setWays] = useState<SyncWays>({mode: 'create', onChange: false});
  const [scope, setScope] = useState<string>();
  const [mapping, setMapping] = useState<Mapping>({});
  const source = sources.find(end => end.value === from);
  const destination = destinations.find(end => end.value === to);
  const sourceResource = useResource(source);
  const destinationResource = useResource(destination);
  const ends = source && destination && {source: endOf(source), destination: endOf(destination)};
  const preview = useMappingPreview(ends && {...ends, mapping, ...(scope !== undefined && {scope})});
  const suggested =
    source && destination ? t.syncs.suggestedName(who.company.name, source.product, destination.product) : '';
  const name = typedName ?? suggested;
  const save = useMutation({
    mutationFn: () => {
      if (!ends) throw new Error(t.syncs.chooseBoth);
      return call('POST /syncs', {body: {name, ...ends, ...ways, mapping, ...(scope !== undefined && {scope})}});
    },
    onSuccess: async made => {
      await queries.invalidateQueries({queryKey: ['GET /syncs']});
      await navigate({to: '/syncs/$syncId', params: {syncId: made.id}});
    },
  });
  const saving = (
    <Action
      right="configure"
      loading={save.isPending}
      blocked={!ends && t.syncs.chooseBoth}
      onClick={() => save.mutate()}
    >
      {t.save}
    </Action>
  );
  const back = {to: '/syncs', label: t.syncs.title} as const;
  if (!sources.length || !destinations.length) {
    return (
      <Page title={t.syncs.create} back={back}>
        <Empty
          {...t.syncs.needsConnections}
          action={<Action link={{to: '/connections/new'}}>{t.connections.create}</Action>}
        />
      </Page>
    );
  }
  return (
    <Page title={t.syncs.create} back={back} actions={saving}>
      <Section title={t.syncs.ends}>
        <div className="form">
          <NativeSelect
            label={t.syncs.source}
            data={sources}
            value={from}
            onChange={event => setFrom(event.currentTarget.value)}
          />
          <NativeSelect
            label={t.syncs.destination}
            data={destination ? destinations : [{value: '', label: t.choose}, ...destinations]}
            value={to}
            onChange={event => {
              setTo(event.currentTarget.value);
              setWays({...ways, mode: 'create'}); // another destination may not allow what this one did
            }}
          />
          <TextInput
            label={t.syncs.name}
            required
            value={name}
            onChange={event => setName(event.currentTarget.value)}
          />
          <SyncSettings value={ways} modes={destinationResource?.modes ?? [ways.mode]} onChange={setWays} />
        </div>
      </Section>
      {ends && (
        <Section title={t.syncs.included} description={t.syncs.includedAbout}>
          <Included scope={scope} source={sourceResource} preview={preview.data} onChange={setScope} />
        </Section>
      )}
      {preview.data && ends && (
        <Section title={t.mapping.title} description={t.mapping.about}>
          <MappingTable
            preview={preview.data}
            source={sourceResource}
            saved={{}}
            draft={mapping}
            onChange={setMapping}
          />
        </Section>
      )}
      <Refusal error={preview.error ?? save.error} />
    </Page>
  );
}

type End = {value: string; label: string; connection: string; resource: string; product: string; scope: string | null};

/** Every kind of record of every connection that can be this end. */
function useEnds(role: Connector['roles'][number]): End[] {
  const {data: all} = useSuspenseQuery(connections());
  const {data: products} = useSuspenseQuery(connectors());
  return all.items.flatMap(connection => {
    const connector = products.items.find(item => item.id === connection.connector);
    if (!connector?.roles.includes(role)) return [];
    return connector.resources.map(resource => ({
      value: `${connection.id} ${resource.name}`,
      label: `${connection.name}: ${resource.plural}`,
      scope: resource.scope,
      connection: connection.id,
      resource: resource.name,
      product: connector.name,
    }));
  });
}

const endOf = ({connection, resource}: End) => ({connection, resource});
