// Files received and written, in the database so that every process can reach them: a row, and chunks of bytes.
import {sql} from 'kysely';
import {jsonText} from '../db/text.ts';
import type {CompanyTx} from '../db/transaction.ts';
import type {Reason} from '../model/event.ts';
import type {Issue} from '../model/issue.ts';
import type {JsonObject} from '../std/json.ts';

export type NewFile = {
  readonly id: string;
  readonly connectionId: string;
  readonly runId: string | null;
  readonly direction: 'in' | 'out';
  readonly resource: string;
  readonly name: string;
  readonly mediaType: string;
  /** Which column is which field, where the headers do not say so themselves. */
  readonly headers: JsonObject | null;
  readonly createdBy: string;
};

/** A file whose bytes are still coming; `completeFile` says that they are all there. */
export async function insertFile(tx: CompanyTx, file: NewFile): Promise<void> {
  await sql`
    insert into files (company_id, id, connection_id, run_id, direction, resource, name, media_type, headers, size_bytes,
      sha256, status, created_by)
    values (${tx.companyId}, ${file.id}, ${file.connectionId}, ${file.runId}, ${file.direction}, ${file.resource}, ${file.name},
      ${file.mediaType}, ${file.headers && jsonText(file.headers)}::json, 0, '', 'received', ${file.createdBy})`.execute(
    tx,
  );
}

export async function insertChunk(tx: CompanyTx, fileId: string, seq: number, bytes: Uint8Array): Promise<void> {
  await sql`
    insert into file_chunks (company_id, file_id, seq, bytes)
    values (${tx.companyId}, ${fileId}, ${seq}, ${Buffer.from(bytes)})`.execute(tx);
}

/** Of a file that will never be whole. */
export async function deleteChunks(tx: CompanyTx, fileId: string): Promise<void> {
  await sql`delete from file_chunks where company_id = ${tx.companyId} and file_id = ${fileId}`.execute(tx);
}

/** All bytes are there. `reading`: somebody still has to do something with it. */
export async function sealFile(
  tx: CompanyTx,
  fileId: string,
  file: {readonly status: 'reading' | 'complete'; readonly sizeBytes: number; readonly sha256: Buffer},
): Promise<void> {
  await sql`
    update files set status = ${file.status}, size_bytes = ${file.sizeBytes}, sha256 = ${file.sha256}
    where company_id = ${tx.companyId} and id = ${fileId}`.execute(tx);
}

/** Reading begins, or begins again after a crash: what was counted before is forgotten. False when it is over. */
export async function startReading(tx: CompanyTx, fileId: string): Promise<boolean> {
  const {rows} = await sql`
    update files set rows = 0, accepted = 0, issue_count = 0, issues = null
    where company_id = ${tx.companyId} and id = ${fileId} and status = 'reading' returning id`.execute(tx);
  return rows.length > 0;
}

export async function completeFile(tx: CompanyTx, fileId: string): Promise<void> {
  await sql`
    update files set status = 'complete' where company_id = ${tx.companyId} and id = ${fileId}`.execute(tx);
}

/** These files of a run are whole, and so are the outcomes of its records. */
export async function completeFiles(tx: CompanyTx, fileIds: readonly string[], rows: number): Promise<void> {
  await sql`
    update files set status = 'complete', rows = ${rows}, accepted = ${rows}
    where company_id = ${tx.companyId} and id = any(${fileIds}::text[])`.execute(tx);
}

/** What a crash left half written. */
export async function deleteUnfinishedFiles(tx: CompanyTx, runId: string): Promise<void> {
  await sql`
    delete from files
    where company_id = ${tx.companyId} and run_id = ${runId} and direction = 'out' and status <> 'complete'`.execute(
    tx,
  );
}

/** Adds what was read and what was wrong with it; only the first `keep` issues are kept, all are counted. */
export async function addFileRows(
  tx: CompanyTx,
  fileId: string,
  add: {readonly rows: number; readonly accepted: number; readonly issues: readonly Issue[]},
  keep: number,
): Promise<void> {
  await sql`
    update files set rows = rows + ${add.rows}, accepted = accepted + ${add.accepted},
      issue_count = issue_count + ${add.issues.length},
      issues = case when issue_count >= ${keep} then issues
        else (coalesce(issues, '[]')::jsonb || ${jsonText(add.issues.slice(0, keep))}::jsonb)::json end
    where company_id = ${tx.companyId} and id = ${fileId}`.execute(tx);
}

export async function failFile(tx: CompanyTx, fileId: string, reason: Reason): Promise<void> {
  await sql`
    update files set status = 'failed', reason_code = ${reason.code}, reason_params = ${jsonText(reason.params)}::json
    where company_id = ${tx.companyId} and id = ${fileId}`.execute(tx);
}

export type FileToRead = {
  readonly id: string;
  readonly connectionId: string;
  readonly resource: string;
  readonly headers: JsonObject | null;
  readonly status: string;
};

export async function findFileToRead(tx: CompanyTx, fileId: string): Promise<FileToRead | undefined> {
  const {rows} = await sql<FileToRead>`
    select id, connection_id as "connectionId", resource, headers, status from files
    where company_id = ${tx.companyId} and id = ${fileId}`.execute(tx);
  return rows[0];
}
