// report: the end of a run, said in the run itself; and the next one of its sync gets its turn in the same transaction.
import {type CompanyTx, inCompany} from '../db/transaction.ts';
import type {Reason} from '../model/event.ts';
import {holdUnsettled} from '../store/events.ts';
import {skipQueued} from '../store/outcomes.ts';
import {addTotals, endRun, type RunEnd, takeSyncOf} from '../store/runs.ts';
import type {Hub} from './hub.ts';
import {enqueueRun} from './start-run.ts';

export async function finishRun(hub: Hub, companyId: string, runId: string, end: RunEnd): Promise<void> {
  await inCompany(hub.db, companyId, async tx => {
    await takeSyncOf(tx, runId);
    await finishRunIn(hub, tx, runId, end);
  });
}

/**
 * Whatever is still queued is skipped with the run's reason, and what is in doubt is left to a person: nothing of a run
 * that is over waits for a worker. After `takeSyncOf`.
 */
export async function finishRunIn(hub: Hub, tx: CompanyTx, runId: string, end: RunEnd): Promise<void> {
  const why: Reason =
    end.status === 'cancelled' ? {code: 'event.cancelled', params: {}} : {code: 'event.run_failed', params: {}};
  const skipped = await skipQueued(tx, runId, why);
  const held = await holdUnsettled(tx, runId);
  await addTotals(tx, runId, {skipped, held, failures: held});
  const ended = await endRun(tx, runId, end);
  if (ended?.next) await enqueueRun(hub, tx, ended.next);
}
