// Looks every few seconds which schedules are due, in all companies, and has them fired one by one. Every process that
// works does so: who is first takes the slot.
import {asOwner} from '../db/transaction.ts';
import {dueSchedules, readTime} from '../store/schedules.ts';
import {fireSchedule} from '../sync/fire-schedule.ts';
import type {Hub} from '../sync/hub.ts';

const lookEveryMs = 5000;
/** Left over ones come with the next look. */
const mostAtOnce = 200;

/**
 * Fires what is due by the database's clock, or at the instant that is named. One that fails is logged, comes again with
 * the next look, and keeps no other from its turn.
 */
export async function fireDueSchedules(hub: Hub, named?: Date): Promise<void> {
  const {at, due} = await asOwner(hub.db, async tx => {
    const at = named ?? (await readTime(tx));
    return {at, due: await dueSchedules(tx, at, mostAtOnce)};
  });
  for (const {companyId, id} of due) {
    await fireSchedule(hub, companyId, id, at).catch(error => hub.log.error('schedule.failed', {error}));
  }
}

/** Looks until it is disposed of; then a look under way is ended first. */
export class ScheduleWatch {
  readonly #stopping = new AbortController();
  readonly #ended: Promise<void>;

  constructor(hub: Hub) {
    this.#ended = this.#watch(hub);
  }

  async #watch(hub: Hub): Promise<void> {
    const {signal} = this.#stopping;
    while (!signal.aborted) {
      await fireDueSchedules(hub).catch(error => hub.log.warn('schedule.trouble', {error}));
      await hub.clock.wait(lookEveryMs, signal).catch(() => {}); // it stops: the loop sees it
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    await this.#ended;
  }
}
