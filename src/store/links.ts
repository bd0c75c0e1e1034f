// Links that people make, remove and list: which record is which in a destination. The engine's own are made with the
// outcomes that they follow from (outcomes.ts, planning.ts).
import {sql} from 'kysely';
import type {CompanyTx} from '../db/transaction.ts';
import {afterAllIds, oneMore, type PageOf, type PageRequest, pageFrom} from './page.ts';
import {findRecordIds} from './record-search.ts';
import {nameOf} from './run-pages.ts';

export type LinkTarget = {readonly connectionId: string; readonly resource: string; readonly destinationId: string};

export type LinkRow = LinkTarget & {
  readonly id: string;
  readonly recordId: string;
  /** Of the record, as it is called today. */
  readonly name: string;
  readonly externalId: string;
  /** Who made it, by name; a run by its id. */
  readonly by: string;
  readonly at: Date;
};

const columns = sql`l.id, l.connection_id as "connectionId", l.resource, l.destination_id as "destinationId",
  l.record_id as "recordId", coalesce(rec.name, l.record_id) as name, coalesce(rec.external_id, l.record_id) as "externalId",
  ${nameOf(sql`r.created_by`)} as by, l.created_at as at`;
const shown = sql`links l cross join lateral (select l.company_id, l.created_by) r
  left join records rec on rec.company_id = l.company_id and rec.id = l.record_id`;

export type LinkFilter = {
  readonly connectionId?: string | undefined;
  readonly recordId?: string | undefined;
  /** Of a record's name or id in its source, or an id in the destination. */
  readonly search?: string | undefined;
};

const mostFound = 1000;

/** Newest first. Indexes: links_record for a record or a search, else links_pkey. */
export async function linkPage(tx: CompanyTx, filter: LinkFilter, page: PageRequest): Promise<PageOf<LinkRow>> {
  const {connectionId, recordId, search} = filter;
  const found = search === undefined ? undefined : await findRecordIds(tx, search, mostFound);
  const {rows} = await sql<LinkRow>`
    select ${columns} from ${shown}
    where l.company_id = ${tx.companyId} and l.id < ${page.cursor ?? afterAllIds}
      ${connectionId === undefined ? sql`` : sql`and l.connection_id = ${connectionId}`}
      ${recordId === undefined ? sql`` : sql`and l.record_id = ${recordId}`}
      ${found === undefined ? sql`` : sql`and (l.record_id = any(${found}::text[]) or l.destination_id = ${search})`}
    order by l.id desc limit ${oneMore(page)}`.execute(tx);
  return pageFrom(rows, page);
}

/** Index: links_pkey. */
export async function findLink(tx: CompanyTx, id: string): Promise<LinkRow | undefined> {
  const {rows} = await sql<LinkRow>`
    select ${columns} from ${shown} where l.company_id = ${tx.companyId} and l.id = ${id}`.execute(tx);
  return rows[0];
}

/** Links of these destination records. Index: links_destination. */
export async function linksTo(
  tx: CompanyTx,
  {connectionId, resource}: Omit<LinkTarget, 'destinationId'>,
  destinationIds: readonly string[],
): Promise<readonly LinkRow[]> {
  const {rows} = await sql<LinkRow>`
    select ${columns} from ${shown}
    where l.company_id = ${tx.companyId} and l.destination_id = any(${destinationIds}::text[])
      and l.connection_id = ${connectionId} and l.resource = ${resource}`.execute(tx);
  return rows;
}

/** The record's link in that destination. Index: links_entity. */
export async function linkOf(
  tx: CompanyTx,
  recordId: string,
  {connectionId, resource}: Omit<LinkTarget, 'destinationId'>,
): Promise<LinkRow | undefined> {
  const {rows} = await sql<LinkRow>`
    select ${columns} from ${shown}
    where l.company_id = ${tx.companyId} and l.entity = ${recordId} and l.connection_id = ${connectionId}
      and l.resource = ${resource}`.execute(tx);
  return rows[0];
}

/** Holds back whoever else links to that destination record, until the transaction ends. */
export async function takeLinkTarget(tx: CompanyTx, target: LinkTarget): Promise<void> {
  const key = ['link', target.connectionId, target.resource, target.destinationId].join(' ');
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx);
}

/** False when the record got a link there a moment ago. */
export async function insertLink(
  tx: CompanyTx,
  link: LinkTarget & {readonly id: string; readonly recordId: string; readonly by: string},
): Promise<boolean> {
  const {rows} = await sql`
    insert into links (company_id, id, connection_id, resource, destination_id, record_id, entity, person_id, created_by)
    select company_id, ${link.id}, ${link.connectionId}, ${link.resource}, ${link.destinationId}, id, id, person_id, ${link.by}
    from records where company_id = ${tx.companyId} and id = ${link.recordId}
    on conflict (company_id, entity, connection_id, resource) do nothing returning id`.execute(tx);
  return rows.length > 0;
}

/**
 * Removes a link, with what Muster remembers of that destination record's keys: whether the record is the same there is
 * to be asked of the destination itself. False when it was gone already.
 */
export async function deleteLink(tx: CompanyTx, link: LinkTarget & {readonly id: string}): Promise<boolean> {
  const {connectionId, resource, destinationId} = link;
  const {rows} = await sql`
    with gone as (delete from links where company_id = ${tx.companyId} and id = ${link.id} returning id),
    forgotten as (
      delete from identifiers where company_id = ${tx.companyId} and connection_id = ${connectionId}
        and resource = ${resource} and external_id = ${destinationId}
    ), look_again as (
      delete from looks where company_id = ${tx.companyId} and connection_id = ${connectionId} and resource = ${resource}
    )
    select id from gone`.execute(tx);
  return rows.length > 0;
}

/** Has the next run of each sync to that destination look at the record again. Index: outcomes_pkey, once a sync. */
export async function lookAtAgain(tx: CompanyTx, recordId: string, connectionId: string): Promise<void> {
  await sql`
    update outcomes o set settled = false from syncs s
    where s.company_id = ${tx.companyId} and s.destination_connection_id = ${connectionId} and o.company_id = s.company_id
      and o.sync_id = s.id and o.record_id = ${recordId}`.execute(tx);
}
