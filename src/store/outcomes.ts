// The end of events: moved from open_events to history in one statement, with the link, the identifiers and the last
// outcome that follow from it, and their claims let go. An outcome counts only for the draw that it is the outcome of.
import {sql} from 'kysely';
import {jsonText} from '../db/text.ts';
import type {CompanyTx} from '../db/transaction.ts';
import type {Reason} from '../model/event.ts';
import type {Issue} from '../model/issue.ts';
import type {FinalPhase} from '../model/phase.ts';
import {bytea} from './events.ts';

export type Outcome = {
  readonly id: string;
  readonly draw: number;
  readonly phase: FinalPhase;
  readonly status: number | null;
  readonly reason: Reason;
  readonly issues: readonly Issue[];
  /** The destination's record, where it is known; then the entity is linked to it and its keys are remembered. */
  readonly destinationId: string | null;
  readonly durationMs: number | null;
  /** The destination no longer has the record: link and keys are forgotten, so that the next run looks for it anew. */
  readonly gone?: boolean;
  readonly memory: OutcomeMemory;
};

/** What later runs compare with: unless settled, a record is tried again although nothing about it changed. */
export type OutcomeMemory = {
  readonly settled: boolean;
  readonly reasonHash: Buffer;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
};

/** Answers the ids that were ended; others had moved on under another draw. */
export async function settleEvents(
  tx: CompanyTx,
  context: Buffer,
  actor: string,
  outcomes: readonly Outcome[],
): Promise<readonly string[]> {
  if (outcomes.length === 0) return [];
  const rows = outcomes.map(({memory, reason, issues, ...outcome}) => ({
    id: outcome.id,
    draw: outcome.draw,
    phase: outcome.phase,
    status: outcome.status,
    reason_code: reason.code,
    reason_params: reason.params,
    issues,
    destination_id: outcome.destinationId,
    duration_ms: outcome.durationMs,
    settled: memory.settled,
    reason_hash: bytea(memory.reasonHash),
    errors: memory.errors,
    warnings: memory.warnings,
    infos: memory.infos,
    gone: outcome.gone ?? false,
  }));
  const {rows: ended} = await sql<{id: string}>`
    /* kept settle_events */
    with outcome as (
      select * from json_to_recordset(${jsonText(rows)}::json) as o (id text, draw int, phase text, status int,
        reason_code text, reason_params json, issues json, destination_id text, duration_ms int, settled boolean,
        reason_hash bytea, errors int, warnings int, infos int, gone boolean)
    ), closed as (
      delete from open_events e using outcome o
      where e.company_id = ${tx.companyId} and e.id = any(${outcomes.map(({id}) => id)}::text[]) and e.id = o.id
        and e.draw = o.draw
      returning e.company_id, e.id, e.run_id, e.sync_id, e.record_id, e.person_id, e.external_id, e.leg, e.parent_id,
        coalesce(o.destination_id, e.destination_id) as destination_id, e.operation, o.phase, o.status, o.reason_code,
        o.reason_params, e."values", e.before, o.issues, e.attempt, e.record_hash, e.at, o.duration_ms, e.connection_id, e.resource,
        e.entity, e.key_hashes, o.settled, o.reason_hash, o.errors, o.warnings, o.infos, o.gone
    ), history as (
      insert into events (company_id, id, run_id, sync_id, record_id, person_id, external_id, leg, parent_id, destination_id,
        operation, phase, status, reason_code, reason_params, "values", before, issues, attempt, record_hash, at, duration_ms)
      select company_id, id, run_id, sync_id, record_id, person_id, external_id, leg, parent_id, destination_id, operation,
        phase, status, reason_code, reason_params, "values", before, issues, attempt, record_hash, at, duration_ms
      from closed
    ), linked as (
      insert into links (company_id, id, connection_id, resource, destination_id, record_id, entity, person_id, created_by,
        confirmed, inactive_at)
      select company_id, 'lnk' || substr(id, 4), connection_id, resource, destination_id, record_id, entity, person_id, ${actor},
        case when operation <> 'create' or status = 201 then "values" end, case when operation = 'deactivate' then now() end
      from closed where phase = 'complete' and destination_id is not null and not gone
      on conflict (company_id, entity, connection_id, resource) do update set inactive_at = excluded.inactive_at,
        confirmed = case when excluded.confirmed is null then links.confirmed
          else (coalesce(links.confirmed, '{}')::jsonb || excluded.confirmed::jsonb)::json end
        where links.destination_id = excluded.destination_id
    ), unlinked as (
      delete from links using closed
      where closed.gone and links.company_id = ${tx.companyId} and links.entity = closed.entity
        and links.connection_id = closed.connection_id and links.resource = closed.resource
    ), forgotten as (
      delete from identifiers using closed
      where closed.gone and identifiers.company_id = ${tx.companyId}
        and identifiers.external_id = closed.destination_id and identifiers.connection_id = closed.connection_id
        and identifiers.resource = closed.resource
    ), known as (
      insert into identifiers (company_id, connection_id, resource, hash, external_id)
      select distinct company_id, connection_id, resource, hash, destination_id
      from closed, unnest(key_hashes) as hash where phase = 'complete' and destination_id is not null and not gone
      on conflict do nothing
    ), remembered as (
      ${insertOutcomes(context, sql`closed`)}
    ), problems as (
      insert into issues (company_id, run_id, code, event_id, level, field)
      select c.company_id, c.run_id, i.code, c.id, i.level, coalesce(i.field, '')
      from closed c, json_to_recordset(c.issues) as i (level text, code text, field text)
      on conflict do nothing
    ), freed as (
      delete from claims using closed
      where claims.company_id = ${tx.companyId} and claims.event_id = closed.id
    )
    select id from closed`.execute(tx);
  return ended.map(row => row.id);
}

