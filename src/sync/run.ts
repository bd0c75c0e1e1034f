// A run, from the record's way down: read → plan → deliver → report. A worker has it under a lease and does what it can;
// then the run is over, waits and says for what, or goes to the end of the queue so that others get their turn.
import {inCompany} from '../db/transaction.ts';
import {asMusterError, isError, MusterError} from '../errors.ts';
import type {Reason} from '../model/event.ts';
import type {ConnectionRow} from '../store/connections.ts';
import {openWork} from '../store/events.ts';
import {countTry, findRun, leaseRun, type RunRow, saveProgress} from '../store/runs.ts';
import {checkConnection} from './check-connection.ts';
import {openContext} from './context.ts';
import {type Delivered, deliverRun} from './deliver.ts';
import {writeFiles} from './deliver-files.ts';
import type {Hub} from './hub.ts';
import {Lease} from './lease.ts';
import {finish, finishIfCancelled, giveBack, hold, stopConnection, waitFor, waitForConnection} from './let-go.ts';
import {planRun} from './plan.ts';
import {type Preparation, prepareRun} from './prepare.ts';
import {goOn, readSource} from './read.ts';
import {planOverLimit} from './safeguards.ts';
import {enqueueRun} from './start-run.ts';

/** So often the same stage of a run may fail for a reason that should pass. */
const mostTries = 6;
/** The next attempt is waited for on the spot if it is so near. */
const nearSeconds = 6;

export type Signals = {readonly stop: AbortSignal; readonly abort: AbortSignal};

/**
 * Works on a run as far as it goes now. `stop` says to begin nothing more and give the run back; `abort` that even calls
 * under way must end.
 */
export async function workOnRun(hub: Hub, companyId: string, runId: string, signals: Signals): Promise<void> {
  await using lease = new Lease(hub, companyId, runId);
  const leased = await inCompany(hub.db, companyId, async tx => {
    const got = await leaseRun(tx, runId, lease.id);
    // Its worker may be dead: looked at again as soon as that is sure.
    if (got.kind === 'busy') {
      await enqueueRun(hub, tx, runId, {afterSeconds: got.seconds + 0.5, key: `${runId} busy`});
    }
    return got.kind === 'mine';
  });
  if (!leased) return;
  lease.start();
  const both = {
    stop: AbortSignal.any([signals.stop, lease.signal]),
    abort: AbortSignal.any([signals.abort, lease.signal]),
  };
  // `return await` throughout: what is returned without is no longer heard while the lease is being given back.
  try {
    await runStages(hub, companyId, runId, lease, both);
  } catch (error) {
    // To the queue, which gives it out again: that another worker has the run is not sure, only that this one has not.
    if (lease.signal.aborted || isError(error, 'lease.lost')) throw new MusterError('lease.lost', {cause: error});
    // Of no work item in particular, so none of them is made to wait longer each time. While the database is away this
    // fails too, and the queue gives the item out again.
    if (isError(error, 'database.busy')) return await giveBack(hub, lease, {afterSeconds: 1});
    if (both.stop.aborted) return await giveBack(hub, lease);
    if (isError(error, 'run.cancelled') && (await finishIfCancelled(hub, lease))) return;
    await afterFailure(hub, lease, asMusterError(error));
  }
}

async function runStages(hub: Hub, companyId: string, runId: string, lease: Lease, signals: Signals): Promise<void> {
  const {stop: signal} = signals;
  const run = await loadLeased(hub, lease);
  const prepared = await prepareRun(hub, companyId, run);
  if (run.stage !== 'deliver' && (await finishIfCancelled(hub, lease))) return;
  const fit = await connectionsFit(hub, prepared, lease);
  if (fit === 'waits') return;
  if (run.stage === 'read') {
    await readSource(hub, prepared, lease.id, signal);
    return await runStages(hub, companyId, runId, lease, signals);
  }
  const {connection, resource} = prepared.destination;
  await using context = await openContext(hub, companyId, connection, {signal: signals.abort});
  if (run.stage === 'plan') {
    await planRun(hub, prepared, lease.id, signal, fit === 'all' ? context : null);
    const over = await planOverLimit(hub, prepared);
    if (!run.save) {
      const why = fit === 'all' ? over && {reason: {...over, code: `${over.code}_preview`}} : notLooked(connection);
      return await finish(hub, lease, {status: 'complete', ...why});
    }
    if (over) return await hold(hub, lease, over);
    await inCompany(hub.db, companyId, async tx => {
      goOn(await saveProgress(tx, runId, lease.id, {stage: 'deliver', resume: {}, add: {}}));
    });
  }
  if (resource.capabilities.includes('files')) {
    await writeFiles(hub, prepared, lease, context);
    return await finish(hub, lease, {status: 'complete'});
  }
  for (;;) {
    const delivered = await deliverRun(hub, prepared, lease, signal, context);
    const again = await afterDelivery(hub, prepared, lease, delivered, signal);
    if (!again) return;
  }
}

