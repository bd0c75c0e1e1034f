// The ways in which a worker lets go of a run: given back, waiting for something, or over. Each is one transaction that
// holds only while the run is still this worker's, and in which whoever takes the run up next is called already.
import {inCompany} from '../db/transaction.ts';
import {type ErrorCode, errorTable} from '../errors.ts';
import {messageText} from '../messages/text.ts';
import type {Reason} from '../model/event.ts';
import type {EnqueueOptions} from '../queue/queue.ts';
import {type ConnectionRow, lockConnection, markUnfit} from '../store/connections.ts';
import {checkLease, holdRun, type RunEnd, releaseLease, setWaiting, takeSyncOf} from '../store/runs.ts';
import {endCancelled} from './cancel-run.ts';
import type {Hub} from './hub.ts';
import type {Lease} from './lease.ts';
import {mine} from './read.ts';
import {finishRunIn} from './report.ts';
import {enqueueRun} from './start-run.ts';

/** A connection that does not answer is checked again after this. */
const recheckSeconds = 15;

/** To the end of the queue. The lease goes in the same transaction: whoever takes the run up next must find it free. */
export async function giveBack(hub: Hub, {companyId, runId, id}: Lease, later?: EnqueueOptions): Promise<void> {
  await inCompany(hub.db, companyId, async tx => {
    await releaseLease(tx, runId, id);
    await enqueueRun(hub, tx, runId, later);
  });
}

export async function waitFor(
  hub: Hub,
  {companyId, runId, id}: Lease,
  reason: Reason,
  afterSeconds: number,
): Promise<void> {
  await inCompany(hub.db, companyId, async tx => {
    mine(await setWaiting(tx, runId, id, reason));
    await enqueueRun(hub, tx, runId, {afterSeconds});
  });
}

/** Until a person lets the plan go on, or cancels the run. */
export async function hold(hub: Hub, {companyId, runId, id}: Lease, reason: Reason): Promise<void> {
  await inCompany(hub.db, companyId, async tx => mine(await holdRun(tx, runId, id, reason)));
}

/** Wrong credentials wait for a person; a system that is down is asked again by itself. */
export async function waitForConnection(hub: Hub, {companyId, runId, id}: Lease, connectionId: string): Promise<void> {
  await inCompany(hub.db, companyId, async tx => {
    // Locked, so that a check that passes at this moment either is seen here or finds the run waiting.
    const connection = await lockConnection(tx, connectionId);
    const why = connection.reason ? messageText(connection.reason.code, connection.reason.params).text : '';
    const params = {connection: connection.name, why: why.slice(0, 90)};
    mine(await setWaiting(tx, runId, id, {code: 'run.waits_connection', params}));
    if (connection.status === 'connected') await enqueueRun(hub, tx, runId);
    else if (passes(connection)) {
      await enqueueRun(hub, tx, runId, {afterSeconds: recheckSeconds, key: `${runId} recheck`});
    }
  });
}

/** Nothing more goes to this connection until it passes its check. */
export async function stopConnection(hub: Hub, lease: Lease, connectionId: string, reason: Reason): Promise<void> {
  await inCompany(hub.db, lease.companyId, tx => markUnfit(tx, connectionId, reason));
  await waitForConnection(hub, lease, connectionId);
}

/** The run is over, or cancelled if somebody has asked for that meanwhile. */
export async function finish(hub: Hub, {companyId, runId, id}: Lease, end: RunEnd): Promise<void> {
  await inCompany(hub.db, companyId, async tx => {
    await takeSyncOf(tx, runId);
    const state = await checkLease(tx, runId, id);
    mine(state !== 'lost');
    if (state === 'cancelled' && end.status === 'complete') {
      await releaseLease(tx, runId, id);
      await endCancelled(hub, tx, runId);
    } else await finishRunIn(hub, tx, runId, end);
  });
}

/** Ends the run, or has what is in doubt settled first, if somebody has asked for its end. False when nobody has. */
export async function finishIfCancelled(hub: Hub, {companyId, runId, id}: Lease): Promise<boolean> {
  return inCompany(hub.db, companyId, async tx => {
    await takeSyncOf(tx, runId);
    const state = await checkLease(tx, runId, id);
    mine(state !== 'lost');
    if (state !== 'cancelled') return false;
    await releaseLease(tx, runId, id);
    await endCancelled(hub, tx, runId);
    return true;
  });
}

function passes({reason}: ConnectionRow): boolean {
  const code = reason?.code ?? '';
  return Object.hasOwn(errorTable, code) && errorTable[code as ErrorCode].kind === 'transient'; // hasOwn just proved the key
}
