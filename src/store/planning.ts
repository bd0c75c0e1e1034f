// Statements of the plan: who is to be looked at, what is known of them in the destination, whose key was taken first.
import {type RawBuilder, sql} from 'kysely';
import {jsonText} from '../db/text.ts';
import type {CompanyTx} from '../db/transaction.ts';
import type {Values} from '../model/event.ts';
import type {Issue} from '../model/issue.ts';
import type {FinalPhase} from '../model/phase.ts';
import type {Operation} from '../model/resource.ts';
import type {JsonObject} from '../std/json.ts';
import {bytea} from './events.ts';

export type PlanScope = {
  readonly runId: string;
  readonly syncId: string;
  readonly leg: string;
  readonly sourceConnectionId: string;
  readonly sourceResource: string;
  readonly destinationConnectionId: string;
  readonly destinationResource: string;
  /** Hash of all but the record that an outcome depends on: version, settings, and the date if it is read. */
  readonly context: Buffer;
  /** Only records that changed. */
  readonly changes: boolean;
  /** The preview whose plan is applied; null: all is decided anew. */
  readonly planId: string | null;
  /** Whether whoever left the source is deactivated. */
  readonly deactivates: boolean;
  /** Record ids or external ids; null: everybody. */
  readonly only: readonly string[] | null;
};

export type PlanRecord = {
  readonly id: string;
  readonly externalId: string;
  readonly personId: string | null;
  readonly name: string;
  readonly data: JsonObject;
  readonly identifiers: JsonObject | null;
  readonly issues: readonly Issue[] | null;
  readonly hash: Buffer;
  /** The destination's record that this one is linked to. */
  readonly linkedTo: string | null;
  /** The values that it is known to have there; null where that is not known. */
  readonly confirmed: Values | null;
  /** Deactivated there. */
  readonly inactive: boolean;
  /** No longer in the source. */
  readonly gone: boolean;
  readonly lastPhase: FinalPhase | null;
  readonly lastReasonHash: Buffer | null;
  readonly lastEventId: string | null;
  /** Where a plan is applied: what it showed, and where in it that stands. */
  readonly promised: Promised | null;
  readonly promisedAt: string | null;
};

export type Promised = {
  readonly operation: Operation;
  readonly values: Values;
  readonly before: Values | null;
  readonly destinationId: string | null;
};

const ofSource = (tx: CompanyTx, scope: PlanScope) => sql`
  r.company_id = ${tx.companyId} and r.connection_id = ${scope.sourceConnectionId} and r.resource = ${scope.sourceResource}`;

const inSource = (tx: CompanyTx, scope: PlanScope) => sql`${ofSource(tx, scope)} and r.gone_at is null`;

const onlyThese = (scope: PlanScope) =>
  scope.only === null
    ? sql`true`
    : sql`(r.id = any(${scope.only}::text[]) or r.external_id = any(${scope.only}::text[]))`;

const lastOutcome = (tx: CompanyTx, scope: PlanScope) => sql`
  left join outcomes o on o.company_id = ${tx.companyId} and o.sync_id = ${scope.syncId} and o.leg = ${scope.leg}
    and o.record_id = r.id`;

const asBefore = (scope: PlanScope) => sql`(o.settled and o.record_hash = r.hash and o.context = ${scope.context})`;

const stillOpen = (tx: CompanyTx, scope: PlanScope) => sql`exists (
  select from open_events e where e.company_id = ${tx.companyId} and e.record_id = r.id and e.sync_id = ${scope.syncId}
    and e.leg = ${scope.leg} and e.run_id <> ${scope.runId})`;

const linkOf = (tx: CompanyTx, scope: PlanScope) => sql`
  left join links l on l.company_id = ${tx.companyId} and l.entity = r.id
    and l.connection_id = ${scope.destinationConnectionId} and l.resource = ${scope.destinationResource}`;

const recordColumns = sql`r.id, r.external_id as "externalId", r.person_id as "personId", r.name, r.data, r.identifiers, r.issues,
  r.hash, l.destination_id as "linkedTo", l.confirmed, l.inactive_at is not null as inactive, r.gone_at is not null as gone,
  o.phase as "lastPhase", o.reason_hash as "lastReasonHash", o.event_id as "lastEventId"`;

/**
 * One page of the records to decide about, by id after `after`. Records whose outcome cannot differ from the last one are
 * left out (see `countUnchanged`), unless somebody asked for them by name; so are those that an earlier run still holds.
 * Whoever left the source is among them as long as it is active in a destination that follows leavers.
 */
export async function planPage(
  tx: CompanyTx,
  scope: PlanScope,
  after: string,
  limit: number,
): Promise<readonly PlanRecord[]> {
  return undecided(tx, scope, sql`r.id > ${after} and ${onlyThese(scope)}`, limit);
}

