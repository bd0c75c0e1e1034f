// Files received and written, as people read them.
import {sql} from 'kysely';
import type {CompanyTx} from '../db/transaction.ts';
import type {MessageParams} from '../messages/text.ts';
import type {Issue} from '../model/issue.ts';
import {afterAllIds, oneMore, type PageOf, type PageRequest, pageFrom} from './page.ts';

export type ShownFile = {
  readonly id: string;
  readonly connectionId: string;
  readonly runId: string | null;
  readonly direction: 'in' | 'out';
  readonly resource: string;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: Buffer;
  readonly status: 'received' | 'reading' | 'complete' | 'failed';
  readonly reasonCode: string | null;
  readonly reasonParams: MessageParams | null;
  readonly rows: number;
  readonly accepted: number;
  readonly issueCount: number;
  readonly issues: readonly Issue[] | null;
  readonly createdAt: Date;
};

const columns = sql`id, connection_id as "connectionId", run_id as "runId", direction, resource, name,
  media_type as "mediaType", size_bytes as "sizeBytes", sha256, status, reason_code as "reasonCode",
  reason_params as "reasonParams", rows, accepted, issue_count as "issueCount", issues, created_at as "createdAt"`;

/** Files of a connection in both directions, newest first. Index: files_latest, by connection. */
export async function filePage(tx: CompanyTx, connectionId: string, page: PageRequest): Promise<PageOf<ShownFile>> {
  const {rows} = await sql<ShownFile>`
    select ${columns} from files
    where company_id = ${tx.companyId} and connection_id = ${connectionId} and id < ${page.cursor ?? afterAllIds}
    order by id desc limit ${oneMore(page)}`.execute(tx);
  return pageFrom(rows, page);
}

/** In the order in which the run wrote them. Only files of that run's destination are looked at. Index: files_latest. */
export async function filesOfRun(tx: CompanyTx, runId: string): Promise<readonly ShownFile[]> {
  const {rows} = await sql<ShownFile>`
    select ${columns} from files
    where company_id = ${tx.companyId} and run_id = ${runId} and direction = 'out'
      and connection_id = (
        select s.destination_connection_id from runs r join syncs s on s.company_id = r.company_id and s.id = r.sync_id
        where r.company_id = ${tx.companyId} and r.id = ${runId})
    order by id limit 200`.execute(tx);
  return rows;
}

/** Index: files_pkey. */
export async function findFile(tx: CompanyTx, id: string): Promise<ShownFile | undefined> {
  const {rows} = await sql<ShownFile>`
    select ${columns} from files where company_id = ${tx.companyId} and id = ${id}`.execute(tx);
  return rows[0];
}
