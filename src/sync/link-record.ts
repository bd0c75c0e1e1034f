// Links by hand: this record is that one there. One record of a destination is one record of ours, so a second link to it
// is refused with who has it; removing a link has the next run match again.
import {type CompanyTx, inCompany} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import {newId} from '../std/ids.ts';
import {insertDeed} from '../store/audit.ts';
import {findConnection} from '../store/connections.ts';
import {
  deleteLink,
  findLink,
  insertLink,
  type LinkRow,
  type LinkTarget,
  linkOf,
  linksTo,
  lookAtAgain,
  takeLinkTarget,
} from '../store/links.ts';
import {findRecord} from '../store/record-pages.ts';
import type {Hub} from './hub.ts';
import {resourceOf} from './resources.ts';

export type NewLink = LinkTarget & {readonly recordId: string};

/**
 * @param saved runs in the same transaction
 * @throws MusterError `request.not_found`, `link.resource_unknown`, `link.taken`, `link.exists`
 */
export async function linkRecord(
  hub: Hub,
  companyId: string,
  link: NewLink,
  who: string,
  saved: (tx: CompanyTx, link: LinkRow) => Promise<void>,
): Promise<LinkRow> {
  const {connectionId, resource} = link;
  const connection = await inCompany(hub.db, companyId, tx => findConnection(tx, connectionId));
  if (!connection) throw new MusterError('request.not_found', {params: {what: 'connection'}});
  const known = await resourceOf(hub, companyId, connection, resource);
  if (!known) throw new MusterError('link.resource_unknown', {params: {connection: connection.name, name: resource}});
  return inCompany(hub.db, companyId, async tx => {
    const made = await linkRecordIn(tx, link, who);
    await saved(tx, made);
    return made;
  });
}

/** The same inside a transaction that does more. A link that is there already is answered as it is. */
export async function linkRecordIn(tx: CompanyTx, link: NewLink, who: string): Promise<LinkRow> {
  const {recordId, connectionId, resource, destinationId} = link;
  const record = await findRecord(tx, recordId);
  const connection = await findConnection(tx, connectionId);
  if (!record) throw new MusterError('request.not_found', {params: {what: 'record'}});
  if (!connection) throw new MusterError('request.not_found', {params: {what: 'connection'}});
  await takeLinkTarget(tx, link);
  const [holder] = (await linksTo(tx, link, [destinationId])).toSorted(one => (one.recordId === recordId ? -1 : 1));
  if (holder?.recordId === recordId) return holder;
  const params = {connection: connection.name, destinationId};
  if (holder)
    throw new MusterError('link.taken', {params: {...params, record: `${holder.name} (${holder.externalId})`}});
  const id = newId('lnk');
  if (!(await insertLink(tx, {id, recordId, connectionId, resource, destinationId, by: who}))) {
    const other = await linkOf(tx, recordId, link);
    throw new MusterError('link.exists', {params: {...params, destinationId: other?.destinationId ?? ''}});
  }
  await lookAtAgain(tx, recordId, connectionId);
  const detail = {record: recordId, connection: connectionId, resource, destinationId};
  await insertDeed(tx, {actor: who, action: 'link.made', subject: id, detail});
  const made = await findLink(tx, id);
  if (!made) throw new MusterError('bug.unexpected'); // inserted above
  return made;
}

/** @throws MusterError `request.not_found` */
export function unlinkRecord(hub: Hub, companyId: string, linkId: string, who: string): Promise<void> {
  return inCompany(hub.db, companyId, async tx => {
    const link = await findLink(tx, linkId);
    if (!link || !(await deleteLink(tx, link))) throw new MusterError('request.not_found', {params: {what: 'link'}});
    const {recordId, connectionId, resource, destinationId, by} = link;
    await lookAtAgain(tx, recordId, connectionId);
    const detail = {record: recordId, connection: connectionId, resource, destinationId, madeBy: by};
    await insertDeed(tx, {actor: who, action: 'link.removed', subject: linkId, detail});
  });
}
