// Every kind of queued work, its queue and how many of it one process does at once.
import {inCompany} from '../db/transaction.ts';
import {failFile} from '../store/files.ts';
import type {Hub} from '../sync/hub.ts';
import {importFile} from '../sync/import-file.ts';
import {finishRun} from '../sync/report.ts';
import {workOnRun} from '../sync/run.ts';

export const queueNames = ['run', 'import'] as const;

/** Runs mostly wait for other systems; imports are our own work. */
const parallel = {run: 4, import: 2} as const;

/** Starts this process's workers. */
export async function startWorkers(hub: Hub): Promise<void> {
  await hub.queue.work('run', parallel.run, ({companyId, runId = ''}, signals) =>
    workOnRun(hub, companyId, runId, signals),
  );
  await hub.queue.work('import', parallel.import, ({companyId, fileId = ''}, {stop}) =>
    importFile(hub, companyId, fileId, stop),
  );
  // Whatever keeps failing for ten minutes ends where a person sees it, not in a queue.
  await hub.queue.onExhausted(async ({companyId, runId, fileId}) => {
    const reason = {code: 'bug.unexpected', params: {}};
    if (runId) await finishRun(hub, companyId, runId, {status: 'failed', reason});
    if (fileId) await inCompany(hub.db, companyId, tx => failFile(tx, fileId, reason));
  });
}
