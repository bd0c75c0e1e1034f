// Statements on records: the latest snapshot of what each system says. All work on a chunk at once; unchanged rows are
// never rewritten (reading hashes first is three times faster than an upsert that finds nothing to do).
import {sql} from 'kysely';
import type {CompanyTx} from '../db/transaction.ts';
import type {Issue} from '../model/issue.ts';
import type {JsonObject} from '../std/json.ts';

export type RecordSet = {readonly connectionId: string; readonly resource: string};

export type StoredRecord = {
  readonly id: string;
  readonly externalId: string;
  readonly personId: string | null;
  readonly ownHash: Buffer;
  readonly gone: boolean;
};

/** What is stored of these external ids, without their data. */
export async function recordHashes(
  tx: CompanyTx,
  set: RecordSet,
  externalIds: readonly string[],
): Promise<readonly StoredRecord[]> {
  const {rows} = await sql<StoredRecord>`
    select id, external_id as "externalId", person_id as "personId", own_hash as "ownHash", gone_at is not null as gone
    from records
    where company_id = ${tx.companyId} and connection_id = ${set.connectionId} and resource = ${set.resource}
      and external_id = any(${externalIds}::text[])`.execute(tx);
  return rows;
}

/** The own data (references not followed) of these external ids: what a push is merged into. */
export async function recordData(
  tx: CompanyTx,
  set: RecordSet,
  externalIds: readonly string[],
): Promise<ReadonlyMap<string, JsonObject>> {
  if (externalIds.length === 0) return new Map();
  const {rows} = await sql<{externalId: string; data: JsonObject}>`
    select external_id as "externalId", data from records
    where company_id = ${tx.companyId} and connection_id = ${set.connectionId} and resource = ${set.resource}
      and external_id = any(${externalIds}::text[])`.execute(tx);
  return new Map(rows.map(row => [row.externalId, row.data]));
}

/** Holds other stagings of this connection back until the transaction ends. */
export async function takeTurn(tx: CompanyTx, connectionId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${connectionId}, 0))`.execute(tx);
}

export type RecordRow = {
  readonly id: string;
  readonly externalId: string;
  readonly personId: string | null;
  readonly name: string;
  readonly data: JsonObject;
  readonly issues: readonly Issue[];
  readonly ownHash: Buffer;
  /** The records of the same connection that its parts are. */
  readonly references: readonly {readonly part: string; readonly externalId: string}[];
};

/** Inserts new records and rewrites changed ones. A record that was gone is back. */
export async function writeRecords(tx: CompanyTx, set: RecordSet, rows: readonly RecordRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into records (company_id, id, connection_id, resource, external_id, person_id, name, data, issues, own_hash, hash)
    select ${tx.companyId}, id, ${set.connectionId}, ${set.resource}, external_id, person_id, name, data::json,
      issues::json, own_hash, own_hash
    from unnest(${rows.map(row => row.id)}::text[], ${rows.map(row => row.externalId)}::text[],
      ${rows.map(row => row.personId)}::text[], ${rows.map(row => row.name)}::text[],
      ${rows.map(row => JSON.stringify(row.data))}::text[],
      ${rows.map(row => (row.issues.length ? JSON.stringify(row.issues) : null))}::text[],
      ${rows.map(row => row.ownHash)}::bytea[]) as r (id, external_id, person_id, name, data, issues, own_hash)
    on conflict (company_id, connection_id, resource, external_id) do update
    set person_id = coalesce(records.person_id, excluded.person_id), name = excluded.name, data = excluded.data,
      issues = excluded.issues, own_hash = excluded.own_hash, hash = excluded.hash, staged_at = now(), gone_at = null`.execute(
    tx,
  );
}

export async function insertPersons(tx: CompanyTx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`insert into persons (company_id, id) select ${tx.companyId}, unnest(${ids}::text[])`.execute(tx);
}

