// Calls to other systems: the API log.
import {inCompany} from '../db/transaction.ts';
import {callPage} from '../store/call-pages.ts';
import {presentCall} from './present-event.ts';
import {presentPage} from './present-page.ts';
import type {Endpoints} from './route.ts';

export const calls: Endpoints<'GET /calls'> = {
  'GET /calls': async (hub, {actor, query}) => {
    const {connection: connectionId, outcome, from, to, ...page} = query;
    const times = {from: instantOf(from), to: instantOf(to)};
    const found = await inCompany(hub.db, actor.companyId, tx => callPage(tx, {connectionId, outcome, ...times}, page));
    return presentPage(found, presentCall);
  },
};

function instantOf(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text);
}
