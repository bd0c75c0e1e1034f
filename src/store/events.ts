// The ledger's statements. Events are born in one insert, drawn in one update, and moved to history in one statement
// together with everything that their outcome changes: link, identifiers, last outcome, issues, claims.
import {sql} from 'kysely';
import {jsonText} from '../db/text.ts';
import type {CompanyTx} from '../db/transaction.ts';
import type {MessageParams} from '../messages/text.ts';
import type {Reason, Values} from '../model/event.ts';
import type {Issue} from '../model/issue.ts';
import type {Phase} from '../model/phase.ts';
import type {Operation} from '../model/resource.ts';

export type EventRun = {readonly runId: string; readonly syncId: string; readonly leg: string};

/** An event as the plan makes it. */
export type NewEvent = {
  readonly id: string;
  readonly recordId: string;
  readonly personId: string | null;
  readonly externalId: string;
  readonly destinationId: string | null;
  readonly operation: Operation;
  readonly phase: Phase;
  readonly status: number | null;
  readonly reason: Reason | null;
  readonly values: Values;
  /** What these fields have in the destination, where that is known. */
  readonly before: Values | null;
  readonly issues: readonly Issue[];
  readonly recordHash: Buffer;
};

export type NewOpenEvent = NewEvent & {
  readonly connectionId: string;
  readonly resource: string;
  readonly entity: string;
  readonly keyHashes: readonly Buffer[];
};

const newColumns = sql`id, run_id, sync_id, record_id, person_id, external_id, leg, destination_id, operation, phase, status,
  reason_code, reason_params, "values", before, issues, attempt, record_hash`;
const newRow = sql`id text, record_id text, person_id text, external_id text, destination_id text, operation text,
  phase text, status int, reason_code text, reason_params json, "values" json, before json, issues json,
  record_hash bytea`;

function rowOf(event: NewEvent) {
  return {
    id: event.id,
    record_id: event.recordId,
    person_id: event.personId,
    external_id: event.externalId,
    destination_id: event.destinationId,
    operation: event.operation,
    phase: event.phase,
    status: event.status,
    reason_code: event.reason?.code ?? null,
    reason_params: event.reason?.params ?? null,
    values: event.values,
    before: event.before,
    issues: event.issues,
    record_hash: bytea(event.recordHash),
  };
}

/** Writes events that are final at birth into history, or the items of a preview. */
export async function insertEvents(
  tx: CompanyTx,
  table: 'events' | 'plan_items',
  run: EventRun,
  events: readonly NewEvent[],
): Promise<void> {
  if (events.length === 0) return;
  await sql`
    insert into ${sql.table(table)} (company_id, ${newColumns})
    select ${tx.companyId}, e.id, ${run.runId}, ${run.syncId}, e.record_id, e.person_id, e.external_id, ${run.leg},
      e.destination_id, e.operation, e.phase, e.status, e.reason_code, e.reason_params, e."values", e.before, e.issues, 0,
      e.record_hash
    from json_to_recordset(${jsonText(events.map(rowOf))}::json) as e (${newRow})`.execute(tx);
  await insertIssues(tx, run.runId, events);
}

