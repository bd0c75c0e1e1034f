// match, decide and write: one page of the plan becomes events, in the transaction that also moves the plan on.
import type {CompanyTx} from '../db/transaction.ts';
import type {RunCounts} from '../model/run.ts';
import {newId} from '../std/ids.ts';
import {canonicalJson} from '../std/json.ts';
import {insertEvents, insertOpenEvents, type NewEvent, type NewOpenEvent} from '../store/events.ts';
import {holdPlanned} from '../store/held.ts';
import {type RememberedOutcome, rememberOutcomes} from '../store/outcomes.ts';
import {holdersOfKeys, insertLinks, type KeyHolder, type NewLink, type Promised, takeKeys} from '../store/planning.ts';
import type {Current} from './current.ts';
import {addUp, countOf, type Decision, decide, type Holder, type Made, madeBy, memoryOf, reason} from './decide.ts';
import type {KeyHash} from './keys.ts';
import type {Mapped} from './map-page.ts';
import type {Preparation} from './prepare.ts';

/** Answers what the page adds to the counters of its run. */
export async function writePlan(
  tx: CompanyTx,
  prepared: Preparation,
  page: readonly Mapped[],
  current: Current,
): Promise<Partial<RunCounts>> {
  const {plan, run, actor} = prepared;
  const {decided, earlier} = await decidePage(tx, prepared, page, current);
  const open: NewOpenEvent[] = [];
  const events: NewEvent[] = [];
  const links: NewLink[] = [];
  const remembered: RememberedOutcome[] = [];
  const counts = decided.map(({one, decision}) => {
    const {record} = one;
    const memory = memoryOf(decision);
    const event = eventOf(one, decision);
    const waits = decision.phase === 'send' || decision.phase === 'held';
    if (run.save && waits) {
      const waiting = openEventOf(prepared, one, event);
      open.push(waiting);
      return {total: 1, ...countOf(waiting.phase, 'none', memory)};
    }
    // Of a change that does not count there is nothing to tell, and the outcome of a whole run stands.
    const passedOver = plan.changes && decision.phase === 'skipped';
    // A person who names a record wants to see its event; otherwise one that says what the last one said is no news.
    const named = plan.only !== null || plan.planId !== null || plan.changes;
    const isNews = named || record.lastReasonHash?.equals(memory.reasonHash) !== true;
    if (isNews && !passedOver) events.push(event);
    const stands = passedOver || decision.reason.code === movedSince;
    if (run.save && !stands && event.phase !== 'queued' && event.phase !== 'in_progress' && event.phase !== 'held') {
      const eventId = isNews ? event.id : (record.lastEventId ?? event.id);
      remembered.push({
        recordId: record.id,
        recordHash: event.recordHash,
        phase: event.phase,
        status: event.status,
        eventId,
        memory,
      });
    }
    if (run.save && decision.link && decision.destinationId !== null) {
      links.push({
        id: newId('lnk'),
        recordId: record.id,
        personId: record.personId,
        destinationId: decision.destinationId,
      });
    }
    const repeated = isNews ? 0 : 1;
    return {
      total: 1,
      repeated,
      ...countOf(event.phase, isChange(decision) ? madeBy(decision.operation) : 'none', memory),
    };
  });
  const ledger = {runId: run.id, syncId: run.syncId, leg: plan.leg};
  await insertOpenEvents(tx, ledger, open);
  await insertEvents(tx, run.save ? 'events' : 'plan_items', ledger, events);
  await rememberOutcomes(tx, plan.context, plan, remembered);
  await insertLinks(tx, plan, actor, links);
  const held = await holdPlanned(
    tx,
    run,
    earlier.map(({recordId, params}) => ({recordId, reason: reason('match.shared_held', params)})),
  );
  return addUp([...counts, ...held.map(({operation}) => takenBack(run.save ? 'none' : madeBy(operation)))]);
}

/** An event of this run that is held after all: what a preview had counted it as is taken back. */
function takenBack(made: Made): Partial<RunCounts> {
  return {held: 1, failures: 1, ...(made === 'none' ? {} : {[made]: -1})};
}

/** To be sent, or linked on the spot; the rest changes nothing. */
function isChange({phase, status}: Decision): boolean {
  return phase === 'send' || (phase === 'complete' && status === 200);
}

type Decided = {readonly one: Mapped; readonly decision: Decision};

