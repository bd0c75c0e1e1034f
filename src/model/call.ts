// One request to another system, as it is kept.
import type {Json} from '../std/json.ts';

/** How one exchange ended: answered 2xx/3xx, answered 4xx, 429, 5xx, or not usably answered at all. */
export type CallOutcome =
  | 'ok'
  | 'refused'
  | 'rate_limited'
  | 'failed'
  | 'timed_out'
  | 'cut_off'
  | 'unreadable'
  | 'unreachable'
  | 'cancelled';

/** One exchange with another system, fit to be kept: no header values, no secrets, texts and numbers by their size only. */
export type Call = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With the query; values in it other than whole numbers are replaced. */
  readonly path: string;
  readonly status: number | null;
  readonly outcome: CallOutcome;
  readonly startedAt: Date;
  readonly durationMs: number;
  /** At most 2 kB as JSON text each; null where there was none. */
  readonly requestBody: Json;
  readonly responseBody: Json;
};
