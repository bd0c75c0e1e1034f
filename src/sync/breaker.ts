// The breaker: when a connection is to be left alone. Rejected credentials and the like at once; otherwise five
// different records failing in a row by no answer or 5xx while the check fails too, or twenty whatever the check says.
import {isError, type MusterError} from '../errors.ts';
import type {Reason} from '../model/event.ts';

const suspicious = 5;
const hopeless = 20;

export type Look = () => Promise<{readonly ok: true} | {readonly ok: false; readonly reason: Reason}>;

export class Breaker {
  readonly #check: Look;
  readonly #failing = new Set<string>();
  #checked = false;

  /** @param check tests the connection, as a person would */
  constructor(check: Look) {
    this.#check = check;
  }

  succeeded(): void {
    this.#failing.clear();
    this.#checked = false;
  }

  /**
   * Answers why nothing more may go to the connection, if so. Before a record is given up the connection is checked too:
   * one that is down must not make anybody red.
   */
  async failed(recordId: string, error: unknown, givenUp: boolean): Promise<Reason | undefined> {
    if (!isFailing(error)) return undefined;
    this.#failing.add(recordId);
    const failing = this.#failing.size;
    if (failing >= hopeless) return {code: error.code, params: error.params};
    if (!givenUp && (failing < suspicious || this.#checked)) return undefined;
    this.#checked = true;
    const checked = await this.#check();
    return checked.ok ? undefined : checked.reason;
  }
}

function isFailing(error: unknown): error is MusterError {
  if (!isError(error) || error.kind !== 'transient') return false;
  return error.code.startsWith('connection.') && error.code !== 'connection.rate_limited';
}
