// Starting a run: the run and its work come into being in one transaction, or neither does.
import type {CompanyTx} from '../db/transaction.ts';
import {inCompany} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import type {EnqueueOptions} from '../queue/queue.ts';
import {newId} from '../std/ids.ts';
import {insertRun, type NewRun} from '../store/runs.ts';
import type {Hub} from './hub.ts';

export type StartRun = Omit<NewRun, 'id'>;

/** Queues a run. @throws MusterError `request.not_found` when the company has no such sync */
export async function startRun(hub: Hub, companyId: string, start: StartRun): Promise<{readonly id: string}> {
  return inCompany(hub.db, companyId, tx => startRunIn(hub, tx, start));
}

/** The same inside a transaction that does more. */
export async function startRunIn(hub: Hub, tx: CompanyTx, start: StartRun): Promise<{readonly id: string}> {
  const id = newId('run');
  if (!(await insertRun(tx, {...start, id}))) throw new MusterError('request.not_found', {params: {what: 'sync'}});
  await enqueueRun(hub, tx, id);
  return {id};
}

/**
 * Has a worker take the run up, now or later. While an item for now waits in the queue, another is not added; of those for
 * later only with a key.
 */
export async function enqueueRun(hub: Hub, tx: CompanyTx, runId: string, later?: EnqueueOptions): Promise<void> {
  await hub.queue.enqueue(tx, 'run', {companyId: tx.companyId, runId}, later ?? {key: runId});
}
