// Starting a run: the run and its work come into being in one transaction, or neither does.
import type {CompanyTx} from '../db/transaction.ts';
import {inCompany} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import type {EnqueueOptions} from '../queue/queue.ts';
import {newId} from '../std/ids.ts';
import {findRun, insertRun, type NewRun} from '../store/runs.ts';
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

export type ApplyPlan = {
  /** Id of the preview. */
  readonly plan: string;
  /** Record ids; left out, the whole plan. */
  readonly only?: readonly string[];
  readonly startedBy: string;
};

/**
 * Queues a run with save that does what a preview showed and nothing else. Applying a plan twice changes nothing more: what was
 * done is no longer what it showed.
 * @throws MusterError `request.not_found`, `run.plan_unusable`
 */
export async function applyPlanIn(
  hub: Hub,
  tx: CompanyTx,
  {plan, only, startedBy}: ApplyPlan,
): Promise<{readonly id: string}> {
  const preview = await findRun(tx, plan);
  if (!preview) throw new MusterError('request.not_found', {params: {what: 'run'}});
  if (preview.save || preview.status !== 'complete') throw new MusterError('run.plan_unusable');
  const inputs = {plan, ...(only ? {only} : {})};
  return startRunIn(hub, tx, {syncId: preview.syncId, save: true, inputs, startedBy});
}

/**
 * Has a worker take the run up, now or later. While an item for now waits in the queue, another is not added; of those for
 * later only with a key.
 */
export async function enqueueRun(hub: Hub, tx: CompanyTx, runId: string, later?: EnqueueOptions): Promise<void> {
  await hub.queue.enqueue(tx, 'run', {companyId: tx.companyId, runId}, later ?? {key: runId});
}
