// What an emulator can be told to do wrong. `before`: the request took no effect; `after`: it did, and only then the
// answer went wrong, which is what "never twice" is about.
import type {Json} from '../../std/json.ts';

export type Fault = {
  readonly when: 'before' | 'after';
  readonly how: 'hang' | 'cut' | 'html' | 'truncated' | 'empty' | 'notJson' | FaultAnswer;
};
export type FaultAnswer = {
  readonly status: number;
  readonly json?: Json;
  readonly headers?: {readonly [name: string]: string};
};

export type FaultRule = Fault & {
  /** How many requests it hits; 1 by default. */
  readonly times?: number;
  /** How many matching requests go through before. */
  readonly skip?: number;
  readonly method?: string;
};

export type Faults = {
  add(rule: FaultRule): void;
  clear(): void;
  /** From now on, requests of that method wait at the door once `skip` more have gone in. Answers what lets them in. */
  hold(method: string, skip?: number): () => void;
};

const failing = {status: 500, json: {error: {code: 'internal', message: 'Something broke'}}};

export const fault = {
  /** With Retry-After as given (seconds or an HTTP date), or without the header. */
  rateLimited: (retryAfter?: string): Fault => ({
    when: 'before',
    how: {
      status: 429,
      json: {error: {code: 'rate_limited', message: 'Too many requests'}},
      ...(retryAfter === undefined ? {} : {headers: {'retry-after': retryAfter}}),
    },
  }),
  failBefore: {when: 'before', how: failing},
  failAfter: {when: 'after', how: failing},
  hang: {when: 'before', how: 'hang'},
  hangAfter: {when: 'after', how: 'hang'},
  cut: {when: 'before', how: 'cut'},
  cutAfter: {when: 'after', how: 'cut'},
  html: {when: 'before', how: 'html'},
  empty: {when: 'before', how: 'empty'},
  notJson: {when: 'before', how: 'notJson'},
  truncated: {when: 'before', how: 'truncated'},
  truncatedAfter: {when: 'after', how: 'truncated'},
  /** The key is no longer good: `{...fault.revoked, skip: n, times: Infinity}`. */
  revoked: {when: 'before', how: {status: 401, json: {error: {code: 'unauthorized', message: 'Unknown key'}}}},
} as const satisfies {readonly [name: string]: Fault | ((retryAfter?: string) => Fault)};

export type FaultsInForce = Faults & {
  /** The rule that the next request meets. */
  match(method: string): Fault | undefined;
  /** Resolves when no hold keeps a request of that method. */
  letIn(method: string): Promise<void>;
};

export function createFaults(): FaultsInForce {
  const holds: {method: string; skip: number; released: Promise<void>}[] = [];
  let rules: {rule: FaultRule; skip: number; times: number}[] = [];
  return {
    add(rule) {
      rules.push({rule, skip: rule.skip ?? 0, times: rule.times ?? 1});
    },
    clear() {
      rules = [];
    },
    hold(method, skip = 0) {
      const {promise: released, resolve: release} = Promise.withResolvers<void>();
      holds.push({method, skip, released});
      return release;
    },
    async letIn(method) {
      for (const hold of holds) {
        if (hold.method === method && hold.skip-- <= 0) await hold.released;
      }
    },
    match(method) {
      for (const entry of rules) {
        if (entry.times <= 0 || (entry.rule.method !== undefined && entry.rule.method !== method)) continue;
        if (entry.skip > 0) entry.skip -= 1;
        else {
          entry.times -= 1;
          return entry.rule;
        }
      }
      return undefined;
    },
  };
}