/** Says which records the parts of these are; what they referred to before is forgotten. */
export async function writeParts(tx: CompanyTx, set: RecordSet, rows: readonly RecordRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    delete from record_parts where company_id = ${tx.companyId} and record_id = any(${rows.map(row => row.id)}::text[])`.execute(
    tx,
  );
  const parts = rows.flatMap(row => row.references.map(reference => ({...reference, recordId: row.id})));
  if (parts.length === 0) return;
  await sql`
    insert into record_parts (company_id, record_id, part, part_record_id)
    select ${tx.companyId}, p.record_id, p.part, r.id
    from unnest(${parts.map(part => part.recordId)}::text[], ${parts.map(part => part.part)}::text[],
      ${parts.map(part => part.externalId)}::text[]) as p (record_id, part, external_id)
    join records r on r.company_id = ${tx.companyId} and r.connection_id = ${set.connectionId}
      and r.resource = p.part and r.external_id = p.external_id`.execute(tx);
}

/**
 * Brings hash, name and person of records up to date with the records they refer to: the given ones, and all that refer
 * to one of them. Answers those that refer to another.
 */
export async function followParts(tx: CompanyTx, recordIds: readonly string[]): Promise<readonly string[]> {
  if (recordIds.length === 0) return [];
  const {rows} = await sql<{id: string}>`
    with referring as (
      select record_id as id from record_parts where company_id = ${tx.companyId} and record_id = any(${recordIds}::text[])
      union select record_id from record_parts
      where company_id = ${tx.companyId} and part_record_id = any(${recordIds}::text[])
    ), combined as (
      select r.id, sha256(r.own_hash || string_agg(p.own_hash, ''::bytea order by parts.part)) as hash,
        max(p.name) filter (where parts.part = 'person') as name,
        max(p.person_id) filter (where parts.part = 'person') as person_id
      from referring
      join records r on r.company_id = ${tx.companyId} and r.id = referring.id
      join record_parts parts on parts.company_id = ${tx.companyId} and parts.record_id = r.id
      join records p on p.company_id = ${tx.companyId} and p.id = parts.part_record_id
      group by r.id, r.own_hash
    )
    update records set hash = combined.hash, name = coalesce(combined.name, records.name),
      person_id = coalesce(combined.person_id, records.person_id)
    from combined where records.company_id = ${tx.companyId} and records.id = combined.id
    returning records.id`.execute(tx);
  return rows.map(({id}) => id);
}

/** Says that these records are gone from their source. Answers the ids of those that were there. */
export async function markGone(
  tx: CompanyTx,
  set: RecordSet,
  externalIds: readonly string[],
): Promise<readonly string[]> {
  const {rows} = await sql<{id: string}>`
    update records set gone_at = now()
    where company_id = ${tx.companyId} and connection_id = ${set.connectionId} and resource = ${set.resource}
      and external_id = any(${externalIds}::text[]) and gone_at is null
    returning id`.execute(tx);
  return rows.map(({id}) => id);
}

/** Remembers what one chunk of a reading saw; the same chunk again replaces it. */
export async function writeSeen(
  tx: CompanyTx,
  reading: string,
  chunk: string,
  recordIds: readonly string[],
): Promise<void> {
  await sql`
    insert into run_seen (company_id, reading, chunk, record_ids)
    values (${tx.companyId}, ${reading}, ${chunk}, ${recordIds}::text[])
    on conflict (company_id, reading, chunk) do update set record_ids = excluded.record_ids`.execute(tx);
}

/** After a complete reading: whoever it did not see is gone. Answers their ids. The reading is forgotten. */
export async function markUnseenGone(tx: CompanyTx, set: RecordSet, reading: string): Promise<readonly string[]> {
  const {rows} = await sql<{id: string}>`
    update records set gone_at = now()
    where company_id = ${tx.companyId} and connection_id = ${set.connectionId} and resource = ${set.resource}
      and gone_at is null and not exists (
        select from (select unnest(record_ids) as id from run_seen
          where company_id = ${tx.companyId} and reading = ${reading}) seen where seen.id = records.id)
    returning id`.execute(tx);
  await sql`delete from run_seen where company_id = ${tx.companyId} and reading = ${reading}`.execute(tx);
  return rows.map(({id}) => id);
}
