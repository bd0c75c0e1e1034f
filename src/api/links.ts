// Links: which record is which in a destination; made, removed and listed by people.
import {inCompany} from '../db/transaction.ts';
import {type LinkRow, linkPage} from '../store/links.ts';
import {linkRecord, unlinkRecord} from '../sync/link-record.ts';
import type {Link} from './contract/link.ts';
import {presentPage} from './present-page.ts';
import type {Endpoints, Frozen} from './route.ts';

export const links: Endpoints<'GET /links' | 'POST /links' | 'DELETE /links/{id}'> = {
  'GET /links': async (hub, {actor, query}) => {
    const {connection: connectionId, record: recordId, search, ...page} = query;
    const filter = {connectionId, recordId, search: search === '' ? undefined : search};
    return presentPage(await inCompany(hub.db, actor.companyId, tx => linkPage(tx, filter, page)), presentLink);
  },

  'POST /links': async (hub, {actor, body, settle}) => {
    const {record: recordId, connection: connectionId, resource, destinationId} = body;
    const link = {recordId, connectionId, resource, destinationId};
    const made = await linkRecord(hub, actor.companyId, link, actor.id, (tx, row) => settle(tx, presentLink(row)));
    return presentLink(made);
  },

  'DELETE /links/{id}': async (hub, {actor, params}) => {
    await unlinkRecord(hub, actor.companyId, params.id, actor.id);
    return undefined;
  },
};

function presentLink(link: LinkRow): Frozen<Link> {
  const {id, recordId: record, name, externalId, connectionId: connection, resource, destinationId, by, at} = link;
  const run = by.startsWith('run_') ? by : null;
  return {id, record, name, externalId, connection, resource, destinationId, by, run, at: at.toISOString()};
}
