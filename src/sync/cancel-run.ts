// Cancelling a run. What has not left never will; what is on its way or in doubt is settled first, by the worker that has
// it or by the next one, and then the run is over.
import {type CompanyTx, inCompany} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import {openWork} from '../store/events.ts';
import {skipQueued} from '../store/outcomes.ts';
import {addTotals, findRun, requestCancel, takeSyncOf} from '../store/runs.ts';
import type {Hub} from './hub.ts';
import {finishRunIn} from './report.ts';
import {enqueueRun} from './start-run.ts';

export type CancelRun = {readonly companyId: string; readonly runId: string; readonly who: string};

/** @throws MusterError `request.not_found`, or `run.not_cancellable` when it is over */
export async function cancelRun(hub: Hub, {companyId, runId, who}: CancelRun): Promise<void> {
  await inCompany(hub.db, companyId, async tx => {
    await takeSyncOf(tx, runId);
    if (!(await findRun(tx, runId))) throw new MusterError('request.not_found', {params: {what: 'run'}});
    const run = await requestCancel(tx, runId, who);
    if (!run) throw new MusterError('run.not_cancellable');
    if (run.leased) return; // its worker sees it before the next record
    await endCancelled(hub, tx, runId);
  });
}

/** Ends a cancelled run that nobody works on, or has what is in doubt settled first. After `takeSyncOf`. */
export async function endCancelled(hub: Hub, tx: CompanyTx, runId: string): Promise<void> {
  await addTotals(tx, runId, {skipped: await skipQueued(tx, runId, {code: 'event.cancelled', params: {}})});
  const {waiting, nextInSeconds} = await openWork(tx, runId);
  if (waiting > 0) return enqueueRun(hub, tx, runId, {afterSeconds: nextInSeconds});
  const who = (await findRun(tx, runId))?.cancelRequestedBy ?? '';
  await finishRunIn(hub, tx, runId, {status: 'cancelled', reason: {code: 'run.cancelled', params: {who}}});
}
