// What one answer of the destination means for its event: an outcome, another attempt, a person's turn, or the end of the
// connection's deliveries. Pure; the one place of these rules (ARCHITECTURE, invariants).
import type {Found, Written} from '../connector/contract.ts';
import {isInDoubt} from '../connector/doubt.ts';
import {asMusterError, type MusterError} from '../errors.ts';
import type {Reason} from '../model/event.ts';
import type {Issue} from '../model/issue.ts';
import type {Mode} from '../model/leg.ts';
import {type FinalPhase, statusFits} from '../model/phase.ts';
import type {Resource} from '../model/resource.ts';
import type {DrawnEvent, Overtaken, Requeued} from '../store/events.ts';
import type {Outcome} from '../store/outcomes.ts';
import {type Made, madeBy, memoryOf, reason} from './decide.ts';
import {hasAll} from './differ.ts';

export const mostAttempts = 3;
const backoffSeconds = [1, 5];

export type Verdict =
  | {readonly kind: 'outcome'; readonly outcome: Outcome; readonly made: Made}
  | {readonly kind: 'again'; readonly again: Requeued}
  | {readonly kind: 'hold'; readonly id: string; readonly draw: number; readonly reason: Reason}
  /** Nothing more goes to this connection: the event goes back uncounted. */
  | {readonly kind: 'stop'; readonly again: Requeued; readonly why: Reason};

export type Judged = {
  readonly event: DrawnEvent;
  readonly mode: Mode;
  readonly connection: string;
  readonly durationMs: number;
};

/** The destination answered the write. */
export function judgeWritten({event, mode, connection, durationMs}: Judged, written: Written): Verdict {
  const issues = [...event.issues, ...(written.issues ?? [])];
  const base = {event, mode, durationMs, issues, destinationId: written.id ?? event.destinationId};
  const words = written.words ?? '';
  const gone = written.because === 'gone';
  switch (written.outcome) {
    case 'created':
      return end({...base, phase: 'complete', status: 201, why: reason('event.created', {connection})}, 'created');
    case 'updated':
      return end({...base, phase: 'complete', status: 200, why: done(event, connection)}, madeBy(event.operation));
    case 'unchanged':
      if (event.operation !== 'create')
        return end({...base, gone, phase: 'complete', status: 204, why: reason('event.unchanged', {connection})});
      return end({...base, phase: 'complete', status: 204, why: reason('event.exists', {connection})});
    case 'exists':
      return end({...base, phase: 'complete', status: 204, why: reason('event.exists', {connection})});
    case 'refused':
      return end({...base, phase: 'error', status: 422, why: reason('event.refused', {connection, words})});
    case 'conflict':
      return end({...base, gone, phase: 'error', status: 409, why: conflict(written, connection)});
    case 'pending':
      return {kind: 'hold', id: event.id, draw: event.draw, reason: reason('event.cannot_verify', {connection})};
    default:
      return written.outcome satisfies never;
  }
}

function done({operation}: DrawnEvent, connection: string): Reason {
  if (operation === 'deactivate') return reason('event.deactivated', {connection});
  return reason(operation === 'reactivate' ? 'event.reactivated' : 'event.updated', {connection});
}

function conflict({because, words = ''}: Written, connection: string): Reason {
  if (because === 'gone') return reason('event.gone', {connection});
  if (because === 'changed') return reason('event.changed_meanwhile', {connection});
  return reason('event.conflict', {connection, words});
}

/** The call failed. Whether it may have arrived decides if it may simply be sent again: a create never is. */
export function judgeFailure(
  {event, mode, connection, durationMs}: Judged,
  thrown: unknown,
  resource: Resource,
  now: Date,
): Verdict {
  const error = asMusterError(thrown);
  const why = reason(error.code, error.params);
  const again = (afterSeconds: number, counts: boolean, doubtful: boolean, said = why): Requeued => ({
    id: event.id,
    draw: event.draw,
    afterSeconds,
    doubtful,
    counts,
    status: error.answered ?? null,
    reason: said,
  });
  const inDoubt = isInDoubt(error) || error.kind === 'bug';
  if (error.code === 'connection.rate_limited') {
    return {kind: 'again', again: again(secondsUntil(error.retryAt, now), false, false)};
  }
  if (error.code === 'connection.refused_request') {
    const status = errorStatus(error.answered ?? 422) ?? 422;
    const words = String(error.params['words'] ?? '');
    const refused = reason('event.refused', {connection, words});
    const {issues, destinationId} = event;
    return end({event, mode, durationMs, issues, destinationId, phase: 'error', status, why: refused});
  }
  if (error.kind === 'cancelled' || error.code === 'lease.lost') {
    const stopped = interrupted(connection);
    return {kind: 'again', again: again(inDoubt ? resource.settleSeconds : 0, inDoubt, inDoubt, stopped)};
  }
  if (error.kind === 'operator')
    return {kind: 'stop', again: again(inDoubt ? resource.settleSeconds : 0, inDoubt, inDoubt), why};
  const backoff = backoffSeconds[event.attempt - 1] ?? backoffSeconds.at(-1) ?? 5;
  if (inDoubt) return {kind: 'again', again: again(Math.max(backoff, resource.settleSeconds), true, true)};
  if (event.attempt < mostAttempts) return {kind: 'again', again: again(backoff, true, false)};
  return gaveUp({event, mode, connection, durationMs}, error);
}