/** Those of these records that are to be decided about. */
export async function changedRecords(
  tx: CompanyTx,
  scope: PlanScope,
  recordIds: readonly string[],
): Promise<readonly PlanRecord[]> {
  return undecided(tx, scope, sql`r.id = any(${recordIds}::text[])`, recordIds.length);
}

async function undecided(
  tx: CompanyTx,
  scope: PlanScope,
  which: RawBuilder<unknown>,
  limit: number,
): Promise<readonly PlanRecord[]> {
  const {rows} = await sql<PlanRecord>`
    select ${recordColumns}, null as promised, null as "promisedAt"
    from records r ${lastOutcome(tx, scope)} ${linkOf(tx, scope)}
    where ${ofSource(tx, scope)} and ${which}
      and case when r.gone_at is null then ${scope.only === null ? sql`${asBefore(scope)} is not true` : sql`true`}
        else ${scope.deactivates} and l.id is not null and l.inactive_at is null end
      and not ${stillOpen(tx, scope)}
    order by r.id limit ${limit}`.execute(tx);
  return rows;
}

/** One page of what a preview showed to be sent, by the id of its item after `after`. Index: plan_items_run. */
export async function promisedPage(
  tx: CompanyTx,
  scope: PlanScope,
  after: string,
  limit: number,
): Promise<readonly PlanRecord[]> {
  const {rows} = await sql<PlanRecord>`
    select ${recordColumns}, p.id as "promisedAt",
      json_build_object('operation', p.operation, 'values', p."values", 'before', p.before,
        'destinationId', p.destination_id) as promised
    from plan_items p
    join records r on r.company_id = ${tx.companyId} and r.id = p.record_id ${lastOutcome(tx, scope)} ${linkOf(tx, scope)}
    where p.company_id = ${tx.companyId} and p.run_id = ${scope.planId} and p.phase = 'complete' and p.status = 100
      and p.id > ${after} and ${onlyThese(scope)}
    order by p.id limit ${limit}`.execute(tx);
  return rows;
}

export type PartData = {readonly recordId: string; readonly part: string; readonly data: JsonObject};

/** The data of the records that these refer to, by record and part. */
export async function partData(tx: CompanyTx, recordIds: readonly string[]): Promise<readonly PartData[]> {
  if (recordIds.length === 0) return [];
  const {rows} = await sql<PartData>`
    select parts.record_id as "recordId", parts.part, p.data
    from record_parts parts
    join records p on p.company_id = ${tx.companyId} and p.id = parts.part_record_id
    where parts.company_id = ${tx.companyId} and parts.record_id = any(${recordIds}::text[])`.execute(tx);
  return rows;
}

export type Unchanged = {
  readonly phase: FinalPhase | 'held';
  readonly records: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
};

/** How many records have the outcome that they had, by phase; `held` are those that an earlier run still holds. */
export async function countUnchanged(tx: CompanyTx, scope: PlanScope): Promise<readonly Unchanged[]> {
  const {rows} = await sql<Unchanged>`
    select phase, count(*) as records, coalesce(sum(errors), 0)::int as errors, coalesce(sum(warnings), 0)::int as warnings,
      coalesce(sum(infos), 0)::int as infos
    from (
      select case when ${stillOpen(tx, scope)} then 'held' else o.phase end as phase, o.errors, o.warnings, o.infos
      from records r ${lastOutcome(tx, scope)}
      where ${inSource(tx, scope)} and ${onlyThese(scope)}
        and (${stillOpen(tx, scope)} or ${scope.only === null ? asBefore(scope) : sql`false`})
    ) known group by phase`.execute(tx);
  return rows;
}

/** How many records have no destination record yet as far as is known: what a look at the destination is for. */
export async function countUnlinked(tx: CompanyTx, scope: PlanScope): Promise<number> {
  const {rows} = await sql<{count: number}>`
    select count(*) from records r ${lastOutcome(tx, scope)}
    where ${inSource(tx, scope)} and ${onlyThese(scope)} and ${asBefore(scope)} is not true
      and not exists (select from links l where l.company_id = ${tx.companyId} and l.entity = r.id
        and l.connection_id = ${scope.destinationConnectionId} and l.resource = ${scope.destinationResource})`.execute(
    tx,
  );
  return rows[0]?.count ?? 0;
}

export type KeyHolder = {
  readonly hash: Buffer;
  readonly destinationId: string;
  /** The source record that this one of the destination is linked to. */
  readonly linkedRecord: string | null;
  readonly linkedName: string | null;
};

