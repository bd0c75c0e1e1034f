// Connections: made, tested, shown with what they can read and write, changed and deleted. Secrets go in by name and
// never come out.
import {type CompanyTx, inCompany} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import {type ConnectionRow, findConnection, listConnections} from '../store/connections.ts';
import {listSecretNames} from '../store/secrets.ts';
import {changeConnection, createConnection, removeConnection} from '../sync/change-connection.ts';
import {checkConnection} from '../sync/check-connection.ts';
import type {Hub} from '../sync/hub.ts';
import {resourcesOf} from '../sync/resources.ts';
import type {Connection} from './contract/connection.ts';
import {presentFinding, presentResource} from './present-connector.ts';
import {presentReason} from './present-issue.ts';
import type {Endpoints, Frozen} from './route.ts';

type Names =
  | 'GET /connections'
  | 'POST /connections'
  | 'GET /connections/{id}'
  | 'PATCH /connections/{id}'
  | 'DELETE /connections/{id}'
  | 'POST /connections/{id}/checks';

export const connections: Endpoints<Names> = {
  'GET /connections': async (hub, {actor, query}) => {
    const {page, names} = await inCompany(hub.db, actor.companyId, async tx => {
      const page = await listConnections(tx, query);
      return {page, names: await secretNames(tx, page.items)};
    });
    return {items: page.items.map(row => present(hub, row, names)), next: page.next};
  },

  'POST /connections': async (hub, {actor, body, settle}) => {
    const {id} = await createConnection(hub, actor.companyId, actor.id, body, async (tx, row) =>
      settle(tx, present(hub, row, await secretNames(tx, [row]))),
    );
    await checkConnection(hub, actor.companyId, id);
    return shown(hub, actor.companyId, id);
  },

  'GET /connections/{id}': async (hub, {actor, params}) => {
    const {row, names} = await load(hub, actor.companyId, params.id);
    const resources = await knownResources(hub, actor.companyId, row);
    return {...present(hub, row, names), resources: resources.map(presentResource)};
  },

  'PATCH /connections/{id}': async (hub, {actor, params, body}) => {
    await changeConnection(hub, actor.companyId, actor.id, params.id, body);
    await checkConnection(hub, actor.companyId, params.id);
    return shown(hub, actor.companyId, params.id);
  },

  'DELETE /connections/{id}': async (hub, {actor, params}) => {
    await removeConnection(hub, actor.companyId, actor.id, params.id);
    return undefined;
  },

  'POST /connections/{id}/checks': async (hub, {actor, params}) => {
    const {ok, findings} = await checkConnection(hub, actor.companyId, params.id);
    return {ok, findings: findings.map(presentFinding)};
  },
};

function load(hub: Hub, companyId: string, connectionId: string) {
  return inCompany(hub.db, companyId, async tx => {
    const row = await findConnection(tx, connectionId);
    if (!row) throw new MusterError('request.not_found', {params: {what: 'connection'}});
    return {row, names: await secretNames(tx, [row])};
  });
}

async function shown(hub: Hub, companyId: string, connectionId: string): Promise<Frozen<Connection>> {
  const {row, names} = await load(hub, companyId, connectionId);
  return present(hub, row, names);
}

type SecretNames = Awaited<ReturnType<typeof listSecretNames>>;

function secretNames(tx: CompanyTx, rows: readonly ConnectionRow[]): Promise<SecretNames> {
  const ids = rows.map(({id}) => id);
  return listSecretNames(tx, tx.companyId, ids);
}

function present(hub: Hub, row: ConnectionRow, secrets: SecretNames): Frozen<Connection> {
  const {id, name, connector, status, settings, checkedAt, reason} = row;
  return {
    ...{id, name, connector, status, settings},
    connectorName: hub.connectors.get(connector)?.manifest.name ?? connector,
    checkedAt: checkedAt?.toISOString() ?? null,
    ...presentReason(reason?.code ?? null, reason?.params ?? null),
    secretsSet: secrets.get(id) ?? [],
  };
}

/** With this tenant's own fields if the system says them; a system that is away must not hide the page that mends it. */
async function knownResources(hub: Hub, companyId: string, row: ConnectionRow) {
  try {
    return await resourcesOf(hub, companyId, row);
  } catch (error) {
    if (!(error instanceof MusterError) || error.kind === 'bug') throw error;
    return hub.connectors.get(row.connector)?.manifest.resources ?? [];
  }
}
