// deliver: what the plan queued leaves, a window at a time. Intent is committed before a call and the outcome after it;
// the next window's intent is committed while this one is under way. So a kill leaves at most two windows in doubt, and
// what is in doubt is looked up before anything else happens to it.
import type {Change} from '../connector/contract.ts';
import {inCompany} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import type {Reason} from '../model/event.ts';
import type {NewCall} from '../store/calls.ts';
import {type DrawnEvent, drawEvents, type Overtaken, overtakenEvents, recoverInProgress} from '../store/events.ts';
import {addTotals, checkLease} from '../store/runs.ts';
import {Breaker} from './breaker.ts';
import {checkConnection} from './check-connection.ts';
import type {OpenContext} from './context.ts';
import {settleDoubts} from './doubts.ts';
import type {Hub} from './hub.ts';
import {interrupted, judgeFailure, judgeOvertaken, judgeWritten, notSent, type Verdict} from './judge.ts';
import type {Lease} from './lease.ts';
import {Ledger} from './ledger.ts';
import type {Preparation} from './prepare.ts';

/** One work item: long enough to be worth its start, short enough that others get their turn. */
const itemRecords = 250;
const itemLeastMs = 1_000;
const itemMostMs = 30_000;
/** How far ahead intent is committed. */
const windowMs = 50;
const mostWindow = 250;

export type Delivered =
  /** Nothing is due now. */
  | {readonly kind: 'idle'}
  /** There is more; other runs may go first. */
  | {readonly kind: 'more'}
  | {readonly kind: 'cancelled'}
  | {readonly kind: 'stopped'; readonly reason: Reason}
  /** The destination asks to wait. */
  | {readonly kind: 'wait'; readonly until: Date; readonly reason: Reason};

export async function deliverRun(
  hub: Hub,
  prepared: Preparation,
  lease: Lease,
  signal: AbortSignal,
  context: OpenContext,
): Promise<Delivered> {
  const {companyId, run, destination} = prepared;
  const {settleSeconds} = destination.resource;
  const why = interrupted(destination.connection.name);
  await inCompany(hub.db, companyId, tx => recoverInProgress(tx, run.id, settleSeconds, why));
  await using delivery = new Delivery(hub, prepared, lease, context);
  const startedMs = performance.now();
  let sent = 0;
  const isOver = (more: number) => {
    const elapsedMs = performance.now() - startedMs;
    return (sent + more >= itemRecords && elapsedMs >= itemLeastMs) || elapsedMs >= itemMostMs;
  };
  let isLast = false;
  let next = delivery.drawAhead();
  for (;;) {
    const window = await next;
    if (window.length === 0 || delivery.end || delivery.isBroken || signal.aborted) {
      await delivery.giveBack(window);
      await delivery.finish();
      if (delivery.end?.kind === 'cancelled') await settleDoubts(hub, prepared, context, delivery.ledger);
      if (delivery.end) return delivery.end;
      if (isLast || signal.aborted) return {kind: 'more'};
      const settled = await settleDoubts(hub, prepared, context, delivery.ledger);
      if (settled.kind !== 'done') return settled;
      if (settled.looked === 0) return {kind: 'idle'};
      next = delivery.drawAhead();
      continue;
    }
    // With this window the item will be over: drawing ahead would only have to be given back.
    isLast = isOver(window.length);
    next = isLast ? Promise.resolve([]) : delivery.drawAhead();
    await delivery.send(window);
    sent += window.length;
  }
}

class Delivery {
  readonly ledger: Ledger;
  /** Why no more is sent. */
  end: Exclude<Delivered, {kind: 'idle' | 'more'}> | undefined;
  readonly #hub: Hub;
  readonly #prepared: Preparation;
  readonly #lease: Lease;
  readonly #context: OpenContext;
  readonly #breaker: Breaker;
  readonly #underWay = new Set<Promise<void>>();
  #window: number;
  /** What went wrong with us, not with a record, while it was on its way. */
  #broken: {readonly error: unknown} | undefined;

