// A bound on wall-clock time around synchronous work. CEL has no cost limit of its own and a regular expression cannot be
// interrupted from JavaScript; V8's own watchdog can stop both on time, in the same realm and without a worker (asked
// 100 ms, got 99 to 101; 135 µs a call). It bounds time, not memory, and is no security sandbox.
import {Script} from 'node:vm';

const slot: unique symbol = Symbol.for('muster.mapping.deadline');
const script = new Script("globalThis[Symbol.for('muster.mapping.deadline')]()");

export type Timed<T> = {readonly finished: true; readonly value: T} | {readonly finished: false};

/** Runs `work` for at most `limitMs`. What it throws is thrown on; what it had changed before being stopped stays changed. */
export function withinMs<T>(limitMs: number, work: () => T): Timed<T> {
  const realm = globalThis as {[slot]?: () => void}; // our own symbol; nothing else is read or written there
  const outer = realm[slot];
  let result: Timed<T> = {finished: false};
  realm[slot] = () => {
    result = {finished: true, value: work()};
  };
  try {
    script.runInThisContext({timeout: Math.max(1, Math.ceil(limitMs))});
  } catch (error) {
    if (!isTimeout(error)) throw error;
  } finally {
    if (outer) realm[slot] = outer;
    else delete realm[slot];
  }
  return result;
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}

export const limits = {
  /** For a stretch of healthy records; 250 of them take some 10 ms. */
  stretchMs: 400,
  /** For the next stretches of a call once one has been stopped. */
  nextStretchMs: 100,
  /** For one expression on one record, once its stretch has been stopped. */
  expressionMs: 50,
  /** For an expression that has been too slow on a record of this call already, and for all once much time is lost. */
  suspectMs: 10,
  /** So often may an expression be too slow before it is not evaluated for the rest of the call. */
  slowTimes: 3,
  /** From here on once is enough. */
  lostMs: 800,
} as const;

/** Says of one expression whether it may be evaluated on this record, and does so within its own limit. */
export type Turn = <T>(expression: object, work: () => T) => Timed<T>;

const freely: Turn = (_expression, work) => ({finished: true, value: work()});

/**
 * One result per item, in order, however slow an expression is: items are worked in stretches under one limit; the item
 * during which it ran out is worked again with a limit per expression, so that only the guilty expression gives none.
 */
export function workWithin<I, T>(items: readonly I[], work: (item: I, turn: Turn) => T): readonly T[] {
  const results: T[] = [];
  const timesSlow = new Map<object, number>();
  let lostMs = 0;
  const carefully: Turn = (expression, part) => {
    const times = timesSlow.get(expression) ?? 0;
    if (times >= limits.slowTimes) return {finished: false};
    const limitMs = times === 0 && lostMs < limits.lostMs ? limits.expressionMs : limits.suspectMs;
    const timed = withinMs(limitMs, part);
    if (!timed.finished) {
      lostMs += limitMs;
      timesSlow.set(expression, lostMs < limits.lostMs ? times + 1 : limits.slowTimes);
    }
    return timed;
  };
  const unlessStopped: Turn = (expression, part) =>
    (timesSlow.get(expression) ?? 0) >= limits.slowTimes ? {finished: false} : freely(expression, part);
  let stretchMs: number = limits.stretchMs;
  while (results.length < items.length) {
    const turn = timesSlow.size === 0 ? freely : unlessStopped;
    const timed = withinMs(stretchMs, () => {
      for (const item of items.slice(results.length)) results.push(work(item, turn));
    });
    if (timed.finished) break;
    lostMs += stretchMs;
    const guilty = items[results.length];
    if (guilty !== undefined) results.push(work(guilty, carefully));
    stretchMs = limits.nextStretchMs;
  }
  return results;
}