async function decidePage(
  tx: CompanyTx,
  prepared: Preparation,
  page: readonly Mapped[],
  current: Current,
): Promise<{
  readonly decided: readonly Decided[];
  /** Records of earlier pages that turned out to share a key with one of this page, and are to be held as it is. */
  readonly earlier: readonly {readonly recordId: string; readonly params: Shared}[];
}> {
  const {plan, run, destination} = prepared;
  const unlinked = page.filter(one => one.record.linkedTo === null);
  const known = await holdersOfKeys(
    tx,
    plan,
    unlinked.flatMap(one => one.keys.map(({hash}) => hash)),
  );
  const byHash = Map.groupBy(known, holder => holder.hash.toString('hex'));
  const holders = new Map(unlinked.map(one => [one.record.id, holdersOf(one, byHash)]));
  const holds = prepared.leg.mode !== 'create';
  const takers = unlinked
    .filter(one => holds || !holders.get(one.record.id)?.length)
    .flatMap(one => sure(one.keys).map(({hash}) => ({recordId: one.record.id, hash})));
  const takenBy = await takeKeys(tx, run.id, takers);
  const shared = new Map<string, Shared>();
  for (const {record, keys} of unlinked) {
    for (const {key, hash} of sure(keys)) {
      const taker = takenBy.get(hash.toString('hex'));
      if (!taker || taker.recordId === record.id) continue;
      shared.set(record.id, {label: key.label, record: taker.externalId});
      // Where existing records are written neither goes first.
      if (holds && !shared.has(taker.recordId))
        shared.set(taker.recordId, {label: key.label, record: record.externalId});
    }
  }
  const decided = page.map(one => {
    const {record} = one;
    const {linkedTo, confirmed, inactive, gone} = record;
    const decision = decide({
      mode: prepared.leg.mode,
      connection: destination.connection.name,
      linked: linkedTo === null ? null : {destinationId: linkedTo, confirmed, inactive},
      gone,
      scope: one.scope,
      mapped: one.mapped,
      policies: prepared.policies,
      current: current.get(record.id) ?? null,
      stageIssues: record.issues ?? [],
      holders: holders.get(record.id) ?? [],
      sharedWith: shared.get(record.id) ?? null,
    });
    return {one, decision: record.promised ? kept(decision, record.promised) : decision};
  });
  const here = new Set(page.map(({record}) => record.id));
  const earlier = [...shared].flatMap(([recordId, params]) => (here.has(recordId) ? [] : [{recordId, params}]));
  return {decided, earlier};
}

const movedSince = 'event.moved_since';

/** Where a plan is applied, what it did not show is not done. */
function kept(decision: Decision, {operation, values, before, destinationId}: Promised): Decision {
  const asShown =
    decision.phase === 'send' &&
    decision.operation === operation &&
    decision.destinationId === destinationId &&
    canonicalJson(decision.values) === canonicalJson(values) &&
    canonicalJson(decision.before) === canonicalJson(before);
  if (asShown) return decision;
  // The outcome of before stands: nothing has come of this.
  const nothing = {values: {}, before: null, issues: [], link: false, status: null, settled: false};
  return {...decision, ...nothing, phase: 'skipped', operation, reason: reason(movedSince)};
}

type Shared = {readonly label: string; readonly record: string};

function sure(keys: readonly KeyHash[]): readonly KeyHash[] {
  return keys.filter(({key}) => key.strength === 'sure');
}

function holdersOf({record, keys}: Mapped, byHash: ReadonlyMap<string, readonly KeyHolder[]>): readonly Holder[] {
  return keys.flatMap(({key, hash}) =>
    (byHash.get(hash.toString('hex')) ?? []).map(({destinationId, linkedRecord, linkedName}) => ({
      strength: key.strength,
      label: key.label,
      destinationId,
      other: linkedRecord === record.id ? null : linkedName,
    })),
  );
}

const goneHash = Buffer.from('gone');

/** In a preview what would be sent is complete with status 100; in a save it is queued. */
function eventOf({record}: Mapped, decision: Decision): NewEvent {
  const sent = decision.phase === 'send';
  return {
    id: newId('evt'),
    recordId: record.id,
    personId: record.personId,
    externalId: record.externalId,
    destinationId: decision.destinationId,
    operation: decision.operation,
    phase: decision.phase === 'send' ? 'complete' : decision.phase,
    status: sent ? 100 : decision.status,
    reason: decision.reason,
    values: decision.values,
    before: decision.before,
    issues: decision.issues,
    // Whoever is back as they were before they left must be looked at again.
    recordHash: record.gone ? goneHash : record.hash,
  };
}

function openEventOf({destination}: Preparation, {record, keys}: Mapped, event: NewEvent): NewOpenEvent {
  const held = event.phase === 'held';
  const hashes = held ? [] : sure(keys).map(({hash}) => hash);
  return {
    ...event,
    phase: held ? 'held' : 'queued',
    status: null,
    reason: held ? event.reason : null,
    connectionId: destination.connection.id,
    resource: destination.resource.name,
    entity: record.id,
    keyHashes: [...new Map(hashes.map(hash => [hash.toString('hex'), hash])).values()],
  };
}
