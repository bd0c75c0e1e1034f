// Clocks that tests own. Neither ever waits for real.
import type {Clock} from '../../std/clock.ts';

export type TestClock = Clock & {
  /** Moves time on and lets those go on whose wait is over. */
  advance(ms: number): Promise<void>;
  /** How long each wait was asked to be, in order. */
  readonly waits: readonly number[];
};

const start = Date.parse('2026-03-02T09:00:00Z');

/** Time stands still until it is advanced. */
export function manualClock(): TestClock {
  let nowMs = start;
  const waits: number[] = [];
  let sleepers: {readonly untilMs: number; readonly wake: () => void}[] = [];
  return {
    waits,
    now: () => new Date(nowMs),
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        waits.push(ms);
        signal?.addEventListener('abort', () => reject(signal.reason), {once: true});
        sleepers.push({untilMs: nowMs + ms, wake: resolve});
      }),
    async advance(ms) {
      nowMs += ms;
      const due = sleepers.filter(({untilMs}) => untilMs <= nowMs);
      sleepers = sleepers.filter(({untilMs}) => untilMs > nowMs);
      for (const {wake} of due) wake();
      await settled();
    },
  };
}

/** Every wait is over at once and moves time on by its length. */
export function instantClock(): TestClock {
  let nowMs = start;
  const waits: number[] = [];
  return {
    waits,
    now: () => new Date(nowMs),
    async wait(ms, signal) {
      if (signal?.aborted) throw signal.reason;
      waits.push(ms);
      nowMs += ms;
    },
    async advance(ms) {
      nowMs += ms;
    },
  };
}

/** Everything that can go on without time or input has gone on. */
export const settled = () => new Promise<void>(resolve => setImmediate(resolve));
