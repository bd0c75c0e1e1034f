// Outcomes on their way into the database: gathered while the one before is being committed, so that a fast destination
// shares commits and a slow one has each at once. What is added is committed or thrown, never dropped.
import {inCompany} from '../db/transaction.ts';
import {isError} from '../errors.ts';
import {insertCalls, type NewCall} from '../store/calls.ts';
import {holdEvents, requeueEvents} from '../store/events.ts';
import {settleEvents} from '../store/outcomes.ts';
import {addTotalsUnder} from '../store/runs.ts';
import {addUp, countOf} from './decide.ts';
import type {Hub} from './hub.ts';
import type {Verdict} from './judge.ts';
import type {Lease} from './lease.ts';
import type {Preparation} from './prepare.ts';
import {mine} from './read.ts';

const gatherMs = 20;
const most = 250;

export class Ledger {
  readonly #hub: Hub;
  readonly #prepared: Preparation;
  readonly #lease: Lease;
  #verdicts: Verdict[] = [];
  #calls: NewCall[] = [];
  #committing: Promise<void> | undefined;
  #lastCommitMs = 0;

  constructor(hub: Hub, prepared: Preparation, lease: Lease) {
    this.#hub = hub;
    this.#prepared = prepared;
    this.#lease = lease;
  }

  add(verdict: Verdict, calls: readonly NewCall[]): void {
    this.#verdicts.push(verdict);
    this.#calls.push(...calls);
    this.#committing ??= this.#commitAll();
    // Whoever drains hears of a failure; until then it must not count as unhandled.
    this.#committing.catch(() => {});
  }

  /** Waits until all that was added is committed. @throws what kept it from being so */
  async drain(): Promise<void> {
    await this.#committing;
  }

  async #commitAll(): Promise<void> {
    while (this.#verdicts.length > 0) {
      const restMs = gatherMs - (performance.now() - this.#lastCommitMs);
      if (restMs > 0 && this.#verdicts.length < most) await this.#hub.clock.wait(restMs);
      const verdicts = this.#verdicts;
      const calls = this.#calls;
      this.#verdicts = [];
      this.#calls = [];
      await this.#commit(verdicts, calls);
      this.#lastCommitMs = performance.now();
    }
    this.#committing = undefined;
  }

  /** Tries as long as the run is this worker's: what has happened must be written down. */
  async #commit(verdicts: readonly Verdict[], calls: readonly NewCall[]): Promise<void> {
    for (;;) {
      try {
        return await this.#write(verdicts, calls);
      } catch (error) {
        if (!isError(error, 'database.busy') || this.#lease.signal.aborted) throw error;
        await this.#hub.clock.wait(500, this.#lease.signal);
      }
    }
  }

  async #write(verdicts: readonly Verdict[], calls: readonly NewCall[]): Promise<void> {
    const {companyId, run, plan, actor} = this.#prepared;
    const outcomes = verdicts.flatMap(verdict => (verdict.kind === 'outcome' ? [verdict] : []));
    const again = verdicts.flatMap(verdict => ('again' in verdict ? [verdict.again] : []));
    const held = verdicts.flatMap(verdict => (verdict.kind === 'hold' ? [verdict] : []));
    await inCompany(this.#hub.db, companyId, async tx => {
      await insertCalls(tx, calls);
      const ended = new Set(
        await settleEvents(
          tx,
          plan.context,
          actor,
          outcomes.map(({outcome}) => outcome),
        ),
      );
      await requeueEvents(tx, again);
      const holding = await holdEvents(tx, held);
      const counts = outcomes
        .filter(({outcome}) => ended.has(outcome.id))
        .map(({outcome, made}) => countOf(outcome.phase, made, outcome.memory));
      // Last, so that the run's row is locked for a moment only; when the lease was lost, all of it is undone.
      const add = addUp([...counts, {held: holding, failures: holding}]);
      mine(await addTotalsUnder(tx, run.id, this.#lease.id, add));
    });
  }
}