  constructor(hub: Hub, prepared: Preparation, lease: Lease, context: OpenContext) {
    this.#hub = hub;
    this.#prepared = prepared;
    this.#lease = lease;
    this.#context = context;
    this.ledger = new Ledger(hub, prepared, lease);
    this.#window = prepared.destination.resource.limits.concurrency;
    this.#breaker = new Breaker(async () => {
      const {ok, findings} = await checkConnection(hub, prepared.companyId, prepared.destination.connection.id);
      const found = findings.find(({level}) => level === 'error');
      return ok || !found ? {ok: true} : {ok: false, reason: {code: found.code, params: found.params}};
    });
  }

  /** Begins to commit the intent to send the next window. Whoever awaits it hears of a failure, however late. */
  drawAhead(): Promise<readonly DrawnEvent[]> {
    const drawing = this.#draw();
    drawing.catch(() => {});
    return drawing;
  }

  /** Nothing once the run is cancelled or deliveries have ended. */
  async #draw(): Promise<readonly DrawnEvent[]> {
    if (this.end) return [];
    const {companyId, run} = this.#prepared;
    const {window, overtaken} = await inCompany(this.#hub.db, companyId, async tx => {
      const state = await checkLease(tx, run.id, this.#lease.id);
      if (state === 'lost') throw new MusterError('lease.lost');
      if (state === 'cancelled') this.end ??= {kind: 'cancelled'};
      if (state === 'cancelled') return {window: [], overtaken: []};
      const {drawn, held} = await drawEvents(tx, run.id, this.#window);
      if (held > 0) await addTotals(tx, run.id, {held, failures: held});
      const ids = drawn.map(({id}) => id);
      return {window: drawn, overtaken: await overtakenEvents(tx, ids)};
    });
    return overtaken.length === 0 ? window : this.#without(window, overtaken);
  }

  /** Between plan and claim another run may have written the same person: then there is nothing left to send. */
  #without(window: readonly DrawnEvent[], overtaken: readonly Overtaken[]): readonly DrawnEvent[] {
    const connection = this.#prepared.destination.connection.name;
    const byEvent = new Map(overtaken.map(one => [one.eventId, one]));
    return window.filter(event => {
      const found = byEvent.get(event.id);
      if (found)
        this.ledger.add(judgeOvertaken({event, mode: this.#prepared.leg.mode, connection, durationMs: 0}, found), []);
      return !found;
    });
  }

  /** Sends a window, as many at once as the destination takes; answers when the last has left. */
  async send(window: readonly DrawnEvent[]): Promise<void> {
    const {concurrency} = this.#prepared.destination.resource.limits;
    const startedMs = performance.now();
    for (const [at, event] of window.entries()) {
      if (this.#underWay.size >= concurrency) await Promise.race(this.#underWay);
      if (this.end || this.#broken) return this.giveBack(window.slice(at));
      await this.#lease.confirm();
      const one = this.#sendOne(event)
        .catch(error => {
          this.#broken ??= {error};
        })
        .finally(() => this.#underWay.delete(one));
      this.#underWay.add(one);
    }
    const tookMs = performance.now() - startedMs;
    const fitting = Math.ceil((window.length * windowMs) / Math.max(tookMs, 1));
    this.#window = Math.min(mostWindow, Math.max(concurrency, Math.min(fitting, 2 * window.length)));
  }

  /** Drawn but not sent: back to the queue as if nothing had happened. */
  async giveBack(window: readonly DrawnEvent[]): Promise<void> {
    const {name} = this.#prepared.destination.connection;
    const why = {code: 'event.not_attempted', params: {connection: name}};
    for (const event of window) this.ledger.add({kind: 'again', again: notSent(event, event.reason ?? why)}, []);
  }

  /** Waits for what is under way and for its outcomes to be committed. @throws what broke meanwhile */
  async finish(): Promise<void> {
    await Promise.all(this.#underWay);
    await this.ledger.drain();
    if (this.#broken) throw this.#broken.error;
  }

  get isBroken(): boolean {
    return this.#broken !== undefined;
  }

  async #sendOne(event: DrawnEvent): Promise<void> {
    const {destination, run} = this.#prepared;
    const calls: NewCall[] = [];
    const context = this.#context.within({
      mayNotLeave: this.#lease.mayNotLeave,
      recorder: call =>
        calls.push({
          call,
          connectionId: destination.connection.id,
          runId: run.id,
          eventId: event.id,
          attempt: event.attempt,
        }),
    });
    const startedMs = performance.now();
    const judged = () => ({
      event,
      mode: this.#prepared.leg.mode,
      connection: destination.connection.name,
      durationMs: performance.now() - startedMs,
    });
    let verdict: Verdict;
    try {
      const {write} = destination.connector;
      if (!write)
        throw new MusterError('connector.cannot', {
          params: {connector: destination.connector.manifest.name, what: 'write'},
        });
      const written = await write(context, changeOf(event, destination.resource.name));
      verdict = judgeWritten(judged(), written);
      this.#breaker.succeeded();
    } catch (error) {
      // One refusal is this record's outcome, not its neighbours'.
      verdict = judgeFailure(judged(), error, destination.resource, this.#hub.clock.now());
      if (verdict.kind === 'stop') this.end ??= {kind: 'stopped', reason: verdict.why};
      this.#pauseFor(error);
      const broken = await this.#breaker.failed(event.recordId, error, verdict.kind === 'outcome');
      if (broken) {
        this.end ??= {kind: 'stopped', reason: broken};
        // A stopped connection does not count against its records, unless the call may have arrived.
        if (verdict.kind !== 'again' || !verdict.again.doubtful)
          verdict = {kind: 'again', again: notSent(event, broken)};
      }
    }
    this.ledger.add(verdict, calls);
  }

  /** A rate limit is the connection's, not the record's: all wait. */
  #pauseFor(error: unknown): void {
    if (!(error instanceof MusterError) || error.code !== 'connection.rate_limited') return;
    const until = error.retryAt ?? new Date(this.#hub.clock.now().getTime() + 1000);
    const reason = {
      code: 'run.waits_rate_limit',
      params: {connection: this.#prepared.destination.connection.name, until: until.toISOString()},
    };
    this.end ??= {kind: 'wait', until, reason};
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled(this.#underWay);
    await this.ledger.drain().catch(() => {
      // Whoever awaited `finish` heard of it; after another failure this is only order.
    });
  }
}

function changeOf(event: DrawnEvent, resource: string): Change {
  const {id: idempotencyKey, operation, values, before, destinationId: id} = event;
  switch (operation) {
    case 'create':
    case 'update':
    case 'deactivate':
    case 'reactivate':
      return {operation, resource, values, id, ...(before ? {before} : {}), idempotencyKey};
    case 'show':
    case 'link':
      throw new MusterError('bug.unexpected'); // neither is ever queued
    default:
      return operation satisfies never;
  }
}
