// What a person decides about a held event. It ends as skipped, saying who decided what; what was shown of it goes on as a
// queued event of a run of its own, which claims, looks whether it is there meanwhile, and sends like any other
// (docs/decisions/0024-decisions.md). Those that were held behind it go on with it.
import {type CompanyTx, inCompany} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import type {Reason} from '../model/event.ts';
import {type Decision, decisionsOf, heldKind, rightToDecide} from '../model/held.ts';
import {mayDo, type Role} from '../model/role.ts';
import {newId} from '../std/ids.ts';
import {insertDeed} from '../store/audit.ts';
import {findEvent} from '../store/event-pages.ts';
import {insertFollowUps} from '../store/follow-ups.ts';
import {endHeld, type HeldEvent, nameOfActor, queueAnew, takeBlockedBy, takeHeld} from '../store/held.ts';
import {rememberOutcomes} from '../store/outcomes.ts';
import {addTotals, findRun, takeSyncOf} from '../store/runs.ts';
import {companyToday} from './company-today.ts';
import {memoryOf} from './decide.ts';
import type {Hub} from './hub.ts';
import {linkRecordIn} from './link-record.ts';
import {loadSync} from './load-sync.ts';
import {prepareRun} from './prepare.ts';
import {startRunIn} from './start-run.ts';

export type Decider = {readonly id: string; readonly role: Role};

/**
 * Lets a held event go on as decided; answers the run that delivers it.
 * @throws MusterError `request.not_found`, `request.forbidden`, `event.not_held`, `event.decision_unfit`,
 *   `event.still_blocked`, `link.taken`, `link.exists`
 */
export async function releaseEvent(
  hub: Hub,
  tx: CompanyTx,
  eventId: string,
  decision: Decision,
  who: Decider,
): Promise<{readonly id: string}> {
  const held = await takeDecidable(tx, eventId, who);
  const kind = heldKind(held.reason.code);
  const known = decisionsOf[kind];
  if (!known.includes(decision.kind)) {
    throw new MusterError('event.decision_unfit', {params: {known: known.join(', ')}});
  }
  if (kind === 'blocked') {
    const other = await findEvent(tx, String(held.reason.params['event']));
    if (other?.phase === 'held') throw new MusterError('event.still_blocked', {params: {record: other.externalId}});
  }
  if (decision.kind === 'link') await linkRecordIn(tx, {...held, destinationId: decision.destinationId}, who.id);
  const why = reasonOf(decision, held, await nameOfActor(tx, who.id));
  const keys = decision.kind === 'create' ? 'none' : 'kept';
  const [run] = await goOn(hub, tx, [{held, why, keys}, ...(await behind(tx, held))], who.id);
  if (!run) throw new MusterError('bug.unexpected'); // there is one for each event given
  const detail = {...decision, reason: held.reason.code, record: held.recordId, run: run.id};
  await insertDeed(tx, {actor: who.id, action: 'event.released', subject: eventId, detail});
  return run;
}

/**
 * Leaves a held event's record out until something about it changes, or somebody names it.
 * @throws MusterError `request.not_found`, `request.forbidden`, `event.not_held`
 */
export async function skipEvent(hub: Hub, companyId: string, eventId: string, who: Decider): Promise<void> {
  const context = await contextOf(hub, companyId, eventId);
  await inCompany(hub.db, companyId, async tx => {
    const held = await takeDecidable(tx, eventId, who);
    const why = {code: 'event.decided_skip', params: {who: await nameOfActor(tx, who.id)}};
    const rest = await behind(tx, held);
    await endHeld(tx, [{id: held.id, reason: why}]);
    if (context) {
      const memory = memoryOf({phase: 'skipped', status: null, reason: why, issues: [], settled: true});
      const {recordId, recordHash} = held;
      await rememberOutcomes(tx, context, held, [
        {recordId, recordHash, phase: 'skipped', status: null, eventId, memory},
      ]);
    }
    await goOn(hub, tx, rest, who.id, [held]);
    const detail = {reason: held.reason.code, record: held.recordId};
    await insertDeed(tx, {actor: who.id, action: 'event.skipped', subject: eventId, detail});
  });
}

