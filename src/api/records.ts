// Records: listed, found by name or id in their source, shown, and what happened to each.
import {inCompany} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import {recordEvents} from '../store/event-pages.ts';
import {findRecord, recordPage} from '../store/record-pages.ts';
import {presentEventSummary} from './present-event.ts';
import {presentPage} from './present-page.ts';
import {presentRecord} from './present-record.ts';
import type {Endpoints} from './route.ts';

export const records: Endpoints<'GET /records' | 'GET /records/{id}' | 'GET /records/{id}/events'> = {
  'GET /records': async (hub, {actor, query}) => {
    const {connection: connectionId, resource, search, ...page} = query;
    const found = await inCompany(hub.db, actor.companyId, tx =>
      recordPage(tx, {connectionId, resource, search: search === '' ? undefined : search}, page),
    );
    return presentPage(found, presentRecord);
  },

  'GET /records/{id}': async (hub, {actor, params}) => {
    const record = await inCompany(hub.db, actor.companyId, tx => findRecord(tx, params.id));
    if (!record) throw notFound();
    return presentRecord(record);
  },

  'GET /records/{id}/events': async (hub, {actor, params, query}) => {
    const found = await inCompany(hub.db, actor.companyId, async tx => {
      if (!(await findRecord(tx, params.id))) throw notFound();
      return recordEvents(tx, params.id, query);
    });
    return presentPage(found, presentEventSummary);
  },
};

function notFound(): MusterError {
  return new MusterError('request.not_found', {params: {what: 'record'}});
}
