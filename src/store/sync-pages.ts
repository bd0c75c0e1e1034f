// Syncs as a list shows them: their current definition and the names of both connections.
import {sql} from 'kysely';
import type {CompanyTx} from '../db/transaction.ts';
import type {SyncDefinition} from '../model/leg.ts';
import {afterAllIds, oneMore, type PageOf, type PageRequest, pageFrom} from './page.ts';

export type ShownEnd = {readonly id: string; readonly name: string; readonly connector: string};

export type ShownSync = {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly definition: SyncDefinition;
  readonly createdAt: Date;
  readonly source: ShownEnd;
  readonly destination: ShownEnd;
};

/** Newest first. Index: syncs_pkey. */
export async function syncPage(tx: CompanyTx, page: PageRequest): Promise<PageOf<ShownSync>> {
  const {rows} = await sql<ShownSync>`
    select s.id, s.name, s.version, v.definition, s.created_at as "createdAt",
      json_build_object('id', f.id, 'name', f.name, 'connector', f.connector) as source,
      json_build_object('id', t.id, 'name', t.name, 'connector', t.connector) as destination
    from syncs s
    join sync_versions v on v.company_id = s.company_id and v.sync_id = s.id and v.version = s.version
    join connections f on f.company_id = s.company_id and f.id = s.source_connection_id
    join connections t on t.company_id = s.company_id and t.id = s.destination_connection_id
    where s.company_id = ${tx.companyId} and s.id < ${page.cursor ?? afterAllIds}
    order by s.id desc limit ${oneMore(page)}`.execute(tx);
  return pageFrom(rows, page);
}
