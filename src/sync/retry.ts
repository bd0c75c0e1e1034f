// A retry is a person's: a new run with save of the records named, whose events name those before. It reads, maps and
// decides anew like any run, so whoever is fine meanwhile ends as 204 and nobody is created twice.
import type {CompanyTx} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import {insertDeed} from '../store/audit.ts';
import {findEvent} from '../store/event-pages.ts';
import {
  type ActedOn,
  type FailureFilter,
  failedEvents,
  heldEventOf,
  insertFollowUps,
  openRetries,
} from '../store/follow-ups.ts';
import {findRecord} from '../store/record-pages.ts';
import {findRun, type RunRow, takeSyncOf} from '../store/runs.ts';
import {findSync} from '../store/syncs.ts';
import type {Hub} from './hub.ts';
import {startRunIn} from './start-run.ts';

/** `today`: as the sync maps now; `then`: as it did in the run before. */
export type RetryMapping = 'today' | 'then';
export type Retry = {readonly mapping: RetryMapping; readonly who: string};

/** Above it one run of everybody is no more work, and tries each of them again too. */
const mostAtOnce = 10_000;

/**
 * Tries one event again; answers the run that does. Where a retry of it is under way already, that one.
 * @throws MusterError `request.not_found`; `event.not_retryable` unless it failed or was skipped in a run with save;
 *   `event.record_held`, `event.record_gone`
 */
export async function retryEvent(hub: Hub, tx: CompanyTx, eventId: string, retry: Retry): Promise<{id: string}> {
  const event = await findEvent(tx, eventId);
  if (!event) throw new MusterError('request.not_found', {params: {what: 'event'}});
  const run = await takeRun(tx, event.runId);
  // Once the sync is taken, as it is now.
  const {phase} = (await findEvent(tx, eventId)) ?? event;
  if (!run.save || (phase !== 'error' && phase !== 'skipped')) throw new MusterError('event.not_retryable');
  const held = await heldEventOf(tx, event);
  if (held !== null) throw new MusterError('event.record_held', {params: {event: held}});
  const record = await findRecord(tx, event.recordId);
  if (!record || record.goneAt !== null) throw new MusterError('event.record_gone');
  return startRetry(hub, tx, run, [event], retry);
}

/**
 * Tries the failures of a run again, all or those of one cause; answers the run that does.
 * @throws MusterError `request.not_found`, `run.nothing_to_retry`, `run.too_many_to_retry`
 */
export async function retryRun(
  hub: Hub,
  tx: CompanyTx,
  runId: string,
  filter: FailureFilter,
  retry: Retry,
): Promise<{id: string}> {
  const run = await takeRun(tx, runId);
  const failed = run.save ? await failedEvents(tx, runId, filter, mostAtOnce + 1) : [];
  if (failed.length === 0) throw new MusterError('run.nothing_to_retry');
  if (failed.length > mostAtOnce) throw new MusterError('run.too_many_to_retry', {params: {limit: mostAtOnce}});
  return startRetry(hub, tx, run, failed, retry);
}

/** The run of before, with its sync's row locked: two people who retry at once do so one after the other. */
async function takeRun(tx: CompanyTx, runId: string): Promise<RunRow> {
  await takeSyncOf(tx, runId);
  const run = await findRun(tx, runId);
  if (!run) throw new MusterError('request.not_found', {params: {what: 'run'}});
  return run;
}

async function startRetry(
  hub: Hub,
  tx: CompanyTx,
  before: RunRow,
  events: readonly ActedOn[],
  {mapping, who}: Retry,
): Promise<{id: string}> {
  const sync = await findSync(tx, before.syncId);
  if (!sync) throw new MusterError('request.not_found', {params: {what: 'sync'}});
  const syncVersion = mapping === 'then' ? before.syncVersion : sync.version;
  const ids = events.map(event => event.id);
  const underWay = new Map((await openRetries(tx, ids, syncVersion)).map(({eventId, runId}) => [eventId, runId]));
  const rest = events.filter(event => !underWay.has(event.id));
  const [runId] = underWay.values();
  if (rest.length === 0 && runId !== undefined) return {id: runId};
  const only = rest.map(event => event.recordId);
  const run = await startRunIn(hub, tx, {syncId: sync.id, syncVersion, save: true, inputs: {only}, startedBy: who});
  await insertFollowUps(tx, 'retry', run.id, rest);
  const detail = {of: before.id, records: rest.length, mapping};
  await insertDeed(tx, {actor: who, action: 'run.retried', subject: run.id, detail});
  return run;
}