/** The held event, locked. Its sync first, as whoever starts a run does. */
async function takeDecidable(tx: CompanyTx, eventId: string, {role}: Decider): Promise<HeldEvent> {
  const event = await findEvent(tx, eventId);
  if (!event) throw new MusterError('request.not_found', {params: {what: 'event'}});
  await takeSyncOf(tx, event.runId);
  const held = await takeHeld(tx, eventId);
  if (!held) throw new MusterError('event.not_held');
  if (!mayDo(role, rightToDecide(heldKind(held.reason.code)))) {
    throw new MusterError('request.forbidden', {params: {role}});
  }
  return held;
}

/** `keys`: a person said that its keys, shared with somebody there, do not tell who it is. */
type Decided = {readonly held: HeldEvent; readonly why: Reason; readonly keys: 'kept' | 'none'};

async function behind(tx: CompanyTx, held: HeldEvent): Promise<readonly Decided[]> {
  const blocked = await takeBlockedBy(tx, held.id);
  return blocked.map(one => ({held: one, why: {code: 'event.decided_go_on', params: {}}, keys: 'kept'}));
}

/** One run for each sync and version, in the order in which they come; each event becomes one of its run. */
async function goOn(
  hub: Hub,
  tx: CompanyTx,
  decided: readonly Decided[],
  who: string,
  ended: readonly HeldEvent[] = [],
): Promise<readonly {readonly id: string}[]> {
  const groups = new Map<string, {readonly syncVersion: number; readonly decided: Decided[]}>();
  for (const one of decided) {
    const {held} = one;
    const {syncVersion} = (await findRun(tx, held.runId)) ?? {};
    if (syncVersion === undefined) throw new MusterError('request.not_found', {params: {what: 'sync'}});
    const key = `${held.syncId} ${syncVersion}`;
    const group = groups.get(key) ?? {syncVersion, decided: []};
    group.decided.push(one);
    groups.set(key, group);
  }
  const runs: {readonly id: string}[] = [];
  for (const {syncVersion, decided: together} of groups.values()) {
    const held = together.map(one => one.held);
    const [{syncId} = {syncId: ''}] = held;
    const inputs = {only: held.map(one => one.recordId)};
    const run = await startRunIn(hub, tx, {syncId, syncVersion, save: true, stage: 'deliver', inputs, startedBy: who});
    const moved = together.map(({held: {id}, keys}) => ({id, newId: newId('evt'), keys}));
    await queueAnew(tx, run.id, moved);
    await insertFollowUps(tx, 'decision', run.id, held);
    await addTotals(tx, run.id, {total: held.length});
    runs.push(run);
  }
  if (decided.length > 0)
    await endHeld(
      tx,
      decided.map(({held, why}) => ({id: held.id, reason: why})),
    );
  // In one order, so that two people who decide about each other's neighbours do not wait for each other.
  const before = [...decided.map(({held}) => held), ...ended].map(({runId}) => runId).sort();
  for (const runId of before) await addTotals(tx, runId, {held: -1, failures: -1, skipped: 1});
  return runs;
}

function reasonOf(decision: Decision, {connection}: HeldEvent, who: string): Reason {
  switch (decision.kind) {
    case 'link':
      return {code: 'event.decided_link', params: {who, connection, destinationId: decision.destinationId}};
    case 'create':
      return {code: 'event.decided_create', params: {who, connection}};
    case 'again':
      return {code: 'event.decided_again', params: {who, connection}};
    case 'go_on':
      return {code: 'event.decided_go_on', params: {}};
    default:
      return decision satisfies never;
  }
}

/** What the sync's outcomes depend on today; undefined where the sync is no more. */
async function contextOf(hub: Hub, companyId: string, eventId: string): Promise<Buffer | undefined> {
  const run = await inCompany(hub.db, companyId, async tx => {
    const event = await findEvent(tx, eventId);
    const run = event && (await findRun(tx, event.runId));
    if (!run) return undefined;
    const {version} = await loadSync(tx, run.syncId);
    return {...run, syncVersion: version, today: await companyToday(tx, hub.clock.now())};
  });
  return run && (await prepareRun(hub, companyId, run)).plan.context;
}