/** What follows from a delivery that came to an end. True when the next attempt is so near that it was waited for. */
async function afterDelivery(
  hub: Hub,
  prepared: Preparation,
  lease: Lease,
  delivered: Delivered,
  signal: AbortSignal,
): Promise<boolean> {
  const {companyId, run, destination} = prepared;
  switch (delivered.kind) {
    case 'more':
      await giveBack(hub, lease);
      return false;
    case 'cancelled':
      await finishIfCancelled(hub, lease);
      return false;
    case 'stopped':
      await stopConnection(hub, lease, destination.connection.id, delivered.reason);
      return false;
    case 'wait': {
      const seconds = (delivered.until.getTime() - hub.clock.now().getTime()) / 1000;
      return waitUntilNear(hub, lease, seconds, delivered.reason, signal);
    }
    case 'idle':
      break;
    default:
      delivered satisfies never;
  }
  const {waiting, nextInSeconds, reason} = await inCompany(hub.db, companyId, tx => openWork(tx, run.id));
  if (waiting === 0) {
    await finish(hub, lease, {status: 'complete'});
    return false;
  }
  const until = new Date(hub.clock.now().getTime() + nextInSeconds * 1000);
  const params = {count: waiting, until: until.toISOString(), last: reason?.code ?? ''};
  return waitUntilNear(hub, lease, nextInSeconds, {code: 'run.waits_attempt', params}, signal);
}

/** Waits on the spot for what is near; otherwise the run says what it waits for and is taken up then. */
async function waitUntilNear(
  hub: Hub,
  lease: Lease,
  seconds: number,
  reason: Reason,
  signal: AbortSignal,
): Promise<boolean> {
  if (seconds > nearSeconds) {
    await waitFor(hub, lease, reason, seconds);
    return false;
  }
  await hub.clock.wait(Math.max(seconds, 0) * 1000 + 10, signal);
  return true;
}

/**
 * `all`: both ends can be used. A connection that is not known to work is checked first; where that fails a save waits
 * for it, and a preview goes on without looking at the destination (`source`).
 */
async function connectionsFit(hub: Hub, prepared: Preparation, lease: Lease): Promise<'all' | 'source' | 'waits'> {
  // Once a source has been read, nothing is asked of it any more.
  const sides = prepared.run.stage === 'read' ? [prepared.source, prepared.destination] : [prepared.destination];
  for (const side of sides) {
    if (side.connection.status === 'connected') continue;
    const {ok, connection} = await checkConnection(hub, prepared.companyId, side.connection.id);
    if (ok) continue;
    if (side === prepared.destination && !prepared.run.save) return 'source';
    await waitForConnection(hub, lease, connection.id);
    return 'waits';
  }
  return 'all';
}

/** Trouble that passes is waited for, trouble with a connection is that connection's; the rest ends the run. */
async function afterFailure(hub: Hub, lease: Lease, error: MusterError): Promise<void> {
  const {companyId, runId} = lease;
  const why = {code: error.code, params: error.params};
  if (error.kind === 'bug') hub.log.error('run.broke', {companyId, runId, error});
  if (!error.code.startsWith('connection.')) return finish(hub, lease, {status: 'failed', reason: why});
  const run = await loadLeased(hub, lease);
  const {source, destination} = await prepareRun(hub, companyId, run);
  const {connection} = run.stage === 'read' ? source : destination;
  if (error.kind === 'operator') return stopConnection(hub, lease, connection.id, why);
  const checked = await checkConnection(hub, companyId, connection.id);
  if (!checked.ok) return waitForConnection(hub, lease, connection.id);
  const tries = await inCompany(hub.db, companyId, tx => countTry(tx, runId));
  if (tries >= mostTries) return finish(hub, lease, {status: 'failed', reason: why});
  const asked = error.retryAt ? (error.retryAt.getTime() - hub.clock.now().getTime()) / 1000 : 0;
  await waitFor(hub, lease, why, Math.max(asked, 2 ** tries));
}

async function loadLeased(hub: Hub, {companyId, runId, id}: Lease): Promise<RunRow> {
  const run = await inCompany(hub.db, companyId, tx => findRun(tx, runId));
  if (run?.lease !== id) throw new MusterError('lease.lost');
  return run;
}

function notLooked(connection: ConnectionRow): {readonly reason: Reason} {
  return {reason: {code: 'run.not_looked', params: {connection: connection.name}}};
}
