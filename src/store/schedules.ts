// Statements on schedules. `next_at` and what is compared with it are the database's time.
import {sql} from 'kysely';
import {jsonText} from '../db/text.ts';
import type {CompanyTx, Tx} from '../db/transaction.ts';
import type {MessageParams} from '../messages/text.ts';
import {afterAllIds, oneMore, type PageOf, type PageRequest, pageFrom} from './page.ts';
import type {RunInputs} from './runs.ts';

/** What can be changed of a schedule. */
export type ScheduleContent = {
  readonly name: string;
  readonly cron: string;
  readonly zone: string;
  readonly save: boolean;
  readonly inputs: RunInputs;
  readonly enabled: boolean;
};

export type ScheduleRow = ScheduleContent & {
  readonly id: string;
  readonly syncId: string;
  readonly syncName: string;
  /** The slot that is due next; null while it is paused. */
  readonly nextAt: Date | null;
  readonly lastSkippedAt: Date | null;
  readonly skippedCode: string | null;
  readonly skippedParams: MessageParams | null;
  /** The run of its latest slot. */
  readonly lastRunId: string | null;
  readonly createdAt: Date;
};

export type NewSchedule = ScheduleContent & {
  readonly id: string;
  readonly syncId: string;
  readonly nextAt: Date | null;
  readonly createdBy: string;
};

// The run of its latest slot by index runs_slot.
const shown = sql`
  select c.id, c.name, c.cron, c.zone, c.save, c.inputs, c.enabled, c.sync_id as "syncId", s.name as "syncName",
    c.next_at as "nextAt", c.last_skipped_at as "lastSkippedAt", c.skipped_code as "skippedCode",
    c.skipped_params as "skippedParams", c.created_at as "createdAt", (
      select r.id from runs r where r.company_id = c.company_id and r.schedule_id = c.id order by r.slot_at desc limit 1
    ) as "lastRunId"
  from schedules c join syncs s on s.company_id = c.company_id and s.id = c.sync_id`;

/** False when there is no such sync. */
export async function insertSchedule(tx: CompanyTx, schedule: NewSchedule): Promise<boolean> {
  const {id, syncId, name, cron, zone, save, inputs, enabled, nextAt, createdBy} = schedule;
  const {rows} = await sql`
    insert into schedules (company_id, id, sync_id, name, cron, zone, save, inputs, enabled, next_at, created_by)
    select company_id, ${id}, id, ${name}, ${cron}, ${zone}, ${save}, ${jsonText(inputs)}::json, ${enabled},
      ${nextAt}::timestamptz, ${createdBy}
    from syncs where company_id = ${tx.companyId} and id = ${syncId}
    returning id`.execute(tx);
  return rows.length > 0;
}

/** As `findSchedule`; whoever else changes or fires it waits. */
export async function lockSchedule(tx: CompanyTx, id: string): Promise<ScheduleRow | undefined> {
  await sql`select id from schedules where company_id = ${tx.companyId} and id = ${id} for update`.execute(tx);
  return findSchedule(tx, id);
}

export async function updateSchedule(
  tx: CompanyTx,
  id: string,
  content: ScheduleContent & {readonly nextAt: Date | null},
): Promise<void> {
  const {name, cron, zone, save, inputs, enabled, nextAt} = content;
  await sql`
    update schedules set name = ${name}, cron = ${cron}, zone = ${zone}, save = ${save},
      inputs = ${jsonText(inputs)}::json, enabled = ${enabled}, next_at = ${nextAt}::timestamptz
    where company_id = ${tx.companyId} and id = ${id}`.execute(tx);
}

/** Its runs stay; false when there is none. */
export async function deleteSchedule(tx: CompanyTx, id: string): Promise<boolean> {
  const {rows} = await sql`
    delete from schedules where company_id = ${tx.companyId} and id = ${id} returning id`.execute(tx);
  return rows.length > 0;
}

export async function findSchedule(tx: CompanyTx, id: string): Promise<ScheduleRow | undefined> {
  const {rows} = await sql<ScheduleRow>`${shown} where c.company_id = ${tx.companyId} and c.id = ${id}`.execute(tx);
  return rows[0];
}

