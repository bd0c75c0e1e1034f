// One sync: who is included and how each field is filled, on real records; saving makes a new version.
import {TextInput} from '@mantine/core';
import {useMutation, useQueryClient, useSuspenseQuery} from '@tanstack/react-query';
import {getRouteApi, Link, Outlet} from '@tanstack/react-router';
import {useState} from 'react';
import type {Answer} from '../../../src/api/contract/routes.ts';
import type {SyncDetail} from '../../../src/api/contract/sync.ts';
import {call} from '../api/client.ts';
import {sync} from '../api/queries.ts';
import {Included} from '../mapping/included.tsx';
import {useMappingPreview} from '../mapping/preview.ts';
import {MappingTable} from '../mapping/table.tsx';
import {Action} from '../parts/action.tsx';
import {Icon} from '../parts/icons.tsx';
import {Instant} from '../parts/instant.tsx';
import {RunState} from '../parts/phase.tsx';
import {SyncSchedules} from '../schedules/of-sync.tsx';
import {Page, Section} from '../shell/page.tsx';
import {Refusal} from '../shell/states.tsx';
import {t} from '../text.ts';
import {useResource} from './sync-ends.ts';
import {SyncSettings, type SyncWays} from './sync-settings.tsx';
import {StartButtons} from './syncs.tsx';

const route = getRouteApi('/app/syncs/$syncId');

export function SyncPage() {
  const {syncId} = route.useParams();
  const {data} = useSuspenseQuery(sync(syncId));
  return (
    <Page
      title={data.name}
      back={{to: '/syncs', label: t.syncs.title}}
      subtitle={<FromTo data={data} />}
      actions={
        <>
          <Action
            variant="subtle"
            color="gray"
            right="configure"
            link={{to: '/syncs/$syncId/delete', params: {syncId}}}
          >
            {t.delete}
          </Action>
          <StartButtons sync={data} />
        </>
      }
    >
      <LastRun data={data} />
      <SyncSchedules syncId={syncId} />
      <SyncEditor key={`${data.id} ${data.version}`} data={data} />
      <Outlet />
    </Page>
  );
}

function FromTo({data: {source, destination, mode, version}}: {data: SyncDetail}) {
  return (
    <span className="from-to">
      <Link to="/connections/$connectionId" params={{connectionId: source.connection}}>
        {source.connectionName}
      </Link>
      <Icon name="right" size={12} />
      <Link to="/connections/$connectionId" params={{connectionId: destination.connection}}>
        {destination.connectionName}
      </Link>
      <span className="dimmed">
        · {t.syncs.modes[mode]} · {t.syncs.version(version)}
      </span>
    </span>
  );
}

function LastRun({data: {id, lastRun}}: {data: SyncDetail}) {
  if (!lastRun) return <p className="dimmed">{t.syncs.notRunYet}</p>;
  return (
    <p className="last-run-line">
      {lastRun.save ? t.syncs.lastRun : t.syncs.lastPreview}:{' '}
      <Link to="/runs/$runId" params={{runId: lastRun.id}}>
        <RunState {...lastRun} />
      </Link>{' '}
      <Instant at={lastRun.startedAt} /> {lastRun.save && lastRun.failures > 0 && t.runs.failureCount(lastRun.failures)}{' '}
      ·{' '}
      <Link to="/history" search={{sync: id}}>
        {t.syncs.allRuns}
      </Link>
    </p>
  );
}

function SyncEditor({data}: {data: SyncDetail}) {
  const queries = useQueryClient();
  const [name, setName] = useState(data.name);
  const [scope, setScope] = useState(data.scope ?? undefined);
  const [mapping, setMapping] = useState(data.mapping);
  const [ways, setWays] = useState<SyncWays>({mode: data.mode, onChange: data.onChange});
  const sourceResource = useResource(data.source);
  const destinationResource = useResource(data.destination);
  const source = {connection: data.source.connection, resource: data.source.resource};
  const destination = {connection: data.destination.connection, resource: data.destination.resource};
  const preview = useMappingPreview({
    source,
    destination,
    mapping,
    settings: data.settings,
    ...(scope !== undefined && {scope}),
  });
  const save = useMutation({
    mutationFn: () =>
      call('PATCH /syncs/{id}', {params: {id: data.id}, body: {name, mapping, ...ways, scope: scope ?? null}}),
    onSuccess: async saved => {
      queries.setQueryData(sync(data.id).queryKey, saved);
      await queries.invalidateQueries({queryKey: ['GET /syncs']});
    },
  });
  const changed =
    JSON.stringify([name, scope ?? null, mapping, ways]) !==
    JSON.stringify([data.name, data.scope, data.mapping, {mode: data.mode, onChange: data.onChange}]);
  const shown: Answer<'POST /mapping-previews'> = preview.data ?? {
    fields: data.fields,
    issues: data.issues,
    records: [],
  };
  return (
    <>
      <Section title={t.syncs.included} description={t.syncs.includedAbout}>
        <Included scope={scope} source={sourceResource} preview={shown} onChange={setScope} />
      </Section>
      <Section title={t.mapping.title} description={t.mapping.about}>
        <MappingTable
          preview={shown}
          source={sourceResource}
          saved={data.mapping}
          draft={mapping}
          onChange={setMapping}
        />
        <Refusal error={preview.error} />
      </Section>
      <Section title={t.syncs.settings}>
        <div className="form">
          <TextInput
            label={t.syncs.name}
            required
            value={name}
            onChange={event => setName(event.currentTarget.value)}
          />
          <SyncSettings value={ways} modes={destinationResource?.modes ?? [ways.mode]} onChange={setWays} />
        </div>
      </Section>
      <Refusal error={save.error} />
      <div className={changed ? 'save-bar changed' : 'save-bar'}>
        <Action
          right="configure"
          loading={save.isPending}
          blocked={!changed && t.syncs.unchanged}
          onClick={() => save.mutate()}
        >
          {t.save}
        </Action>
        <span className="dimmed" aria-live="polite">
          {changed ? t.syncs.newVersion(data.version + 1) : t.syncs.version(data.version)}
        </span>
      </div>
    </>
  );
}
