// Connections made, changed and deleted, each with its audit in the same transaction. Saving and checking are two steps:
// what was entered is kept even when the other system does not answer.
import type {Connector} from '../connector/contract.ts';
import {isForeignKeyViolation, isUniqueViolation} from '../db/sqlstate.ts';
import {type CompanyTx, inCompany} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import {newId} from '../std/ids.ts';
import {insertDeed} from '../store/audit.ts';
import {
  type ConnectionRow,
  deleteConnection,
  findConnection,
  insertConnection,
  syncsUsing,
  updateConnection,
} from '../store/connections.ts';
import {type Entered, settingIssues} from './connection-settings.ts';
import type {Hub} from './hub.ts';

export type NewConnection = Entered & {readonly name: string; readonly connector: string};
export type ConnectionChange = {readonly name?: string | undefined} & {
  readonly [P in keyof Entered]?: Entered[P] | undefined;
};

/**
 * A connection that has not been checked yet.
 * @param saved runs in the same transaction
 * @throws MusterError `connector.unknown`, `request.invalid`, `connection.name_taken`
 */
export async function createConnection(
  hub: Hub,
  companyId: string,
  actor: string,
  entered: NewConnection,
  saved: (tx: CompanyTx, connection: ConnectionRow) => Promise<void> = async () => {},
): Promise<ConnectionRow> {
  const {name, connector, settings, secrets} = entered;
  refuseUnfit(connectorNamed(hub, connector), entered);
  return nameFree(name, () =>
    inCompany(hub.db, companyId, async tx => {
      const reason = {code: 'connection.not_checked', params: {}};
      const row = await insertConnection(tx, {id: newId('con'), name, connector, settings, status: 'pending', reason});
      await hub.vault.seal(tx, companyId, row.id, secrets);
      const detail = {name, connector, settings: Object.keys(settings), secrets: Object.keys(secrets)};
      await insertDeed(tx, {actor, action: 'connection.created', subject: row.id, detail});
      await saved(tx, row);
      return row;
    }),
  );
}

/**
 * What is left out stays; an empty secret is removed. When its address changes, secrets entered before are kept only if
 * they are entered again: they were entrusted to the old host.
 * @throws MusterError `request.not_found`, `request.invalid`, `connection.name_taken`
 */
export async function changeConnection(
  hub: Hub,
  companyId: string,
  actor: string,
  connectionId: string,
  change: ConnectionChange,
): Promise<ConnectionRow> {
  return nameFree(change.name ?? '', () =>
    inCompany(hub.db, companyId, async tx => {
      const before = await findConnection(tx, connectionId);
      if (!before) throw new MusterError('request.not_found', {params: {what: 'connection'}});
      const connector = connectorNamed(hub, before.connector);
      const {name = before.name, settings = before.settings, secrets = {}} = change;
      refuseUnfit(connector, {settings, secrets});
      const row = await updateConnection(tx, {id: connectionId, name, settings});
      if (!row) throw new MusterError('request.not_found', {params: {what: 'connection'}});
      const moved = hostOf(connector, before) !== '' && hostOf(connector, before) !== hostOf(connector, row);
      const lost = moved ? noSecrets(connector) : {};
      await hub.vault.seal(tx, companyId, connectionId, {...lost, ...secrets});
      const detail = {name, settings: Object.keys(change.settings ?? {}), secrets: Object.keys(secrets)};
      await insertDeed(tx, {actor, action: 'connection.changed', subject: connectionId, detail});
      return row;
    }),
  );
}

/** @throws MusterError `request.not_found`, `connection.in_use` */
export async function removeConnection(
  hub: Hub,
  companyId: string,
  actor: string,
  connectionId: string,
): Promise<void> {
  try {
    await inCompany(hub.db, companyId, async tx => {
      const row = await findConnection(tx, connectionId);
      if (!row) throw new MusterError('request.not_found', {params: {what: 'connection'}});
      const syncs = await syncsUsing(tx, connectionId);
      if (syncs.length > 0) throw inUse(row.name, syncs.join(', '));
      await deleteConnection(tx, connectionId);
      const detail = {name: row.name, connector: row.connector};
      await insertDeed(tx, {actor, action: 'connection.deleted', subject: connectionId, detail});
    });
  } catch (error) {
    if (isForeignKeyViolation(error)) throw inUse('The connection', 'a sync that was made just now');
    throw error;
  }
}

function inUse(connection: string, syncs: string): MusterError {
  return new MusterError('connection.in_use', {params: {connection, syncs: syncs.slice(0, 100)}});
}

function connectorNamed(hub: Hub, name: string): Connector {
  const connector = hub.connectors.get(name);
  if (connector) return connector;
  throw new MusterError('connector.unknown', {
    params: {name: name.slice(0, 60), known: [...hub.connectors.keys()].join(', ')},
  });
}

function refuseUnfit({manifest}: Connector, entered: Entered): void {
  const issues = settingIssues(manifest, entered);
  if (issues.length > 0) throw new MusterError('request.invalid', {issues});
}

function hostOf({manifest}: Connector, {settings}: Pick<ConnectionRow, 'settings'>): string {
  const address = manifest.baseUrlSetting === undefined ? undefined : settings[manifest.baseUrlSetting];
  return typeof address === 'string' && URL.canParse(address) ? new URL(address).origin : '';
}

function noSecrets({manifest}: Connector): Entered['secrets'] {
  return Object.fromEntries(manifest.secrets.map(({name}) => [name, '']));
}

async function nameFree<T>(name: string, save: () => Promise<T>): Promise<T> {
  try {
    return await save();
  } catch (error) {
    if (isUniqueViolation(error, 'connections_name')) throw new MusterError('connection.name_taken', {params: {name}});
    throw error;
  }
}
