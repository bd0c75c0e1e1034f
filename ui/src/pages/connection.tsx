// One connection: whether it works, what the last test found, its settings and the fields it offers.
import {TextInput} from '@mantine/core';
import {useMutation, useQueryClient, useSuspenseQuery} from '@tanstack/react-query';
import {getRouteApi, Outlet} from '@tanstack/react-router';
import {useState} from 'react';
import type {ConnectionDetail} from '../../../src/api/contract/connection.ts';
import type {Connector} from '../../../src/api/contract/connector.ts';
import {call} from '../api/client.ts';
import {connection, connectors} from '../api/queries.ts';
import {Action} from '../parts/action.tsx';
import {ConnectionState} from '../parts/phase.tsx';
import {
  initialValues,
  SecretFields,
  SettingFields,
  shownValues,
  typedSecrets,
  type Values,
} from '../parts/setting-fields.tsx';
import {Page, Section} from '../shell/page.tsx';
import {Refusal} from '../shell/states.tsx';
import {t} from '../text.ts';
import {Checks, refreshConnections} from './connection-check.tsx';
import {ResourceFields} from './connection-fields.tsx';
import {problemsOf} from './connection-new.tsx';

const route = getRouteApi('/app/connections/$connectionId');

export function ConnectionPage() {
  const {connectionId} = route.useParams();
  const {data} = useSuspenseQuery(connection(connectionId));
  const {data: products} = useSuspenseQuery(connectors());
  const connector = products.items.find(item => item.id === data.connector);
  const remove = (
    <Action
      variant="default"
      right="configure"
      link={{to: '/connections/$connectionId/delete', params: {connectionId}}}
      blocked={connector?.builtIn && t.connections.builtIn}
    >
      {t.delete}
    </Action>
  );
  return (
    <Page
      title={data.name}
      back={{to: '/connections', label: t.connections.title}}
      mark={<ConnectionState status={data.status} />}
      subtitle={data.connectorName}
      actions={remove}
    >
      <Checks key={data.id} data={data} />
      {connector && <Settings key={`${data.id} settings`} data={data} connector={connector} />}
      <Section title={t.connections.fields} description={t.connections.fieldsAbout}>
        {data.resources.map(resource => (
          <ResourceFields key={resource.name} resource={resource} />
        ))}
      </Section>
      <Outlet />
    </Page>
  );
}

function Settings({data, connector}: {data: ConnectionDetail; connector: Connector}) {
  const queries = useQueryClient();
  const [name, setName] = useState(data.name);
  const [settings, setSettings] = useState<Values>(initialValues(connector.settings, data.settings));
  const [secrets, setSecrets] = useState<Values>({});
  const save = useMutation({
    mutationFn: () =>
      call('PATCH /connections/{id}', {
        params: {id: data.id},
        body: {name, settings: shownValues(connector.settings, settings), secrets: typedSecrets(secrets)},
      }),
    onSuccess: () => {
      setSecrets({});
      return refreshConnections(queries);
    },
  });
  const problems = problemsOf(save.error);
  return (
    <Section
      title={t.connections.settings}
      description={connector.secrets.length ? t.connections.secretsAbout : undefined}
    >
      <form
        className="form"
        onSubmit={event => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <TextInput
          label={t.connections.name}
          required
          value={name}
          onChange={event => setName(event.currentTarget.value)}
        />
        <SettingFields fields={connector.settings} values={settings} onChange={setSettings} problems={problems} />
        <SecretFields
          fields={connector.secrets}
          values={secrets}
          onChange={setSecrets}
          stored={data.secretsSet}
          problems={problems}
        />
        <Refusal error={save.error} />
        <div className="actions">
          <Action type="submit" right="configure" loading={save.isPending}>
            {t.save}
          </Action>
          <span className="dimmed" aria-live="polite">
            {save.isSuccess ? t.connections.saved : t.connections.savingChecks}
          </span>
        </div>
      </form>
    </Section>
  );
}