/** Remembers what became of records in a sync, from a query with the columns of an ended event and its memory. */
function insertOutcomes(context: Buffer, from: ReturnType<typeof sql>) {
  return sql`
      insert into outcomes (company_id, sync_id, leg, record_id, record_hash, context, settled, phase, status, reason_hash,
        errors, warnings, infos, event_id)
      select company_id, sync_id, leg, record_id, record_hash, ${context}, settled, phase, status, reason_hash,
        errors, warnings, infos, id
      from ${from}
      on conflict (company_id, sync_id, leg, record_id) do update set record_hash = excluded.record_hash,
        context = excluded.context, settled = excluded.settled, phase = excluded.phase, status = excluded.status,
        reason_hash = excluded.reason_hash, errors = excluded.errors, warnings = excluded.warnings,
        infos = excluded.infos, event_id = excluded.event_id`;
}

export type RememberedOutcome = {
  readonly recordId: string;
  readonly recordHash: Buffer;
  readonly phase: FinalPhase;
  readonly status: number | null;
  /** Of the event that said so; an outcome like the last one names the earlier event. */
  readonly eventId: string;
  readonly memory: OutcomeMemory;
};

/** Remembers outcomes that needed no delivery. */
export async function rememberOutcomes(
  tx: CompanyTx,
  context: Buffer,
  run: {readonly syncId: string; readonly leg: string},
  outcomes: readonly RememberedOutcome[],
): Promise<void> {
  if (outcomes.length === 0) return;
  const rows = outcomes.map(({memory, ...outcome}) => ({
    id: outcome.eventId,
    record_id: outcome.recordId,
    record_hash: bytea(outcome.recordHash),
    phase: outcome.phase,
    status: outcome.status,
    settled: memory.settled,
    reason_hash: bytea(memory.reasonHash),
    errors: memory.errors,
    warnings: memory.warnings,
    infos: memory.infos,
  }));
  await sql`
    with decided as (
      select ${tx.companyId} as company_id, ${run.syncId} as sync_id, ${run.leg} as leg, o.*
      from json_to_recordset(${jsonText(rows)}::json) as o (id text, record_id text, record_hash bytea, phase text,
        status int, settled boolean, reason_hash bytea, errors int, warnings int, infos int)
    )
    ${insertOutcomes(context, sql`decided`)}`.execute(tx);
}

/**
 * Ends what waits in a run and has not left: cancelled, not attempted, or of none but the records in `besides`. In doubt and held
 * ones stay. Answers how many.
 */
export async function skipQueued(
  tx: CompanyTx,
  runId: string,
  reason: Reason,
  besides: readonly string[] = [],
): Promise<number> {
  const {rows} = await sql<{skipped: number}>`
    with closed as (
      delete from open_events e
      where e.company_id = ${tx.companyId} and e.run_id = ${runId} and e.phase = 'queued' and e.in_doubt_since is null
        and e.record_id <> all(${besides}::text[])
      returning e.*
    ), history as (
      insert into events (company_id, id, run_id, sync_id, record_id, person_id, external_id, leg, parent_id, destination_id,
        operation, phase, status, reason_code, reason_params, "values", before, issues, attempt, record_hash, at)
      select company_id, id, run_id, sync_id, record_id, person_id, external_id, leg, parent_id, destination_id,
        operation, 'skipped', null, ${reason.code}, ${jsonText(reason.params)}::json, "values", before, issues, attempt,
        record_hash, at
      from closed
    ), freed as (
      delete from claims using closed
      where claims.company_id = ${tx.companyId} and claims.event_id = closed.id
    )
    select count(*) as skipped from closed`.execute(tx);
  return rows[0]?.skipped ?? 0;
}
