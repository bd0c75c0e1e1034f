// Finding records by name or by their id in the source. Names go through one function of the database that runs as its
// owner: under row-level security no pattern operator uses an index (stack notes, B3).
import {sql} from 'kysely';
import type {CompanyTx} from '../db/transaction.ts';

/** The pairs of connection and resource that have records, found by leaping through records_external. */
export function recordKinds(tx: CompanyTx) {
  return sql`(
    with recursive kinds as (
      (select connection_id, resource from records where company_id = ${tx.companyId}
       order by connection_id, resource limit 1)
      union all
      select k.connection_id, k.resource from kinds cross join lateral (
        select r.connection_id, r.resource from records r
        where r.company_id = ${tx.companyId} and (r.connection_id, r.resource) > (kinds.connection_id, kinds.resource)
        order by r.connection_id, r.resource limit 1
      ) k
    )
    select connection_id, resource from kinds)`;
}

/** The newest records whose name contains the text, and those whose external id begins with it. In no order. */
export async function findRecordIds(tx: CompanyTx, search: string, most: number): Promise<readonly string[]> {
  // A range instead of `like`: comparing texts is leakproof and so may use the index. The last code point ends it.
  const {rows} = await sql<{id: string}>`
    select find_records(${search}, ${most}) as id
    union
    select r.id from ${recordKinds(tx)} k cross join lateral (
      select id from records
      where company_id = ${tx.companyId} and connection_id = k.connection_id and resource = k.resource
        and external_id >= ${search} and external_id < ${`${search}\u{10FFFF}`}
      order by external_id limit ${most}
    ) r`.execute(tx);
  return rows.map(row => row.id);
}
