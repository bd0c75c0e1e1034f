// A bound on wall-clock time around synchronous work. CEL has no cost limit of its own and a regular expression cannot be
// interrupted from JavaScript; V8's own watchdog can stop both on time, in the same realm and without a worker (asked
// 100 ms, got 99 to 101; 135 µs a call). It bounds time, not memory, and is no security sandbox.
import {setImmediate as untilOthersRan, setTimeout as wait} from 'node:timers/promises';
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
  /** Healthy records are worked in stretches of so many: 250 of thirteen fields take some 10 ms. */
  stretchItems: 250,
  stretchMs: 250,
  /** For the next stretches of a call once one has been stopped. */
  nextStretchMs: 100,
  /** So long at most is the process held while a stopped record is worked again, an expression at a time. */
  roundMs: 200,
  /** For one expression on one record, once its stretch has been stopped. */
  expressionMs: 50,
  /** For an expression that has been too slow on a record of this call already, and for all once much time is lost. */
  suspectMs: 10,
  /** So often may an expression be too slow before it is not evaluated for the rest of the call. */
  slowTimes: 3,
  /** From here on once is enough. */
  lostMs: 800,
  /** So often is an expression evaluated whose time ran out while it hardly had the processor. */
  mostTries: 4,
} as const;

/** Says of one expression whether it may be evaluated on this record, and does so within its own limit. */
export type Turn = <T>(expression: object, work: () => T) => Timed<T>;

const stopped = {finished: false} as const;

/**
 * One result per item, in order, however slow an expression is: items are worked in stretches under one limit; the item
 * during which it ran out is worked again with a limit per expression, so that only the guilty expression gives none.
 * The process is held for at most some 250 ms at a time, and whoever had to wait then gets as long.
 */
export async function workWithin<I, T>(items: readonly I[], work: (item: I, turn: Turn) => T): Promise<readonly T[]> {
  const results: T[] = [];
  const suspects = new Suspects();
  let stretchMs: number = limits.stretchMs;
  while (results.length < items.length) {
    const stretch = items.slice(results.length, results.length + limits.stretchItems);
    const startedMs = performance.now();
    const timed = withoutTraces(() =>
      withinMs(stretchMs, () => {
        for (const item of stretch) results.push(work(item, suspects.unlessGivenUp));
      }),
    );
    if (timed.finished) {
      if (results.length < items.length) await untilOthersRan();
      continue;
    }
    await wait(performance.now() - startedMs);
    suspects.lose(stretchMs);
    stretchMs = limits.nextStretchMs;
    const guilty = items[results.length];
    if (guilty !== undefined) results.push(await workCarefully(guilty, work, suspects));
  }
  return results;
}

/** In rounds: what had no turn in one has it in the next, in which what was too slow is left out. */
async function workCarefully<I, T>(item: I, work: (item: I, turn: Turn) => T, suspects: Suspects): Promise<T> {
  const tooSlow = new Set<object>();
  for (;;) {
    const startedMs = performance.now();
    let restMs: number = limits.roundMs;
    let isWhole = true;
    const turn: Turn = (expression, part) => {
      if (tooSlow.has(expression) || suspects.isGivenUp(expression)) return stopped;
      isWhole &&= restMs > 0;
      if (!isWhole) return stopped;
      const limitMs = suspects.limitMs(expression);
      const partStartedMs = performance.now();
      const timed = withinOwnMs(limitMs, part);
      if (timed.finished) return timed;
      restMs -= performance.now() - partStartedMs;
      tooSlow.add(expression);
      suspects.wasSlow(expression, limitMs);
      return stopped;
    };
    const result = withoutTraces(() => work(item, turn));
    if (isWhole) return result;
    await wait(performance.now() - startedMs);
  }
}

/** On a busy machine a limit may run out while something else has the processor: that is not the expression's doing. */
function withinOwnMs<T>(limitMs: number, work: () => T): Timed<T> {
  for (let left: number = limits.mostTries; ; left--) {
    const before = process.threadCpuUsage();
    const timed = withinMs(limitMs, work);
    const {user, system} = process.threadCpuUsage(before);
    if (timed.finished || left === 1 || user + system > 500 * limitMs) return timed;
  }
}

/** A throw costs 20 µs with its trace and 4 without; in a mapping it is an ordinary way to say that there is no value. */
function withoutTraces<T>(work: () => T): T {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = before;
  }
}

/** Which expressions of a call have been too slow, how often, and how much time that has cost. */
class Suspects {
  readonly #timesSlow = new Map<object, number>();
  #lostMs = 0;

  readonly unlessGivenUp: Turn = (expression, part) =>
    this.isGivenUp(expression) ? stopped : {finished: true, value: part()};

  isGivenUp(expression: object): boolean {
    return this.#timesSlow.size > 0 && (this.#timesSlow.get(expression) ?? 0) >= limits.slowTimes;
  }

  limitMs(expression: object): number {
    return this.#timesSlow.has(expression) || this.#lostMs >= limits.lostMs ? limits.suspectMs : limits.expressionMs;
  }

  wasSlow(expression: object, limitMs: number): void {
    this.lose(limitMs);
    const times = (this.#timesSlow.get(expression) ?? 0) + 1;
    this.#timesSlow.set(expression, this.#lostMs < limits.lostMs ? times : limits.slowTimes);
  }

  lose(ms: number): void {
    this.#lostMs += ms;
  }
}
