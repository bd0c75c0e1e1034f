// The hold of a worker on a run. Renewed every few seconds; when it cannot be, or another worker has the run, the signal
// aborts and nothing more is sent. Checked right before each send, so a worker that was asleep does not wake up and send.
import {performance} from 'node:perf_hooks';
import {inCompany} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import {newId} from '../std/ids.ts';
import {releaseLease, renewLease} from '../store/runs.ts';
import type {Hub} from './hub.ts';

const renewEveryMs = 3_000;
/** Shorter than the 12 s after which another worker may take the run (store/runs.ts). */
const trustedForMs = 8_000;

export class Lease {
  readonly id = newId('run').replace('run_', 'lease_');
  readonly companyId: string;
  readonly runId: string;
  readonly #hub: Hub;
  readonly #lost = new AbortController();
  /** Before the statement that gave or renewed it was asked for: the database's own count began later. */
  #renewedAtMs = performance.now();
  #timer: NodeJS.Timeout | undefined;

  /** Made before the run is leased under its id. */
  constructor(hub: Hub, companyId: string, runId: string) {
    this.#hub = hub;
    this.companyId = companyId;
    this.runId = runId;
  }

  /** Aborts when the run is no longer this worker's. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  /** Begins to renew; call once the run has been leased. */
  start(): void {
    this.#timer = setInterval(() => void this.#renew(), renewEveryMs);
  }

  /** @throws MusterError `lease.lost` unless the run is surely still this worker's */
  async confirm(): Promise<void> {
    if (performance.now() - this.#renewedAtMs > trustedForMs) await this.#renew();
    if (this.#lost.signal.aborted) throw new MusterError('lease.lost');
  }

  /** Why nothing may leave at this moment: a worker that was asleep does not know yet who has its run now. */
  readonly mayNotLeave = (): MusterError | undefined => {
    const trusted = !this.#lost.signal.aborted && performance.now() - this.#renewedAtMs <= trustedForMs;
    return trusted ? undefined : new MusterError('lease.lost');
  };

  async #renew(): Promise<void> {
    const askedAtMs = performance.now();
    const renewed = await inCompany(this.#hub.db, this.companyId, tx => renewLease(tx, this.runId, this.id)).catch(
      // The database is away: the lease holds for as long as it was trusted anyway.
      () => performance.now() - this.#renewedAtMs < trustedForMs && 'unknown',
    );
    if (renewed === true) this.#renewedAtMs = askedAtMs;
    else if (renewed === false) this.#lost.abort(new MusterError('lease.lost'));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await inCompany(this.#hub.db, this.companyId, tx => releaseLease(tx, this.runId, this.id)).catch(() => {
      // It runs out by itself.
    });
  }
}
