// A file that somebody hands in for a connection: stored, then either kept for its connector to read (`file`) or read
// into records at once, by a worker (`directory`).
import {inCompany} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import type {JsonObject} from '../std/json.ts';
import {findConnection} from '../store/connections.ts';
import type {Hub} from './hub.ts';
import {receiving} from './push-records.ts';
import {connectorOf} from './resources.ts';
import {storeFile} from './store-file.ts';

export type ReceivedUpload = {
  readonly connectionId: string;
  readonly resource: string;
  readonly name: string;
  /** Which column is which field, where the headers do not say so. */
  readonly columns: JsonObject | undefined;
  readonly content: AsyncIterable<Uint8Array>;
  readonly createdBy: string;
};

/** @throws MusterError `request.not_found`, `request.invalid`, `connector.cannot`, `file.too_large` */
export async function receiveFile(hub: Hub, companyId: string, upload: ReceivedUpload): Promise<{readonly id: string}> {
  const imports = await importsRecords(hub, companyId, upload);
  return storeFile(hub, companyId, {
    ...upload,
    runId: null,
    direction: 'in',
    mediaType: 'text/csv',
    headers: upload.columns ?? null,
    status: imports ? 'reading' : 'complete',
    sealed: async (tx, fileId) => {
      if (imports) await hub.queue.enqueue(tx, 'import', {companyId, fileId});
    },
  });
}

/** A connector that reads files takes them as they are; one that receives records has them read into records. */
async function importsRecords(hub: Hub, companyId: string, upload: ReceivedUpload): Promise<boolean> {
  const connection = await inCompany(hub.db, companyId, tx => findConnection(tx, upload.connectionId));
  if (!connection) throw new MusterError('request.not_found', {params: {what: 'connection'}});
  if (connectorOf(hub, connection).manifest.receivesFiles === true) return false;
  await receiving(hub, companyId, upload.connectionId, upload.resource);
  return true;
}
