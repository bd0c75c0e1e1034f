// Events that are held for a person, and what becomes of them. The event ends as skipped and says what was decided; where it goes on, a queued
// event of another run takes its place, its values and its claims. Rows are copied whole and by name, so that a column
// that is added later comes along.
import {type RawBuilder, sql} from 'kysely';
import {jsonText} from '../db/text.ts';
import type {CompanyTx} from '../db/transaction.ts';
import type {Reason} from '../model/event.ts';
import type {Operation} from '../model/resource.ts';
import type {ActedOn} from './follow-ups.ts';

export type HeldEvent = ActedOn & {
  readonly syncId: string;
  readonly connectionId: string;
  readonly resource: string;
  readonly connection: string;
  readonly reason: Reason;
  readonly recordHash: Buffer;
};

/** Locked until the transaction ends. Index: open_events_pkey. */
export async function takeHeld(tx: CompanyTx, eventId: string): Promise<HeldEvent | undefined> {
  const {rows} = await held(tx, sql`e.id = ${eventId}`, sql`for update of e`);
  return rows[0];
}

/** Those held behind this one; what somebody else decides about just now is left out. */
export async function takeBlockedBy(tx: CompanyTx, eventId: string): Promise<readonly HeldEvent[]> {
  const behind = sql`e.reason_code = 'event.blocked' and e.reason_params ->> 'event' = ${eventId}`;
  const {rows} = await held(tx, behind, sql`order by e.id for update of e skip locked`);
  return rows;
}

function held(tx: CompanyTx, which: RawBuilder<unknown>, how: RawBuilder<unknown>) {
  return sql<HeldEvent>`
    select e.id, e.run_id as "runId", e.record_id as "recordId", e.leg, e.sync_id as "syncId",
      e.connection_id as "connectionId", e.resource, c.name as connection, e.record_hash as "recordHash",
      json_build_object('code', e.reason_code, 'params', e.reason_params) as reason
    from open_events e join connections c on c.company_id = e.company_id and c.id = e.connection_id
    where e.company_id = ${tx.companyId} and e.phase = 'held' and ${which} ${how}`.execute(tx);
}

/**
 * Holds events that this plan had meant to send, whose records are named: queued ones of a save, items of a preview.
 * Answers what each was to do.
 */
export async function holdPlanned(
  tx: CompanyTx,
  run: {readonly id: string; readonly save: boolean},
  records: readonly {readonly recordId: string; readonly reason: Reason}[],
): Promise<readonly {readonly operation: Operation}[]> {
  if (records.length === 0) return [];
  const given = records.map(({recordId, reason}) => ({
    record_id: recordId,
    reason_code: reason.code,
    reason_params: reason.params,
  }));
  const planned = run.save ? sql`phase = 'queued'` : sql`phase = 'complete' and e.status = 100`;
  const {rows} = await sql<{operation: Operation}>`
    update ${sql.table(run.save ? 'open_events' : 'plan_items')} e
    set phase = 'held', status = null, reason_code = r.reason_code, reason_params = r.reason_params
    from json_to_recordset(${jsonText(given)}::json) as r (record_id text, reason_code text, reason_params json)
    where e.company_id = ${tx.companyId} and e.run_id = ${run.id} and e.record_id = r.record_id and e.${planned}
    returning e.operation`.execute(tx);
  return rows;
}

/** Queues what these events were to do as events of another run, with new ids; `keys`: that they claim and match by. */
export async function queueAnew(
  tx: CompanyTx,
  runId: string,
  events: readonly {readonly id: string; readonly newId: string; readonly keys: 'kept' | 'none'}[],
): Promise<void> {
  const moved = sql`json_to_recordset(${jsonText(events)}::json) as moved (id text, "newId" text, keys text)`;
  await sql`
    insert into open_events select anew.* from ${moved}
      join open_events e on e.company_id = ${tx.companyId} and e.id = moved.id and e.phase = 'held'
      cross join lateral json_populate_record(e, json_build_object('id', moved."newId", 'run_id', ${runId}::text,
        'phase', 'queued', 'reason_code', null, 'reason_params', null, 'attempt', 0, 'draw', 0, 'last_status', null,
        'in_doubt_since', null, 'at', now(), 'due_at', now(),
        'key_hashes', case moved.keys when 'none' then '[]'::json else to_json(e.key_hashes) end)) as anew`.execute(tx);
  await sql`
    update claims set event_id = moved."newId" from ${moved}
    where claims.company_id = ${tx.companyId} and claims.event_id = moved.id`.execute(tx);
}

/** Ends held events as skipped, for the reason that somebody decided so, and lets go of the claims that they still have. */
export async function endHeld(
  tx: CompanyTx,
  events: readonly {readonly id: string; readonly reason: Reason}[],
): Promise<void> {
  const rows = events.map(({id, reason}) => ({id, code: reason.code, params: reason.params}));
  await sql`
    with decided as (
      select * from json_to_recordset(${jsonText(rows)}::json) as d (id text, code text, params json)
    ), closed as (
      delete from open_events e using decided
      where e.company_id = ${tx.companyId} and e.id = decided.id and e.phase = 'held'
      returning e.id, row_to_json(e) as was, decided.code, decided.params
    ), freed as (
      delete from claims using closed where claims.company_id = ${tx.companyId} and claims.event_id = closed.id
    )
    insert into events select ended.* from closed
      cross join lateral json_populate_record(json_populate_record(null::events, closed.was),
        json_build_object('phase', 'skipped', 'reason_code', closed.code, 'reason_params', closed.params)) as ended`.execute(
    tx,
  );
}

/** How history calls them: a member or an API key by name, anybody else as they are. */
export async function nameOfActor(tx: CompanyTx, id: string): Promise<string> {
  const {rows} = await sql<{name: string}>`
    select name from members where company_id = ${tx.companyId} and user_id = ${id}
    union all select name from api_keys where company_id = ${tx.companyId} and id = ${id}`.execute(tx);
  return rows[0]?.name ?? id;
}
