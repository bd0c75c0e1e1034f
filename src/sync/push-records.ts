// Records that another system, a script or a person hands in. They are stored before the answer, so a run that starts
// after it sees them. Only the shape is refused; a bad value is kept and becomes an issue where somebody sees it.
import type {SourceRecord} from '../connector/contract.ts';
import {type CompanyTx, inCompany} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import {type MessageCode, type MessageParams, messageText} from '../messages/text.ts';
import type {Resource} from '../model/resource.ts';
import {newId} from '../std/ids.ts';
import {type ConnectionRow, findConnection} from '../store/connections.ts';
import {markGone, markUnseenGone, type RecordSet, recordHashes, takeTurn, writeSeen} from '../store/records.ts';
import type {Hub} from './hub.ts';
import {queueChanges} from './queue-changes.ts';
import {connectorOf, resourcesOf} from './resources.ts';
import {stageRecords} from './stage.ts';

export type Pushed = {
  readonly connectionId: string;
  readonly resource: string;
  readonly records: readonly SourceRecord[];
  /** Parts of one whole set: after the last part, whoever stood in none of them is gone. */
  readonly snapshot?: {readonly id: string; readonly last: boolean} | undefined;
  /** Refuses ids that are taken: who enters somebody new must not write over somebody else. */
  readonly onlyNew?: boolean | undefined;
};

/** All of them or none. @throws MusterError `request.not_found`, `request.invalid`, `connector.cannot` */
export async function pushRecords(
  hub: Hub,
  companyId: string,
  pushed: Pushed,
): Promise<{readonly accepted: number; readonly queued: number}> {
  const {connection, resource, resources} = await receiving(hub, companyId, pushed.connectionId, pushed.resource);
  const set = {connectionId: connection.id, resource: resource.name};
  return inCompany(hub.db, companyId, async tx => {
    const {records, snapshot, onlyNew} = pushed;
    if (onlyNew) await refuseTaken(tx, set, records);
    const {recordIds, changed} = await stageRecords(tx, {...set, resource, resources, records, absent: 'keep'});
    const gone: string[] = [];
    if (snapshot) {
      const reading = ['push', connection.id, resource.name, snapshot.id].join(':');
      await writeSeen(tx, reading, newId('req'), recordIds);
      if (snapshot.last) gone.push(...(await markUnseenGone(tx, set, reading)));
    }
    return {accepted: records.length, queued: await queueChanges(hub, tx, connection.id, [...changed, ...gone])};
  });
}

/** Nobody else stages into the connection until the transaction ends, so who is new here stays new. */
async function refuseTaken(tx: CompanyTx, set: RecordSet, records: readonly SourceRecord[]): Promise<void> {
  await takeTurn(tx, set.connectionId);
  const ids = records.map(({id}) => id);
  const taken = new Set((await recordHashes(tx, set, ids)).map(({externalId}) => externalId));
  const issues = ids.flatMap((id, at) =>
    taken.has(id)
      ? [{code: 'record.id_taken', field: `records.${at}.id`, message: sentence('record.id_taken', {id})}]
      : [],
  );
  if (issues.length > 0) throw new MusterError('request.invalid', {issues});
}

function sentence(code: MessageCode, params: MessageParams): string {
  const {text, hint} = messageText(code, params);
  return `${text} ${hint}`;
}

export type Removed = {readonly connectionId: string; readonly resource: string; readonly externalId: string};

/** Says that a record is gone from its source; saying it again changes nothing. @throws MusterError as `pushRecords` */
export async function removeRecord(hub: Hub, companyId: string, removed: Removed): Promise<void> {
  const {connection, resource} = await receiving(hub, companyId, removed.connectionId, removed.resource);
  const set = {connectionId: connection.id, resource: resource.name};
  await inCompany(hub.db, companyId, async tx => {
    const [known] = await recordHashes(tx, set, [removed.externalId]);
    if (!known) throw new MusterError('request.not_found', {params: {what: resource.label}});
    await queueChanges(hub, tx, connection.id, await markGone(tx, set, [removed.externalId]));
  });
}

export type Receiving = {
  readonly connection: ConnectionRow;
  readonly resource: Resource;
  readonly resources: readonly Resource[];
};

/**
 * A connection's resource that takes what is handed in.
 * @throws MusterError `request.not_found`, `request.invalid` for an unknown resource, `connector.cannot`
 */
export async function receiving(hub: Hub, companyId: string, connectionId: string, name: string): Promise<Receiving> {
  const connection = await inCompany(hub.db, companyId, tx => findConnection(tx, connectionId));
  if (!connection) throw new MusterError('request.not_found', {params: {what: 'connection'}});
  const resources = await resourcesOf(hub, companyId, connection);
  const resource = resources.find(candidate => candidate.name === name);
  if (!resource) {
    const known = resources.map(candidate => candidate.name).join(', ');
    const message = sentence('resource.unknown', {connection: connection.name, name, known});
    throw new MusterError('request.invalid', {issues: [{code: 'resource.unknown', field: 'resource', message}]});
  }
  if (!resource.capabilities.includes('receive')) {
    const connector = connectorOf(hub, connection).manifest.name;
    throw new MusterError('connector.cannot', {params: {connector, what: `receive ${resource.plural}`}});
  }
  return {connection, resource, resources};
}
