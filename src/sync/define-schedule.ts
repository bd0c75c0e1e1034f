// Makes, changes and deletes schedules, each with its audit in the same transaction. What is stored can always be reckoned
// with: the expression and the zone are looked at before.
import {type CompanyTx, inCompany} from '../db/transaction.ts';
import {type ErrorIssue, MusterError} from '../errors.ts';
import {type MessageParams, messageText} from '../messages/text.ts';
import {cronFault, isZone, type Rhythm, slotsAfter} from '../std/cron.ts';
import {newId} from '../std/ids.ts';
import {insertDeed} from '../store/audit.ts';
import {
  deleteSchedule,
  findSchedule,
  insertSchedule,
  lockSchedule,
  readTime,
  type ScheduleContent,
  type ScheduleRow,
  updateSchedule,
} from '../store/schedules.ts';
import type {Hub} from './hub.ts';

export type ScheduleInput = ScheduleContent & {readonly syncId: string};
/** What is left out stays as it is. */
export type ScheduleChange = {readonly [P in keyof ScheduleContent]?: ScheduleContent[P] | undefined};

/**
 * @param saved runs in the same transaction
 * @throws MusterError `request.invalid`, `request.not_found` when the company has no such sync
 */
export function defineSchedule(
  hub: Hub,
  companyId: string,
  input: ScheduleInput,
  who: string,
  saved: (tx: CompanyTx, schedule: ScheduleRow) => Promise<void> = async () => {},
): Promise<ScheduleRow> {
  refuseUnfit(input);
  const id = newId('sch');
  return inCompany(hub.db, companyId, async tx => {
    const content = tidied(input);
    const nextAt = await nextSlot(tx, content);
    if (!(await insertSchedule(tx, {...content, id, syncId: input.syncId, nextAt, createdBy: who})))
      throw new MusterError('request.not_found', {params: {what: 'sync'}});
    const {name, cron, zone, save} = content;
    await insertDeed(tx, {actor: who, action: 'schedule.created', subject: id, detail: {name, cron, zone, save}});
    const schedule = await loadSchedule(tx, id);
    await saved(tx, schedule);
    return schedule;
  });
}

/**
 * Slots that passed while it was paused, or that the old expression named, are not made up for.
 * @throws MusterError `request.invalid`, `request.not_found`
 */
export function changeSchedule(
  hub: Hub,
  companyId: string,
  id: string,
  change: ScheduleChange,
  who: string,
): Promise<ScheduleRow> {
  return inCompany(hub.db, companyId, async tx => {
    const before = await lockSchedule(tx, id);
    if (!before) throw new MusterError('request.not_found', {params: {what: 'schedule'}});
    const content = tidied({
      name: change.name ?? before.name,
      cron: change.cron ?? before.cron,
      zone: change.zone ?? before.zone,
      save: change.save ?? before.save,
      inputs: change.inputs ?? before.inputs,
      enabled: change.enabled ?? before.enabled,
    });
    refuseUnfit(content);
    const isAsBefore = (['cron', 'zone', 'enabled'] as const).every(part => content[part] === before[part]);
    await updateSchedule(tx, id, {...content, nextAt: isAsBefore ? before.nextAt : await nextSlot(tx, content)});
    const {name, cron, zone, save, enabled} = content;
    const detail = {name, cron, zone, save, enabled};
    await insertDeed(tx, {actor: who, action: 'schedule.changed', subject: id, detail});
    return loadSchedule(tx, id);
  });
}

/** Nothing more is started; runs that it started stay. @throws MusterError `request.not_found` */
export function removeSchedule(hub: Hub, companyId: string, id: string, who: string): Promise<void> {
  return inCompany(hub.db, companyId, async tx => {
    const {name} = await loadSchedule(tx, id);
    if (!(await deleteSchedule(tx, id))) throw new MusterError('request.not_found', {params: {what: 'schedule'}});
    await insertDeed(tx, {actor: who, action: 'schedule.deleted', subject: id, detail: {name}});
  });
}

/** @throws MusterError `request.not_found` */
export async function loadSchedule(tx: CompanyTx, id: string): Promise<ScheduleRow> {
  const schedule = await findSchedule(tx, id);
  if (!schedule) throw new MusterError('request.not_found', {params: {what: 'schedule'}});
  return schedule;
}

/** Everything about the expression and the zone that does not fit, in words. */
export function rhythmIssues({cron, zone}: Rhythm): readonly ErrorIssue[] {
  return [...cronIssues(cron), ...(isZone(zone) ? [] : [issue('zone', 'field.zone')])];
}

/** The next few times at which a schedule of that rhythm would start its sync. */
export function nextSlots(hub: Hub, rhythm: Rhythm, count: number): readonly Date[] {
  return slotsAfter(rhythm, hub.clock.now(), count);
}

function cronIssues(cron: string): readonly ErrorIssue[] {
  const fault = cronFault(cron);
  if (fault === undefined) return [];
  if (fault === 'count' || fault === 'never') return [issue('cron', `field.cron_${fault}`)];
  return [issue('cron', 'field.cron_part', partWords[fault])];
}

const partWords = {
  minute: {part: 'minute', wanted: '0 to 59'},
  hour: {part: 'hour', wanted: '0 to 23'},
  day: {part: 'day of the month', wanted: '1 to 31, or L for the last'},
  month: {part: 'month', wanted: '1 to 12, or jan to dec'},
  weekday: {part: 'weekday', wanted: '0 to 7 from Sunday, or mon to sun'},
};

function issue(field: string, code: `field.${string}`, params: MessageParams = {}): ErrorIssue {
  return {code, field, message: messageText(code, {field, ...params}).text};
}

function refuseUnfit(rhythm: Rhythm): void {
  const issues = rhythmIssues(rhythm);
  if (issues.length > 0) throw new MusterError('request.invalid', {issues});
}

/** One space between parts; an empty list of people means everybody, as none does. */
function tidied({name, cron, zone, save, inputs, enabled}: ScheduleContent): ScheduleContent {
  const {only = [], ...others} = inputs;
  return {
    name,
    cron: cron.trim().split(/\s+/).join(' '),
    zone,
    save,
    inputs: only.length > 0 ? {...others, only} : others,
    enabled,
  };
}

async function nextSlot(tx: CompanyTx, {enabled, ...rhythm}: ScheduleContent): Promise<Date | null> {
  if (!enabled) return null;
  return slotsAfter(rhythm, await readTime(tx), 1)[0] ?? null;
}
