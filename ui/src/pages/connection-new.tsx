// A new connection: choose the product, then the form that its manifest describes. Saving checks it.
import {TextInput} from '@mantine/core';
import {useMutation, useQueryClient, useSuspenseQuery} from '@tanstack/react-query';
import {getRouteApi, Link, useNavigate} from '@tanstack/react-router';
import {useState} from 'react';
import type {Connector} from '../../../src/api/contract/connector.ts';
import {ApiError, call} from '../api/client.ts';
import {connectors, session} from '../api/queries.ts';
import {Action} from '../parts/action.tsx';
import {Monogram} from '../parts/monogram.tsx';
import {initialValues, SecretFields, SettingFields, shownValues, typedSecrets} from '../parts/setting-fields.tsx';
import {Page} from '../shell/page.tsx';
import {Refusal} from '../shell/states.tsx';
import {t} from '../text.ts';

const route = getRouteApi('/app/connections/new');

export function ConnectionNewPage() {
  const {connector: chosen} = route.useSearch();
  const {data} = useSuspenseQuery(connectors());
  const connector = data.items.find(item => item.id === chosen);
  return (
    <Page
      title={connector ? t.connections.createFor(connector.name) : t.connections.create}
      back={{
        to: connector ? '/connections/new' : '/connections',
        label: connector ? t.connections.otherProduct : t.connections.title,
      }}
      subtitle={connector ? connector.summary : t.connections.chooseProduct}
    >
      {connector ? <ConnectionForm key={connector.id} connector={connector} /> : <Products items={data.items} />}
    </Page>
  );
}

function Products({items}: {items: readonly Connector[]}) {
  return (
    <ul className="cards">
      {items
        .filter(item => !item.builtIn)
        .map(item => (
          <li key={item.id} className="card">
            <Monogram name={item.name} size={36} />
            <div>
              <Link to="/connections/new" search={{connector: item.id}} className="row-link">
                {item.name}
              </Link>
              <p>{item.summary}</p>
              <div className="small-print">{item.roles.map(role => t.connections.roles[role]).join(' · ')}</div>
            </div>
          </li>
        ))}
    </ul>
  );
}

function ConnectionForm({connector}: {connector: Connector}) {
  const {data: who} = useSuspenseQuery(session());
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState(t.connections.suggestedName(who.company.name, connector.name));
  const [settings, setSettings] = useState(initialValues(connector.settings));
  const [secrets, setSecrets] = useState({});
  const save = useMutation({
    mutationFn: () =>
      call('POST /connections', {
        body: {
          name,
          connector: connector.id,
          settings: shownValues(connector.settings, settings),
          secrets: typedSecrets(secrets),
        },
      }),
    onSuccess: async made => {
      await queries.invalidateQueries({queryKey: ['GET /connections']});
      await navigate({to: '/connections/$connectionId', params: {connectionId: made.id}});
    },
  });
  const problems = problemsOf(save.error);
  return (
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
      <SecretFields fields={connector.secrets} values={secrets} onChange={setSecrets} stored={[]} problems={problems} />
      {connector.permissions.length > 0 && (
        <div className="note">
          <strong>{t.connections.permissions}</strong>
          <ul>
            {connector.permissions.map(permission => (
              <li key={permission}>{permission}</li>
            ))}
          </ul>
        </div>
      )}
      <Refusal error={save.error} />
      <div className="actions">
        <Action type="submit" right="configure" loading={save.isPending}>
          {t.save}
        </Action>
        <span className="dimmed">{t.connections.savingChecks}</span>
      </div>
    </form>
  );
}

/** The server names a field as `settings.baseUrl` or `secrets.apiKey`. */
export function problemsOf(error: Error | null): Map<string, string> {
  const issues = error instanceof ApiError ? error.issues : [];
  return new Map(issues.map(issue => [issue.field.split('.').at(-1) ?? '', issue.message]));
}
