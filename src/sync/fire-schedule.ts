// A schedule's slot becomes a run: in one transaction the run and its work come into being and the schedule moves on to its
// next slot, so that of any number of processes one starts it, and none twice.
import {inCompany} from '../db/transaction.ts';
import {messageText} from '../messages/text.ts';
import {slotsAfter} from '../std/cron.ts';
import {moveOn, recordSkip, runsOfSchedule, type TakenSlot, takeSlot} from '../store/schedules.ts';
import type {Hub} from './hub.ts';
import {startRunIn} from './start-run.ts';

/** What is started later than that says so: nobody was there to start it in time. */
const lateAfterMs = 120_000;

/** What became of a slot: `none` was due, or another process is at it. */
export type Fired = 'started' | 'skipped' | 'none';

/**
 * Starts the run of a schedule that is due at `at`. After a time in which nobody looked, one run makes up for all slots
 * that passed. While a run of it still waits for its turn no other joins it, and the schedule says so.
 */
export function fireSchedule(hub: Hub, companyId: string, scheduleId: string, at: Date): Promise<Fired> {
  return inCompany(hub.db, companyId, async tx => {
    const slot = await takeSlot(tx, scheduleId, at);
    const [nextAt] = slot ? slotsAfter(slot, at, 1) : [];
    if (!slot || !nextAt) return 'none';
    await moveOn(tx, scheduleId, nextAt);
    const {ofSlot, waiting} = await runsOfSchedule(tx, scheduleId, slot.slotAt);
    if (ofSlot) return 'none'; // the database's clock was put back
    if (waiting) {
      await recordSkip(tx, scheduleId, slot.slotAt, {code: 'schedule.skipped_waiting', params: {}});
      return 'skipped';
    }
    const {syncId, save, inputs} = slot;
    const of = {scheduleId, at: slot.slotAt};
    await startRunIn(hub, tx, {syncId, save, inputs, startedBy: starterWords(slot, at), slot: of});
    return 'started';
  });
}

/** As history shows it, also when the schedule is gone or called something else. */
function starterWords({name, zone, slotAt}: TakenSlot, at: Date): string {
  if (at.getTime() - slotAt.getTime() < lateAfterMs) return messageText('run.by_schedule', {name}).text;
  const format = new Intl.DateTimeFormat('sv-SE', {timeZone: zone, dateStyle: 'short', timeStyle: 'short'});
  return messageText('run.by_schedule_late', {name, due: format.format(slotAt)}).text;
}
