// Records as pages and people read them: the latest that each source said, with the records they refer to put in.
import {sql} from 'kysely';
import type {CompanyTx} from '../db/transaction.ts';
import type {Issue} from '../model/issue.ts';
import {isJsonObject, type JsonObject} from '../std/json.ts';
import {afterAllIds, beforeAllIds, oneMore, type PageOf, type PageRequest, pageFrom} from './page.ts';
import {findRecordIds, recordKinds} from './record-search.ts';

export type ShownRecord = {
  readonly id: string;
  readonly connectionId: string;
  readonly resource: string;
  readonly externalId: string;
  readonly personId: string | null;
  readonly name: string;
  readonly data: JsonObject;
  readonly identifiers: JsonObject | null;
  readonly issues: readonly Issue[] | null;
  readonly stagedAt: Date;
  readonly goneAt: Date | null;
};

export type RecordFilter = {
  readonly connectionId?: string | undefined;
  readonly resource?: string | undefined;
  readonly search?: string | undefined;
};

type Stored = ShownRecord & {readonly parts: {readonly [part: string]: {id: string; data: JsonObject}} | null};

const columns = sql`r.id, r.connection_id as "connectionId", r.resource, r.external_id as "externalId",
  r.person_id as "personId", r.name, r.data, r.identifiers, r.issues, r.staged_at as "stagedAt", r.gone_at as "goneAt",
  (select json_object_agg(rp.part, json_build_object('id', p.external_id, 'data', p.data))
   from record_parts rp join records p on p.company_id = rp.company_id and p.id = rp.part_record_id
   where rp.company_id = r.company_id and rp.record_id = r.id) as parts`;

// Enough for whoever looks for one person; whoever finds more will type another letter.
const mostFound = 1000;

/**
 * Newest first. Index: records_order, once for each kind of record, so that a rare kind is as fast as a frequent one. It
 * is asked for as a range: for `connection_id = …` the planner takes the primary key and filters (435 ms instead of 10 with 300,000 people).
 */
export async function recordPage(tx: CompanyTx, filter: RecordFilter, page: PageRequest): Promise<PageOf<ShownRecord>> {
  const kind = sql`(${filter.connectionId ?? null}::text is null or connection_id = ${filter.connectionId ?? null})
    and (${filter.resource ?? null}::text is null or resource = ${filter.resource ?? null})`;
  const before = page.cursor ?? afterAllIds;
  const ids = filter.search
    ? sql`select id from records where company_id = ${tx.companyId}
          and id = any(${await findRecordIds(tx, filter.search, mostFound)}::text[]) and ${kind}`
    : sql`select found.id from (select * from ${recordKinds(tx)} kinds where ${kind}) k cross join lateral (
            select id from records
            where company_id = ${tx.companyId}
              and (connection_id, resource, id) > (k.connection_id, k.resource, ${beforeAllIds})
              and (connection_id, resource, id) < (k.connection_id, k.resource, ${before})
            order by connection_id desc, resource desc, id desc limit ${oneMore(page)}
          ) found`;
  const {rows} = await sql<Stored>`
    select ${columns} from (
      select id from (${ids}) candidates where id < ${before} order by id desc limit ${oneMore(page)}
    ) chosen join records r on r.company_id = ${tx.companyId} and r.id = chosen.id
    order by r.id desc`.execute(tx);
  return pageFrom(rows.map(putPartsIn), page);
}

/** In no order; unknown ids are left out. Index: records_pkey. */
export async function recordsById(tx: CompanyTx, ids: readonly string[]): Promise<readonly ShownRecord[]> {
  const {rows} = await sql<Stored>`
    select ${columns} from records r where r.company_id = ${tx.companyId} and r.id = any(${ids}::text[])`.execute(tx);
  return rows.map(putPartsIn);
}

export async function findRecord(tx: CompanyTx, id: string): Promise<ShownRecord | undefined> {
  const [record] = await recordsById(tx, [id]);
  return record;
}

/** A part that is a record of its own takes the place of the reference to it, with its external id. */
function putPartsIn({parts, ...record}: Stored): ShownRecord {
  const filled = Object.entries(parts ?? {}).map(([part, {id, data}]) => {
    const own = data[part];
    return [part, {id, ...(isJsonObject(own) ? own : {})}] as const;
  });
  return {...record, data: {...record.data, ...Object.fromEntries(filled)}};
}
