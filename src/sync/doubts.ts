// Events of which nobody knows whether they arrived are looked up in the destination by their keys, once its search can
// be trusted again. Found means done, not found means that they may be sent; where nobody can look, a person must.
import type {Found} from '../connector/contract.ts';
import {inCompany} from '../db/transaction.ts';
import {isError} from '../errors.ts';
import type {NewCall} from '../store/calls.ts';
import {type DoubtfulEvent, drawDoubtful} from '../store/events.ts';
import {checkConnection} from './check-connection.ts';
import type {OpenContext} from './context.ts';
import type {Delivered} from './deliver.ts';
import type {Hub} from './hub.ts';
import {judgeFailure, judgeLookUp, type Verdict} from './judge.ts';
import {lookUps} from './keys.ts';
import type {Ledger} from './ledger.ts';
import type {Preparation} from './prepare.ts';

const atOnce = 50;
/** A look that failed although the destination is there is tried again after so long, and given up after that long. */
const againSeconds = 5;
const mostSeconds = 600;

export async function settleDoubts(
  hub: Hub,
  prepared: Preparation,
  context: OpenContext,
  ledger: Ledger,
): Promise<{readonly kind: 'done'; readonly looked: number} | Extract<Delivered, {kind: 'stopped' | 'wait'}>> {
  const {companyId, run, destination} = prepared;
  const events = await inCompany(hub.db, companyId, tx => drawDoubtful(tx, run.id, atOnce));
  const connection = destination.connection.name;
  for (const [at, event] of events.entries()) {
    const startedMs = performance.now();
    const calls: NewCall[] = [];
    const scoped = context.within({
      recorder: call =>
        calls.push({
          call,
          connectionId: destination.connection.id,
          runId: run.id,
          eventId: event.id,
          attempt: event.attempt,
        }),
    });
    const judged = () => ({event, mode: prepared.leg.mode, connection, durationMs: performance.now() - startedMs});
    try {
      const found = await find(prepared, scoped, event);
      ledger.add(judgeLookUp(judged(), found), calls);
    } catch (error) {
      // Looking changes nothing, so a failed look leaves the doubt as it was. So are those after it left: a destination
      // that does not answer would cost each of them its time-out.
      if (!isError(error)) hub.log.error('sync.look_failed', {error});
      const verdict = judgeFailure(judged(), error, destination.resource, hub.clock.now());
      const stopped = verdict.kind === 'stop' ? verdict.why : await whyUnfit(hub, prepared);
      ledger.add(stopped ? lookLater(event, connection) : lookLaterOrHold(event, connection), calls);
      for (const rest of events.slice(at + 1)) ledger.add(lookLater(rest, connection), []);
      await ledger.drain();
      return stopped ? {kind: 'stopped', reason: stopped} : {kind: 'done', looked: at + 1};
    }
  }
  await ledger.drain();
  return {kind: 'done', looked: events.length};
}

async function whyUnfit(hub: Hub, {companyId, destination}: Preparation) {
  const {ok, connection} = await checkConnection(hub, companyId, destination.connection.id);
  return ok ? undefined : (connection.reason ?? undefined);
}

function lookLater({id, draw, lastStatus, reason}: DoubtfulEvent, connection: string): Verdict {
  const why = reason ?? {code: 'event.cannot_verify', params: {connection}};
  const again = {id, draw, afterSeconds: againSeconds, doubtful: true, counts: true, status: lastStatus, reason: why};
  return {kind: 'again', again};
}

function lookLaterOrHold(event: DoubtfulEvent, connection: string): Verdict {
  if (event.doubtSeconds < mostSeconds) return lookLater(event, connection);
  return {kind: 'hold', id: event.id, draw: event.draw, reason: {code: 'event.cannot_verify', params: {connection}}};
}

async function find(
  prepared: Preparation,
  context: OpenContext,
  event: DoubtfulEvent,
): Promise<readonly Found[] | null> {
  const {connector, resource} = prepared.destination;
  if (event.operation !== 'create') {
    if (!connector.get || event.destinationId === null) return null;
    const found: Found[] = [];
    for await (const {records} of connector.get(context, resource.name, [event.destinationId])) {
      for (const {id, data} of records) found.push({id, values: data});
    }
    return found;
  }
  const asked = lookUps(prepared, event.values);
  if (!connector.find || asked.length === 0) return null;
  const found = await connector.find(context, resource.name, asked);
  return [...new Map(found.flat().map(one => [one.id, one])).values()];
}
