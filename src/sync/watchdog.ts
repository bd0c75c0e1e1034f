// The watchdog: no run can hang. An open run that nobody works on has an item in the queue, for now or for later, or waits
// for a person; one that has neither (its item was lost, given up or deleted) gets one. Looks every half minute.
import {asOwner, inCompany} from '../db/transaction.ts';
import {type ErrorCode, errorTable} from '../errors.ts';
import {idleRuns} from '../store/idle-runs.ts';
import type {Hub} from './hub.ts';
import {enqueueRun} from './start-run.ts';

export const watchEveryMs = 30_000;

/** Answers the runs that it set going again. */
export async function watchRuns(hub: Hub): Promise<readonly string[]> {
  const lost = await asOwner(hub.db, async tx => {
    const idle = (await idleRuns(tx)).filter(run => !waitsForPerson(run.connectionReason));
    const ids = new Set(
      await hub.queue.withoutWork(
        tx,
        'run',
        'runId',
        idle.map(({runId}) => runId),
      ),
    );
    return idle.filter(({runId}) => ids.has(runId));
  });
  for (const {companyId, runId} of lost) {
    await inCompany(hub.db, companyId, tx => enqueueRun(hub, tx, runId));
    hub.log.warn('run.set_going', {companyId, runId});
  }
  return lost.map(({runId}) => runId);
}

/** Credentials are mended by somebody, and the check that then passes calls the run. */
function waitsForPerson(code: string | null): boolean {
  return code !== null && Object.hasOwn(errorTable, code) && errorTable[code as ErrorCode].kind === 'operator'; // hasOwn just proved the key
}
