// What a person made of events: which were tried again or decided, in which run, and as which event they went on there.
import {sql} from 'kysely';
import {jsonText} from '../db/text.ts';
import type {CompanyTx} from '../db/transaction.ts';
import type {Phase} from '../model/phase.ts';
import {nameOf} from './run-pages.ts';

export type FollowUpKind = 'retry' | 'decision';

/** An event that a person acts on. */
export type ActedOn = {
  readonly id: string;
  readonly runId: string;
  readonly recordId: string;
  readonly leg: string;
};

export async function insertFollowUps(
  tx: CompanyTx,
  kind: FollowUpKind,
  runId: string,
  events: readonly ActedOn[],
): Promise<void> {
  const rows = events.map(({id, runId: before, recordId, leg}) => ({id, before, recordId, leg}));
  await sql`
    insert into follow_ups (company_id, event_id, event_run_id, run_id, record_id, leg, kind)
    select ${tx.companyId}, id, before, ${runId}, "recordId", leg, ${kind}
    from json_to_recordset(${jsonText(rows)}::json) as e (id text, before text, "recordId" text, leg text)
    on conflict do nothing`.execute(tx);
}

/** The failures of a run to choose from: by an issue or reason that they have, or by their reason alone. */
export type FailureFilter = {readonly issue?: string | undefined; readonly reason?: string | undefined};

/**
 * The events of a run that failed and can be tried again: their record is still in its source, and no other event of it
 * waits for a decision. Indexes: events_run_phase, issues_pkey, open_events_record.
 */
export async function failedEvents(
  tx: CompanyTx,
  runId: string,
  {issue, reason}: FailureFilter,
  most: number,
): Promise<readonly ActedOn[]> {
  const withIssue = sql`(e.reason_code = ${issue} or exists (select from issues i where i.company_id = ${tx.companyId}
    and i.run_id = ${runId} and i.code = ${issue} and i.event_id = e.id))`;
  const {rows} = await sql<ActedOn>`
    select e.id, e.run_id as "runId", e.record_id as "recordId", e.leg
    from events e join records r on r.company_id = ${tx.companyId} and r.id = e.record_id and r.gone_at is null
    where e.company_id = ${tx.companyId} and e.run_id = ${runId} and e.phase = 'error' and e.parent_id is null
      and ${reason === undefined ? sql`true` : sql`e.reason_code = ${reason}`}
      and ${issue === undefined ? sql`true` : withIssue}
      and not exists (select from open_events o where o.company_id = ${tx.companyId} and o.record_id = e.record_id
        and o.sync_id = e.sync_id and o.leg = e.leg and o.phase = 'held')
    order by e.id limit ${most}`.execute(tx);
  return rows;
}

/** The held event of the same record in the same sync, if there is one. Index: open_events_record. */
export async function heldEventOf(tx: CompanyTx, event: ActedOn & {readonly syncId: string}): Promise<string | null> {
  const {rows} = await sql<{id: string}>`
    select id from open_events
    where company_id = ${tx.companyId} and record_id = ${event.recordId} and sync_id = ${event.syncId}
      and leg = ${event.leg} and phase = 'held' limit 1`.execute(tx);
  return rows[0]?.id ?? null;
}

/** Which of these events are being tried again already, by that version of their sync, in runs that are not over. */
export async function openRetries(
  tx: CompanyTx,
  eventIds: readonly string[],
  syncVersion: number,
): Promise<readonly {readonly eventId: string; readonly runId: string}[]> {
  const {rows} = await sql<{eventId: string; runId: string}>`
    select f.event_id as "eventId", f.run_id as "runId"
    from follow_ups f join runs r on r.company_id = ${tx.companyId} and r.id = f.run_id
    where f.company_id = ${tx.companyId} and f.event_id = any(${eventIds}::text[]) and f.kind = 'retry'
      and r.sync_version = ${syncVersion} and r.finished_at is null and r.cancel_requested_by is null
    order by f.run_id`.execute(tx);
  return rows;
}

export type FollowUp = {
  readonly kind: FollowUpKind;
  readonly runId: string;
  /** Null until that run has planned it; then and for ever null where it had nothing new to say. */
  readonly eventId: string | null;
  readonly phase: Phase | null;
  /** Who asked for it, by name, and when. */
  readonly by: string;
  readonly at: Date;
};

const who = sql`${nameOf(sql`r.started_by`)} as by, r.queued_at as at`;

/** What an event follows from: the one before, which a person had tried again or decided. Index: follow_ups_run. */
export async function followedFrom(tx: CompanyTx, event: ActedOn): Promise<FollowUp | null> {
  const {rows} = await sql<FollowUp>`
    select f.kind, f.event_run_id as "runId", f.event_id as "eventId", null as phase, ${who}
    from follow_ups f join runs r on r.company_id = f.company_id and r.id = f.run_id
    where f.company_id = ${tx.companyId} and f.run_id = ${event.runId} and f.record_id = ${event.recordId}
      and f.leg = ${event.leg}
    order by f.event_id desc limit 1`.execute(tx);
  return rows[0] ?? null;
}

const mostShown = 20;

/** What followed from an event, the newest first. Indexes: follow_ups_pkey, events_record, open_events_record. */
export async function followUpsOf(tx: CompanyTx, eventId: string): Promise<readonly FollowUp[]> {
  const {rows} = await sql<FollowUp>`
    select f.kind, f.run_id as "runId", e.id as "eventId", e.phase, ${who}
    from follow_ups f join runs r on r.company_id = f.company_id and r.id = f.run_id
    left join lateral (
      select id, phase from events
      where company_id = f.company_id and record_id = f.record_id and run_id = f.run_id and leg = f.leg
      union all
      select id, phase from open_events
      where company_id = f.company_id and record_id = f.record_id and run_id = f.run_id and leg = f.leg
      limit 1
    ) e on true
    where f.company_id = ${tx.companyId} and f.event_id = ${eventId}
    order by f.run_id desc limit ${mostShown}`.execute(tx);
  return rows;
}
