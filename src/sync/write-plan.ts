// match, decide and write: one page of the plan becomes events, in the transaction that also moves the plan on.
import type {CompanyTx} from '../db/transaction.ts';
import type {RunCounts} from '../model/run.ts';
import {newId} from '../std/ids.ts';
import {insertEvents, insertOpenEvents, type NewEvent, type NewOpenEvent} from '../store/events.ts';
import {type RememberedOutcome, rememberOutcomes} from '../store/outcomes.ts';
import {holdersOfKeys, insertLinks, type KeyHolder, type NewLink, takeKeys} from '../store/planning.ts';
import {addUp, countOf, type Decision, decide, type Holder, memoryOf} from './decide.ts';
import type {KeyHash} from './keys.ts';
import type {Mapped} from './map-page.ts';
import type {Preparation} from './prepare.ts';

/** Answers what the page adds to the counters of its run. */
export async function writePlan(
  tx: CompanyTx,
  prepared: Preparation,
  page: readonly Mapped[],
): Promise<Partial<RunCounts>> {
  const {plan, run, actor} = prepared;
  const decided = await decidePage(tx, prepared, page);
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
    // A person who names a record wants to see its event; otherwise one that says what the last one said is no news.
    const isNews = plan.only !== null || record.lastReasonHash?.equals(memory.reasonHash) !== true;
    if (isNews) events.push(event);
    if (run.save && event.phase !== 'queued' && event.phase !== 'in_progress' && event.phase !== 'held') {
      const eventId = isNews ? event.id : (record.lastEventId ?? event.id);
      remembered.push({
        recordId: record.id,
        recordHash: record.hash,
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
    return {total: 1, repeated, ...countOf(event.phase, decision.phase === 'send' ? 'created' : 'none', memory)};
  });
  const ledger = {runId: run.id, syncId: run.syncId, leg: plan.leg};
  await insertOpenEvents(tx, ledger, open);
  await insertEvents(tx, run.save ? 'events' : 'plan_items', ledger, events);
  await rememberOutcomes(tx, plan.context, plan, remembered);
  await insertLinks(tx, plan, actor, links);
  return addUp(counts);
}

type Decided = {readonly one: Mapped; readonly decision: Decision};

async function decidePage(tx: CompanyTx, prepared: Preparation, page: readonly Mapped[]): Promise<readonly Decided[]> {
  const {plan, run, destination} = prepared;
  const unlinked = page.filter(one => one.record.linkedTo === null);
  const known = await holdersOfKeys(
    tx,
    plan,
    unlinked.flatMap(one => one.keys.map(({hash}) => hash)),
  );
  const byHash = Map.groupBy(known, holder => holder.hash.toString('hex'));
  const holders = new Map(unlinked.map(one => [one.record.id, holdersOf(one, byHash)]));
  const takers = unlinked
    .filter(one => !holders.get(one.record.id)?.length)
    .flatMap(one => sure(one.keys).map(({hash}) => ({recordId: one.record.id, hash})));
  const takenBy = await takeKeys(tx, run.id, takers);
  return page.map(one => {
    const {record, keys} = one;
    const [shared] = sure(keys).flatMap(({key, hash}) => {
      const taker = takenBy.get(hash.toString('hex'));
      return taker && taker.recordId !== record.id ? [{label: key.label, record: taker.externalId}] : [];
    });
    const decision = decide({
      connection: destination.connection.name,
      linkedTo: record.linkedTo,
      scope: one.scope,
      mapped: one.mapped,
      stageIssues: record.issues ?? [],
      holders: holders.get(record.id) ?? [],
      sharedWith: shared ?? null,
    });
    return {one, decision};
  });
}

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

/** In a preview what would be sent is complete with status 100; in a save it is queued. */
function eventOf({record}: Mapped, decision: Decision): NewEvent {
  const sent = decision.phase === 'send';
  return {
    id: newId('evt'),
    recordId: record.id,
    personId: record.personId,
    externalId: record.externalId,
    destinationId: decision.destinationId,
    operation: 'create',
    phase: decision.phase === 'send' ? 'complete' : decision.phase,
    status: sent ? 100 : decision.status,
    reason: decision.reason,
    values: decision.values,
    issues: decision.issues,
    recordHash: record.hash,
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