/** A doubtful event was looked up. `found` is null where the destination cannot be asked. */
export function judgeLookUp({event, mode, connection, durationMs}: Judged, found: readonly Found[] | null): Verdict {
  const held = (why: Reason): Verdict => ({kind: 'hold', id: event.id, draw: event.draw, reason: why});
  const base = {event, mode, durationMs, issues: event.issues, phase: 'complete' as const};
  if (event.operation !== 'create') {
    // A change may be sent again: it says what is to be, not what is to be added.
    const [now] = found ?? [];
    const isDone = event.operation === 'update' && now?.values !== undefined && hasAll(event.values, now.values);
    const {destinationId} = event;
    if (isDone) return end({...base, destinationId, status: 200, why: done(event, connection)}, 'updated');
    return againUnlessTried({event, mode, connection, durationMs});
  }
  if (found === null) return held(reason('event.cannot_verify', {connection}));
  const [first] = found;
  if (found.length > 1) {
    return held(reason('match.ambiguous', {connection, candidates: found.map(({id}) => id).join(', ')}));
  }
  if (first) {
    const there = {...base, destinationId: first.id};
    return !first.values || hasAll(event.values, first.values)
      ? end({...there, status: 201, why: reason('event.created_confirmed', {connection})}, 'created')
      : end({...there, status: 204, why: reason('event.exists', {connection})});
  }
  return againUnlessTried({event, mode, connection, durationMs});
}

/** It is known not to have arrived, or may be sent twice. */
function againUnlessTried({event, mode, connection, durationMs}: Judged): Verdict {
  const why = event.reason ?? interrupted(connection);
  // What Muster's own end cut short is not the record's failure.
  const counts = why.code !== 'event.interrupted';
  if (counts && event.attempt >= mostAttempts) return gaveUp({event, mode, connection, durationMs}, undefined);
  return {kind: 'again', again: notSent(event, why, counts)};
}

/** Why what had been drawn is in doubt although the destination has done nothing wrong. */
export function interrupted(connection: string): Reason {
  return reason('event.interrupted', {connection});
}

/** Back to the queue, as it is known not to have arrived. */
export function notSent({id, draw, lastStatus}: DrawnEvent, why: Reason, counts = false): Requeued {
  return {id, draw, afterSeconds: 0, doubtful: false, counts, status: lastStatus, reason: why};
}

/** Drawn, and then found in the destination after all: another run was there between plan and delivery. */
export function judgeOvertaken({event, mode, connection, durationMs}: Judged, {linked, ...found}: Overtaken): Verdict {
  const {destinationId, linkedName} = found;
  const base = {event, mode, durationMs, phase: 'complete' as const, status: 204};
  if (linked === 'other') {
    const why = reason('match.shared_record', {connection, destinationId, other: linkedName ?? ''});
    const warning: Issue = {level: 'warning', code: why.code, field: null, params: why.params};
    return end({...base, issues: [...event.issues, warning], destinationId: null, why});
  }
  const code = linked === 'own' && mode === 'create' ? 'match.linked' : 'match.exists';
  return end({...base, issues: event.issues, destinationId, why: reason(code, {connection, destinationId})});
}

function gaveUp({event, mode, connection, durationMs}: Judged, error: MusterError | undefined): Verdict {
  const status = errorStatus(error?.answered ?? event.lastStatus ?? 0);
  const words = String(error?.params['words'] ?? event.reason?.params['words'] ?? '');
  const attempts = event.attempt;
  const {issues, destinationId} = event;
  const base = {event, mode, durationMs, issues, destinationId, phase: 'error' as const};
  // An answer that could not be read is none, whatever its status.
  if (status === undefined) return end({...base, status: 504, why: reason('event.no_answer', {connection, attempts})});
  return end({...base, status, why: reason('event.failed', {connection, status, attempts, words})});
}

/** What may stand at an error: a destination may send any three digits. */
function errorStatus(status: number): number | undefined {
  return statusFits('error', status) ? status : undefined;
}

type End = {
  readonly event: DrawnEvent;
  readonly mode: Mode;
  readonly durationMs: number;
  readonly issues: readonly Issue[];
  readonly destinationId: string | null;
  readonly gone?: boolean;
  readonly phase: FinalPhase;
  readonly status: number;
  readonly why: Reason;
};

function end(
  {event, mode, durationMs, issues, destinationId, gone = false, phase, status, why}: End,
  made: Made = 'none',
): Verdict {
  // Tried again by a later run: what the destination refused or failed at may pass then.
  // So is a create that found somebody there, where those who are there are kept up to date: now they can be.
  const found = status === 204 && event.operation === 'create';
  const settled = phase === 'complete' && (mode === 'create' || !found);
  const memory = memoryOf({phase, status, reason: why, issues, settled});
  const outcome = {
    id: event.id,
    draw: event.draw,
    phase,
    status,
    reason: why,
    issues,
    destinationId,
    durationMs: Math.round(durationMs),
    gone,
    memory,
  };
  return {kind: 'outcome', outcome, made};
}

function secondsUntil(at: Date | undefined, now: Date): number {
  return at ? Math.max(0, (at.getTime() - now.getTime()) / 1000) : 1;
}
