// How much one connection may ask of its system at once and per second, inside one process. First come, first served;
// a caller that gives up leaves the line. Each process counts for itself: several workers on one connection may together
// ask for more.
import type {Clock} from '../std/clock.ts';

export type Limits = {
  readonly concurrency: number;
  /** Tokens a second; as many may be used at once. Left out, there is no rate limit. */
  readonly perSecond?: number;
};

export type Limiter = {
  /** Waits for a slot and a token; the function it gives back returns the slot and must be called. */
  take(signal?: AbortSignal): Promise<() => void>;
  /** Nobody gets a slot before that instant: the system asked to wait. Never shortens an earlier, longer pause. */
  pause(until: Date): void;
  readonly pausedUntil: Date | undefined;
};

type Waiter = {grant(): void};

export function createLimiter(limits: Limits, clock: Clock): Limiter {
  const waiters = new Set<Waiter>();
  const bucket = limits.perSecond === undefined ? undefined : createBucket(limits.perSecond, clock);
  let active = 0;
  let pausedUntilMs = 0;
  let waking = false;

  const release = () => {
    active -= 1;
    serve();
  };

  function serve(): void {
    for (const waiter of waiters) {
      if (active >= limits.concurrency || waking) return;
      const waitMs = Math.max(pausedUntilMs - clock.now().getTime(), bucket?.waitMs() ?? 0);
      if (waitMs > 0) {
        wakeIn(waitMs);
        return;
      }
      bucket?.use();
      active += 1;
      waiters.delete(waiter);
      waiter.grant();
    }
  }

  function wakeIn(waitMs: number): void {
    waking = true;
    const wake = () => {
      waking = false;
      serve();
    };
    clock.wait(waitMs).then(wake, wake);
  }

  return {
    take(signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const leave = () => {
          waiters.delete(waiter);
          reject(signal?.reason);
        };
        const waiter: Waiter = {
          grant() {
            signal?.removeEventListener('abort', leave);
            resolve(once(release));
          },
        };
        waiters.add(waiter);
        serve();
        if (waiters.has(waiter)) signal?.addEventListener('abort', leave, {once: true});
      });
    },
    pause(until) {
      pausedUntilMs = Math.max(pausedUntilMs, until.getTime());
    },
    get pausedUntil() {
      return pausedUntilMs > clock.now().getTime() ? new Date(pausedUntilMs) : undefined;
    },
  };
}

/** A token bucket that starts full. */
function createBucket(perSecond: number, clock: Clock) {
  const capacity = Math.max(1, perSecond);
  let tokens = capacity;
  let filledAtMs = clock.now().getTime();
  return {
    waitMs(): number {
      const nowMs = clock.now().getTime();
      tokens = Math.min(capacity, tokens + ((nowMs - filledAtMs) / 1000) * perSecond);
      filledAtMs = nowMs;
      // A hair below one token is one: 0.1 s × 10/s is 0.9999… in doubles, and waiting 0 ms for ever would spin.
      return tokens >= 1 - 1e-6 ? 0 : Math.ceil(((1 - tokens) / perSecond) * 1000);
    },
    use(): void {
      tokens -= 1;
    },
  };
}

function once(call: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    call();
  };
}