/** Newest first. Index: schedules_sync where a sync is named, else schedules_pkey. */
export async function schedulePage(
  tx: CompanyTx,
  filter: {readonly syncId?: string | undefined},
  page: PageRequest,
): Promise<PageOf<ScheduleRow>> {
  const {rows} = await sql<ScheduleRow>`
    ${shown}
    where c.company_id = ${tx.companyId} and c.id < ${page.cursor ?? afterAllIds}
      ${filter.syncId === undefined ? sql`` : sql`and c.sync_id = ${filter.syncId}`}
    order by c.id desc limit ${oneMore(page)}`.execute(tx);
  return pageFrom(rows, page);
}

/** The database's time, by which schedules are due. */
export async function readTime(tx: Tx): Promise<Date> {
  const {rows} = await sql<{now: Date}>`select now() as now`.execute(tx);
  return rows[0]?.now ?? new Date(); // the statement always answers one row
}

export type DueSchedule = {readonly companyId: string; readonly id: string};

/** As owner: what is due in any company, the longest first. Index: schedules_due. */
export async function dueSchedules(tx: Tx, at: Date, most: number): Promise<readonly DueSchedule[]> {
  const {rows} = await sql<DueSchedule>`
    select company_id as "companyId", id from schedules
    where enabled and next_at <= ${at}::timestamptz order by next_at limit ${most}::int`.execute(tx);
  return rows;
}

export type TakenSlot = Pick<ScheduleRow, 'id' | 'syncId' | 'name' | 'cron' | 'zone' | 'save' | 'inputs'> & {
  readonly slotAt: Date;
};

/**
 * Takes a schedule that is due, until the transaction ends; undefined when it no longer is, or when somebody else has it or
 * its sync just now. The sync is taken too, so that it cannot be deleted meanwhile.
 */
export async function takeSlot(tx: CompanyTx, id: string, at: Date): Promise<TakenSlot | undefined> {
  const {rows} = await sql<TakenSlot>`
    select c.id, c.sync_id as "syncId", c.name, c.cron, c.zone, c.save, c.inputs, c.next_at as "slotAt"
    from schedules c join syncs s on s.company_id = c.company_id and s.id = c.sync_id
    where c.company_id = ${tx.companyId} and c.id = ${id} and c.enabled and c.next_at <= ${at}::timestamptz
    for update of c skip locked for key share of s skip locked`.execute(tx);
  return rows[0];
}

/** What there is of its runs already: one of this very slot, one that has not been done. Index: runs_slot. */
export async function runsOfSchedule(
  tx: CompanyTx,
  id: string,
  slotAt: Date,
): Promise<{readonly ofSlot: boolean; readonly waiting: boolean}> {
  const {rows} = await sql<{ofSlot: boolean; waiting: boolean}>`
    select coalesce(bool_or(slot_at = ${slotAt}::timestamptz), false) as "ofSlot",
      coalesce(bool_or(status in ('queued', 'waiting', 'held')), false) as waiting
    from (
      select slot_at, status from runs where company_id = ${tx.companyId} and schedule_id = ${id}
        and (slot_at = ${slotAt}::timestamptz or status in ('queued', 'waiting', 'held'))
    ) known`.execute(tx);
  return rows[0] ?? {ofSlot: false, waiting: false};
}

/** On to the next slot. After `takeSlot`. */
export async function moveOn(tx: CompanyTx, id: string, nextAt: Date): Promise<void> {
  await sql`
    update schedules set next_at = ${nextAt}::timestamptz
    where company_id = ${tx.companyId} and id = ${id}`.execute(tx);
}

/** Says that a slot was left out, and why. After `takeSlot`. */
export async function recordSkip(
  tx: CompanyTx,
  id: string,
  slotAt: Date,
  reason: {readonly code: string; readonly params: MessageParams},
): Promise<void> {
  await sql`
    update schedules set last_skipped_at = ${slotAt}::timestamptz, skipped_code = ${reason.code},
      skipped_params = ${jsonText(reason.params)}::json
    where company_id = ${tx.companyId} and id = ${id}`.execute(tx);
}