/** Who in the destination has these keys. */
export async function holdersOfKeys(
  tx: CompanyTx,
  scope: PlanScope,
  hashes: readonly Buffer[],
): Promise<readonly KeyHolder[]> {
  if (hashes.length === 0) return [];
  const {rows} = await sql<KeyHolder>`
    select i.hash, i.external_id as "destinationId", r.id as "linkedRecord", r.external_id as "linkedName"
    from identifiers i
    left join links l on l.company_id = ${tx.companyId} and l.connection_id = i.connection_id and l.resource = i.resource
      and l.destination_id = i.external_id
    left join records r on r.company_id = ${tx.companyId} and r.id = l.record_id
    where i.company_id = ${tx.companyId} and i.connection_id = ${scope.destinationConnectionId}
      and i.resource = ${scope.destinationResource} and i.hash = any(${hashes}::bytea[])`.execute(tx);
  return rows;
}

/** Remembers which keys records of the destination have. */
export async function learnIdentifiers(
  tx: CompanyTx,
  set: {readonly connectionId: string; readonly resource: string},
  rows: readonly {readonly hash: Buffer; readonly externalId: string}[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into identifiers (company_id, connection_id, resource, hash, external_id)
    select distinct ${tx.companyId}, ${set.connectionId}, ${set.resource}, hash, external_id
    from unnest(${rows.map(row => row.hash)}::bytea[], ${rows.map(row => row.externalId)}::text[]) as i (hash, external_id)
    on conflict (company_id, connection_id, resource, hash, external_id) do update set seen_at = now()`.execute(tx);
}

/** When the whole destination was last listed; null when never. */
export async function lastLook(
  tx: CompanyTx,
  set: {readonly connectionId: string; readonly resource: string},
): Promise<{readonly ageSeconds: number} | null> {
  const {rows} = await sql<{ageSeconds: number}>`
    select extract(epoch from now() - complete_at)::float8 as "ageSeconds" from looks
    where company_id = ${tx.companyId} and connection_id = ${set.connectionId} and resource = ${set.resource}`.execute(
    tx,
  );
  return rows[0] ?? null;
}

/**
 * A listing of the whole destination is complete. Keys that it did not show are forgotten: those records are gone there,
 * unless they were learned within the minute before it began, which its search may not have shown yet.
 */
export async function completeLook(
  tx: CompanyTx,
  set: {readonly connectionId: string; readonly resource: string},
  tookSeconds: number,
): Promise<void> {
  await sql`
    insert into looks (company_id, connection_id, resource, complete_at)
    values (${tx.companyId}, ${set.connectionId}, ${set.resource}, now())
    on conflict (company_id, connection_id, resource) do update set complete_at = excluded.complete_at`.execute(tx);
  await sql`
    delete from identifiers i
    where i.company_id = ${tx.companyId} and i.connection_id = ${set.connectionId} and i.resource = ${set.resource}
      and i.seen_at < now() - make_interval(secs => ${tookSeconds + 60})`.execute(tx);
}

export type NewLink = {
  readonly id: string;
  readonly recordId: string;
  readonly personId: string | null;
  readonly destinationId: string;
};

/** Links source entities to destination records that were there already. A link that exists stays. */
export async function insertLinks(
  tx: CompanyTx,
  scope: PlanScope,
  actor: string,
  links: readonly NewLink[],
): Promise<void> {
  if (links.length === 0) return;
  await sql`
    insert into links (company_id, id, connection_id, resource, destination_id, record_id, entity, person_id, created_by)
    select ${tx.companyId}, id, ${scope.destinationConnectionId}, ${scope.destinationResource}, "destinationId", "recordId",
      "recordId", "personId", ${actor}
    from json_to_recordset(${jsonText(links)}::json)
      as l (id text, "recordId" text, "personId" text, "destinationId" text)
    on conflict (company_id, entity, connection_id, resource) do nothing`.execute(tx);
}

export type KeyTaker = {readonly recordId: string; readonly hash: Buffer};

/** Gives each key to the first that asks, in the order given, and answers who has each key that was asked for. */
export async function takeKeys(
  tx: CompanyTx,
  runId: string,
  takers: readonly KeyTaker[],
): Promise<ReadonlyMap<string, {readonly recordId: string; readonly externalId: string}>> {
  if (takers.length === 0) return new Map();
  const rows = takers.map(taker => ({record_id: taker.recordId, hash: bytea(taker.hash)}));
  await sql`
    insert into plan_keys (company_id, run_id, hash, record_id)
    select distinct on (hash) ${tx.companyId}, ${runId}, hash, record_id
    from json_to_recordset(${JSON.stringify(rows)}::json) as k (record_id text, hash bytea)
    order by hash, record_id
    on conflict (company_id, run_id, hash) do nothing`.execute(tx);
  const {rows: holders} = await sql<{hash: Buffer; recordId: string; externalId: string}>`
    select k.hash, k.record_id as "recordId", r.external_id as "externalId"
    from plan_keys k join records r on r.company_id = ${tx.companyId} and r.id = k.record_id
    where k.company_id = ${tx.companyId} and k.run_id = ${runId} and k.hash = any(${takers.map(taker => taker.hash)}::bytea[])`.execute(
    tx,
  );
  return new Map(holders.map(row => [row.hash.toString('hex'), row]));
}