/** Writes events that wait to be sent. */
export async function insertOpenEvents(tx: CompanyTx, run: EventRun, events: readonly NewOpenEvent[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(event => ({
    ...rowOf(event),
    connection_id: event.connectionId,
    resource: event.resource,
    entity: event.entity,
    key_hashes: event.keyHashes.map(bytea),
  }));
  await sql`
    insert into open_events (company_id, ${newColumns}, connection_id, resource, entity, key_hashes)
    select ${tx.companyId}, e.id, ${run.runId}, ${run.syncId}, e.record_id, e.person_id, e.external_id, ${run.leg},
      e.destination_id, e.operation, e.phase, e.status, e.reason_code, e.reason_params, e."values", e.before, e.issues, 0,
      e.record_hash, e.connection_id, e.resource, e.entity, e.key_hashes
    from json_to_recordset(${jsonText(rows)}::json)
      as e (${newRow}, connection_id text, resource text, entity text, key_hashes bytea[])`.execute(tx);
  await insertIssues(tx, run.runId, events);
}

async function insertIssues(tx: CompanyTx, runId: string, events: readonly NewEvent[]): Promise<void> {
  const rows = events.flatMap(event =>
    event.issues.map(issue => ({event_id: event.id, level: issue.level, code: issue.code, field: issue.field ?? ''})),
  );
  if (rows.length === 0) return;
  await sql`
    insert into issues (company_id, run_id, code, event_id, level, field)
    select ${tx.companyId}, ${runId}, i.code, i.event_id, i.level, i.field
    from json_to_recordset(${jsonText(rows)}::json) as i (event_id text, level text, code text, field text)
    on conflict do nothing`.execute(tx);
}

export type DrawnEvent = {
  readonly id: string;
  readonly recordId: string;
  readonly externalId: string;
  readonly destinationId: string | null;
  readonly operation: Operation;
  readonly values: Values;
  readonly before: Values | null;
  readonly issues: readonly Issue[];
  readonly attempt: number;
  readonly draw: number;
  readonly lastStatus: number | null;
  readonly reason: {readonly code: string; readonly params: MessageParams} | null;
};

const drawnColumns = sql`e.id, e.record_id as "recordId", e.external_id as "externalId", e.destination_id as "destinationId",
  e.operation, e."values", e.before, e.issues, e.attempt, e.draw, e.last_status as "lastStatus",
  case when e.reason_code is not null then json_build_object('code', e.reason_code, 'params', e.reason_params) end as reason`;

export type QueuedEvent = Pick<DrawnEvent, 'id' | 'recordId' | 'externalId' | 'values' | 'issues' | 'draw'>;

/** Queued events of a run by id after `after`: for destinations that take them all in one file. */
export async function queuedPage(
  tx: CompanyTx,
  runId: string,
  after: string,
  limit: number,
): Promise<readonly QueuedEvent[]> {
  const {rows} = await sql<QueuedEvent>`
    select id, record_id as "recordId", external_id as "externalId", "values", issues, draw from open_events
    where company_id = ${tx.companyId} and run_id = ${runId} and phase = 'queued' and id > ${after}
    order by id limit ${limit}`.execute(tx);
  return rows;
}

/**
 * Draws events whose turn it is and that nobody else writes: takes their claims and says that a call is leaving. What is
 * in doubt is not drawn here, and deactivations only once nothing else is left. Events that found a claim taken stay queued for a second, or are held behind one that is;
 * `held` counts these.
 */
export async function drawEvents(
  tx: CompanyTx,
  runId: string,
  most: number,
): Promise<{readonly drawn: readonly DrawnEvent[]; readonly held: number}> {
  const {rows} = await sql<DrawnEvent & {drawn: boolean}>`
    /* kept draw_events */
    with candidates as (
      select id, connection_id, resource, array_append(key_hashes, convert_to(entity, 'UTF8')) as hashes
      from open_events
      where company_id = ${tx.companyId} and run_id = ${runId} and phase = 'queued' and due_at <= now()
        and in_doubt_since is null and (operation <> 'deactivate' or not exists (
          select from open_events other where other.company_id = ${tx.companyId} and other.run_id = ${runId}
            and other.phase in ('queued', 'in_progress') and other.operation <> 'deactivate'))
      order by id limit ${most} for update skip locked
    ), wanted as (
      select distinct on (connection_id, resource, hash) connection_id, resource, hash, id
      from candidates, unnest(hashes) as hash order by connection_id, resource, hash, id
    ), taken as (
      insert into claims (company_id, connection_id, resource, hash, event_id)
      select ${tx.companyId}, connection_id, resource, hash, id from wanted
      on conflict (company_id, connection_id, resource, hash) do update set claimed_at = now()
        where claims.event_id = excluded.event_id
      returning event_id
    ), counted as (select event_id, count(*) as held from taken group by event_id)
    update open_events e
    set phase = case when counted.held = cardinality(c.hashes) then 'in_progress' else 'queued' end,
      attempt = e.attempt + case when counted.held = cardinality(c.hashes) then 1 else 0 end,
      draw = e.draw + case when counted.held = cardinality(c.hashes) then 1 else 0 end,
      claimed_at = case when counted.held = cardinality(c.hashes) then now() end,
      due_at = case when counted.held = cardinality(c.hashes) then e.due_at else now() + interval '1 second' end
    from candidates c left join counted on counted.event_id = c.id
    where e.company_id = ${tx.companyId} and e.id = c.id
    returning ${drawnColumns}, e.phase = 'in_progress' as drawn`.execute(tx);
  const blocked = rows.filter(row => !row.drawn).map(row => row.id);
  const held = blocked.length > 0 ? await standAside(tx, blocked) : 0;
  return {drawn: rows.filter(row => row.drawn).sort((a, b) => (a.id < b.id ? -1 : 1)), held};
}

/** Events that did not get all their claims let go of those they got, and are held where the other one is held. */
async function standAside(tx: CompanyTx, eventIds: readonly string[]): Promise<number> {
  await sql`delete from claims where company_id = ${tx.companyId} and event_id = any(${eventIds}::text[])`.execute(tx);
  const {numAffectedRows} = await sql`
    update open_events e set phase = 'held', reason_code = 'event.blocked',
      reason_params = json_build_object('event', other.id, 'record', other.external_id)
    from claims c join open_events other on other.company_id = c.company_id and other.id = c.event_id
    where e.company_id = ${tx.companyId} and e.id = any(${eventIds}::text[]) and c.company_id = e.company_id
      and c.connection_id = e.connection_id and c.resource = e.resource
      and c.hash = any(array_append(e.key_hashes, convert_to(e.entity, 'UTF8'))) and other.phase = 'held'`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

export type Overtaken = {
  readonly eventId: string;
  readonly destinationId: string;
  /** The event's own entity is linked to it, or the source record of that name, or nobody that we know. */
  readonly linked: 'own' | 'other' | 'none';
  readonly linkedName: string | null;
};

/**
 * Which of these events, whose claims are held, found their record in the destination after all: since they were planned
 * another run linked their entity, or wrote or met one of their sure keys. A change of a record that is theirs is not
 * overtaken by its own link. Indexes: links_entity, identifiers' key.
 */
export async function overtakenEvents(tx: CompanyTx, eventIds: readonly string[]): Promise<readonly Overtaken[]> {
  if (eventIds.length === 0) return [];
  const {rows} = await sql<Overtaken>`
    /* kept overtaken_events */
    with claimed as (
      select e.id, e.operation, e.destination_id, e.connection_id, e.resource, e.entity, e.key_hashes from open_events e
      where e.company_id = ${tx.companyId} and e.id = any(${eventIds}::text[])
    ), present as (
      select c.id, c.operation, c.destination_id as intended, c.entity, l.destination_id, l.entity as linked_entity, l.record_id
      from claimed c
      join links l on l.company_id = ${tx.companyId} and l.entity = c.entity and l.connection_id = c.connection_id
        and l.resource = c.resource
      union all
      select c.id, c.operation, c.destination_id, c.entity, i.external_id, l.entity, l.record_id
      from claimed c cross join unnest(c.key_hashes) as key (hash)
      join identifiers i on i.company_id = ${tx.companyId} and i.connection_id = c.connection_id
        and i.resource = c.resource and i.hash = key.hash
      left join links l on l.company_id = ${tx.companyId} and l.connection_id = i.connection_id
        and l.resource = i.resource and l.destination_id = i.external_id
    )
    select distinct on (p.id) p.id as "eventId", p.destination_id as "destinationId",
      case when p.linked_entity = p.entity then 'own' when p.linked_entity is null then 'none' else 'other' end as linked,
      r.external_id as "linkedName"
    from present p left join records r on r.company_id = ${tx.companyId} and r.id = p.record_id
    where p.operation = 'create' or (p.linked_entity is not null and p.linked_entity <> p.entity)
      or (p.linked_entity = p.entity and p.destination_id is distinct from p.intended)
    order by p.id, coalesce(p.linked_entity = p.entity, false) desc, p.destination_id`.execute(tx);
  return rows;
}

export type DoubtfulEvent = DrawnEvent & {readonly doubtSeconds: number};

/** Draws events of which nobody knows whether they arrived, once the destination's search can be trusted again. */
export async function drawDoubtful(tx: CompanyTx, runId: string, most: number): Promise<readonly DoubtfulEvent[]> {
  const {rows} = await sql<DoubtfulEvent>`
    update open_events e set due_at = now() + interval '30 seconds'
    from (select id from open_events
      where company_id = ${tx.companyId} and run_id = ${runId} and phase = 'queued' and due_at <= now()
        and in_doubt_since is not null
      order by id limit ${most} for update skip locked) c
    where e.company_id = ${tx.companyId} and e.id = c.id
    returning ${drawnColumns}, extract(epoch from now() - e.in_doubt_since)::float8 as "doubtSeconds"`.execute(tx);
  return rows;
}

/**
 * What a dead worker left on its way is in doubt, to be looked up once the destination has settled: from now on, as it may
 * have left at any time since it was drawn. Answers how many.
 */
export async function recoverInProgress(
  tx: CompanyTx,
  runId: string,
  settleSeconds: number,
  reason: Reason,
): Promise<number> {
  const {numAffectedRows} = await sql`
    update open_events set phase = 'queued', claimed_at = null, in_doubt_since = coalesce(in_doubt_since, claimed_at),
      draw = draw + 1, reason_code = ${reason.code}, reason_params = ${jsonText(reason.params)}::json,
      due_at = now() + make_interval(secs => ${settleSeconds})
    where company_id = ${tx.companyId} and run_id = ${runId} and phase = 'in_progress'`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

export type Requeued = {
  readonly id: string;
  readonly draw: number;
  /** After how many seconds it may be drawn again. */
  readonly afterSeconds: number;
  /** Whether the call may have arrived: then its claims stay and it is looked up first. */
  readonly doubtful: boolean;
  /** Whether the try counts; 429 and a stopped connection do not. */
  readonly counts: boolean;
  readonly status: number | null;
  readonly reason: Reason;
};

/** Puts events back for another attempt. */
export async function requeueEvents(tx: CompanyTx, events: readonly Requeued[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(({reason, afterSeconds, ...event}) => ({
    ...event,
    after_seconds: afterSeconds,
    reason_code: reason.code,
    reason_params: reason.params,
  }));
  await sql`
    with again as (
      select * from json_to_recordset(${jsonText(rows)}::json)
        as r (id text, draw int, after_seconds float8, doubtful boolean, counts boolean, status int, reason_code text,
          reason_params json)
    ), put as (
      update open_events e set phase = 'queued', claimed_at = null, last_status = r.status, reason_code = r.reason_code,
        reason_params = r.reason_params, attempt = e.attempt - case when r.counts then 0 else 1 end,
        draw = e.draw + 1,
        due_at = now() + make_interval(secs => r.after_seconds),
        in_doubt_since = case when r.doubtful then coalesce(e.in_doubt_since, now()) end
      from again r
      where e.company_id = ${tx.companyId} and e.id = r.id and e.draw = r.draw and e.phase in ('in_progress', 'queued')
      returning e.id, r.doubtful
    )
    delete from claims using put
    where claims.company_id = ${tx.companyId} and claims.event_id = put.id and not put.doubtful`.execute(tx);
}

/** Leaves events to a person; their claims stay, so that nothing else writes these records meanwhile. */
export async function holdEvents(
  tx: CompanyTx,
  events: readonly {readonly id: string; readonly draw: number; readonly reason: Reason}[],
): Promise<number> {
  if (events.length === 0) return 0;
  const rows = events.map(({id, draw, reason}) => ({
    id,
    draw,
    reason_code: reason.code,
    reason_params: reason.params,
  }));
  const {numAffectedRows} = await sql`
    update open_events e set phase = 'held', claimed_at = null, reason_code = r.reason_code, reason_params = r.reason_params
    from json_to_recordset(${jsonText(rows)}::json) as r (id text, draw int, reason_code text, reason_params json)
    where e.company_id = ${tx.companyId} and e.id = r.id and e.draw = r.draw
      and e.phase in ('in_progress', 'queued')`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/**
 * Leaves to a person what a run that cannot go on has under way or in doubt: nobody would ever look it up. Answers how
 * many.
 */
export async function holdUnsettled(tx: CompanyTx, runId: string): Promise<number> {
  const {numAffectedRows} = await sql`
    update open_events e set phase = 'held', claimed_at = null, draw = draw + 1, reason_code = 'event.cannot_verify',
      in_doubt_since = coalesce(in_doubt_since, claimed_at), reason_params = json_build_object('connection', c.name)
    from connections c
    where e.company_id = ${tx.companyId} and e.run_id = ${runId} and e.phase in ('queued', 'in_progress')
      and c.company_id = e.company_id and c.id = e.connection_id`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** What is still to do in a run, and in how many seconds the next of it is due. */
export async function openWork(
  tx: CompanyTx,
  runId: string,
): Promise<{
  readonly waiting: number;
  readonly nextInSeconds: number;
  readonly reason: Reason | null;
}> {
  const {rows} = await sql<{waiting: number; nextInSeconds: number; reason: Reason | null}>`
    select count(*) as waiting,
      greatest(0, coalesce(extract(epoch from min(due_at) - now()), 0))::float8 as "nextInSeconds",
      (array_agg(json_build_object('code', reason_code, 'params', reason_params) order by due_at)
        filter (where reason_code is not null))[1] as reason
    from open_events
    where company_id = ${tx.companyId} and run_id = ${runId} and phase in ('queued', 'in_progress')`.execute(tx);
  return rows[0] ?? {waiting: 0, nextInSeconds: 0, reason: null};
}

/** A bytea as JSON carries it. */
export function bytea(bytes: Buffer): string {
  return `\\x${bytes.toString('hex')}`;
}
