// Calls to other systems as people read them. Bodies are kept redacted; nothing here can unmask them.
import {sql} from 'kysely';
import type {CompanyTx} from '../db/transaction.ts';
import {idFloor} from '../std/ids.ts';
import type {Json} from '../std/json.ts';
import {afterAllIds, beforeAllIds, oneMore, type PageOf, type PageRequest, pageFrom} from './page.ts';

export type CallRow = {
  readonly id: string;
  readonly connectionId: string;
  readonly runId: string | null;
  readonly eventId: string | null;
  readonly attempt: number;
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  readonly outcome: string;
  readonly durationMs: number;
  readonly request: Json;
  readonly response: Json;
  readonly at: Date;
};

export type CallFilter = {
  readonly connectionId?: string | undefined;
  readonly outcome?: string | undefined;
  readonly from?: Date | undefined;
  /** Not included. */
  readonly to?: Date | undefined;
};

const columns = sql`id, connection_id as "connectionId", run_id as "runId", event_id as "eventId", attempt, method, path,
  status, outcome, duration_ms as "durationMs", request, response, at`;

/** Newest first. Index: calls_pkey; times bound it, since ids begin with the time. */
export async function callPage(tx: CompanyTx, filter: CallFilter, page: PageRequest): Promise<PageOf<CallRow>> {
  const {connectionId, outcome, from, to} = filter;
  const {rows} = await sql<CallRow>`
    select ${columns} from calls
    where company_id = ${tx.companyId} and id < ${page.cursor ?? afterAllIds}
      and id >= ${from ? idFloor('cal', from) : beforeAllIds} and id < ${to ? idFloor('cal', to) : afterAllIds}
      ${connectionId === undefined ? sql`` : sql`and connection_id = ${connectionId}`}
      ${outcome === undefined ? sql`` : sql`and outcome = ${outcome}`}
    order by id desc limit ${oneMore(page)}`.execute(tx);
  return pageFrom(rows, page);
}

/** In the order in which they were made. Index: calls_event. */
export async function callsOfEvent(tx: CompanyTx, eventId: string): Promise<readonly CallRow[]> {
  const {rows} = await sql<CallRow>`
    select ${columns} from calls
    where company_id = ${tx.companyId} and event_id = ${eventId} order by id limit 100`.execute(tx);
  return rows;
}
