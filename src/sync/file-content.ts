// A stored file's bytes, chunk by chunk as they are taken, each in a transaction of its own: a slow reader holds no session.
import {inCompany} from '../db/transaction.ts';
import {readChunk} from '../store/received-files.ts';
import type {Hub} from './hub.ts';

export async function* fileContent(hub: Hub, companyId: string, fileId: string): AsyncGenerator<Uint8Array> {
  for (let seq = 0; ; seq++) {
    const bytes = await inCompany(hub.db, companyId, tx => readChunk(tx, fileId, seq));
    if (!bytes) return;
    yield bytes;
  }
}
