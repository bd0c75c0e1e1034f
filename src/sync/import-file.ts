// Reading a received CSV file into records: header to fields, rows to data, in chunks. A row that cannot be used is an
// issue with its line and the others go on; a file that cannot be read says why and where.
import {readCsv} from '../connector/csv-source.ts';
import {inCompany} from '../db/transaction.ts';
import {isError} from '../errors.ts';
import {addFileRows, completeFile, failFile, findFileToRead, startReading} from '../store/files.ts';
import {readColumns} from './columns.ts';
import {fileContent} from './file-content.ts';
import type {Hub} from './hub.ts';
import {receiving} from './push-records.ts';
import {queueChanges} from './queue-changes.ts';
import {stageRecords} from './stage.ts';

/** More than a person reads; the rest is counted. */
const issuesKept = 200;

/** Repeatable: a file read twice leaves the same records. */
export async function importFile(hub: Hub, companyId: string, fileId: string, signal: AbortSignal): Promise<void> {
  const file = await inCompany(hub.db, companyId, async tx =>
    (await startReading(tx, fileId)) ? findFileToRead(tx, fileId) : undefined,
  );
  if (!file) return;
  try {
    const {resource, resources, connection} = await receiving(hub, companyId, file.connectionId, file.resource);
    const source = await readCsv(fileContent(hub, companyId, fileId));
    const columns = readColumns(source.header, resource, resources, file.headers ?? {});
    await inCompany(hub.db, companyId, tx =>
      addFileRows(tx, fileId, {rows: 0, accepted: 0, issues: columns.issues}, issuesKept),
    );
    for await (const rows of source.rows) {
      signal.throwIfAborted();
      const read = rows.map(row => columns.recordOf(row));
      const records = read.flatMap(({record}) => (record ? [record] : []));
      const issues = read.flatMap(row => row.issues);
      await inCompany(hub.db, companyId, async tx => {
        const staged = {connectionId: connection.id, resource, resources, records, absent: 'keep'} as const;
        const {changed} = await stageRecords(tx, staged);
        await queueChanges(hub, tx, connection.id, changed);
        await addFileRows(tx, fileId, {rows: rows.length, accepted: records.length, issues}, issuesKept);
      });
    }
    await inCompany(hub.db, companyId, tx => completeFile(tx, fileId));
  } catch (error) {
    if (!isError(error) || error.kind === 'transient' || error.kind === 'bug') throw error;
    await inCompany(hub.db, companyId, tx => failFile(tx, fileId, {code: error.code, params: error.params}));
  }
}
