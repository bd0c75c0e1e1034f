// What was received for a connection to read: its newest file, a chunk at a time, so that a large one is never whole in
// memory.
import {sql} from 'kysely';
import type {CompanyTx} from '../db/transaction.ts';

export type ReceivedFileRow = {
  readonly id: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly createdAt: Date;
};

/** The newest whose bytes are all there. Index: files_latest, for its first three columns. */
export async function findLatestFile(tx: CompanyTx, connectionId: string): Promise<ReceivedFileRow | undefined> {
  const {rows} = await sql<ReceivedFileRow>`
    select id, name, size_bytes as "sizeBytes", created_at as "createdAt" from files
    where company_id = ${tx.companyId} and connection_id = ${connectionId} and direction = 'in' and status in ('reading', 'complete')
    order by id desc limit 1`.execute(tx);
  return rows[0];
}

/** Undefined behind the last one. */
export async function readChunk(tx: CompanyTx, fileId: string, seq: number): Promise<Buffer | undefined> {
  const {rows} = await sql<{bytes: Buffer}>`
    select bytes from file_chunks where company_id = ${tx.companyId} and file_id = ${fileId} and seq = ${seq}`.execute(
    tx,
  );
  return rows[0]?.bytes;
}
