// A file into the database as it comes, in chunks of their own transactions: never whole in memory, and a slow sender
// holds no session. It counts only once it is sealed.
import {createHash} from 'node:crypto';
import {type CompanyTx, inCompany} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import {newId} from '../std/ids.ts';
import {deleteChunks, failFile, insertChunk, insertFile, type NewFile, sealFile} from '../store/files.ts';
import type {Hub} from './hub.ts';

const chunkBytes = 256 * 1024;
const mostBytes = 200e6;

export type FileToStore = Omit<NewFile, 'id'> & {
  readonly content: AsyncIterable<Uint8Array>;
  /** What it is once its bytes are there: `reading` while somebody still has to do something with it. */
  readonly status: 'reading' | 'complete';
  /** Done in the transaction that seals it. */
  readonly sealed?: (tx: CompanyTx, fileId: string) => Promise<void>;
};

/** @throws MusterError `file.too_large`; whatever the content throws. The file then says that it failed. */
export async function storeFile(hub: Hub, companyId: string, file: FileToStore): Promise<{readonly id: string}> {
  const id = newId('fil');
  await inCompany(hub.db, companyId, tx => insertFile(tx, {...file, id}));
  const digest = createHash('sha256');
  let sizeBytes = 0;
  let seq = 0;
  try {
    for await (const bytes of chunks(file.content)) {
      sizeBytes += bytes.length;
      if (sizeBytes > mostBytes) throw new MusterError('file.too_large', {params: {limit: '200 MB'}});
      digest.update(bytes);
      await inCompany(hub.db, companyId, tx => insertChunk(tx, id, seq, bytes));
      seq++;
    }
  } catch (error) {
    const reason = error instanceof MusterError ? error : new MusterError('file.incomplete');
    await inCompany(hub.db, companyId, async tx => {
      await deleteChunks(tx, id);
      await failFile(tx, id, {code: reason.code, params: reason.params});
    });
    throw error;
  }
  const sha256 = digest.digest();
  await inCompany(hub.db, companyId, async tx => {
    await sealFile(tx, id, {status: file.status, sizeBytes, sha256});
    await file.sealed?.(tx, id);
  });
  return {id};
}

/** Small pieces gathered into whole chunks. */
async function* chunks(content: AsyncIterable<Uint8Array>): AsyncIterable<Buffer> {
  let gathered: Buffer[] = [];
  let length = 0;
  for await (const piece of content) {
    gathered.push(Buffer.from(piece));
    length += piece.length;
    if (length < chunkBytes) continue;
    yield Buffer.concat(gathered);
    gathered = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(gathered);
}
