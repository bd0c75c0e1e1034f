// When to try again: what Retry-After says, else a capped backoff with jitter.
import type {MusterError} from '../errors.ts';

/** Waits up to this long happen in place; longer ones go back to the queue, so that no slot is held. */
export const longestWaitMs = 10_000;
/** What a 429 without Retry-After is worth. */
export const defaultRetryAfterMs = 2_000;
/** Of one request: the first try and two more. */
export const mostTries = 3;
/** Nobody is asked to wait longer, whatever a header says. */
const longestRetryAfterMs = 24 * 3600_000;
const firstBackoffMs = 250;
const backoffFactor = 4;

/**
 * The instant that a Retry-After header names: seconds or an HTTP date (RFC 9110 §10.2.3). A date is read against the
 * answer's own Date header, so that clocks need not agree. `undefined` where there is no usable header.
 */
export function readRetryAfter(headers: {readonly [name: string]: string}, now: Date): Date | undefined {
  const text = headers['retry-after']?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return later(now, Number(text) * 1000);
  if (!/^[A-Z][a-z]{2}, \d/.test(text)) return undefined;
  const untilMs = Date.parse(text);
  if (Number.isNaN(untilMs)) return undefined;
  const saidNowMs = Date.parse(headers['date'] ?? '');
  return later(now, untilMs - (Number.isNaN(saidNowMs) ? now.getTime() : saidNowMs));
}

/** How long to wait before the try after `attempt` (1 is the first), or `undefined` where waiting in place is too long. */
export function waitBefore(error: MusterError, attempt: number, now: Date, random: () => number): number | undefined {
  if (error.retryAt === undefined) return firstBackoffMs * backoffFactor ** (attempt - 1) * (0.75 + random() / 2);
  const waitMs = Math.max(0, error.retryAt.getTime() - now.getTime());
  return waitMs > longestWaitMs ? undefined : waitMs;
}

const later = (now: Date, byMs: number) => new Date(now.getTime() + Math.min(longestRetryAfterMs, Math.max(0, byMs)));
