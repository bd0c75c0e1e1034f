// Pages of events. Each table gives its own first rows and only those are put together, so a page reads as many rows as
// it shows, however long the history is (B4 of the stack notes: under 5 ms in ten million events).
import {type RawBuilder, sql} from 'kysely';
import type {CompanyTx} from '../db/transaction.ts';
import {phases as allPhases, type Phase} from '../model/phase.ts';
import type {Operation} from '../model/resource.ts';
import {idFloor} from '../std/ids.ts';
import {
  allTables,
  type EventRow,
  type EventTable,
  eventColumns,
  joinRecord,
  sharedColumns,
  tablesOf,
} from './event-rows.ts';
import {afterAllIds, beforeAllIds, oneMore, type PageOf, type PageRequest, pageFrom} from './page.ts';
import {findRecordIds} from './record-search.ts';

export type EventFilter = {
  readonly phases?: readonly Phase[] | undefined;
  readonly operation?: Operation | undefined;
  /** Code of an issue, or of the reason of an error. */
  readonly issue?: string | undefined;
  /** Of that issue; reasons are about no field. */
  readonly field?: string | undefined;
  readonly search?: string | undefined;
};

export type RunOfEvents = {
  readonly id: string;
  readonly save: boolean;
  readonly queuedAt: Date;
  readonly finishedAt: Date | null;
};

const mostFound = 200;
const operations: readonly Operation[] = ['show', 'create', 'update', 'link', 'deactivate', 'reactivate'];

/** Events of a run in the order in which they were planned. Children are left out: their parent sums them up. */
export async function runEvents(
  tx: CompanyTx,
  run: RunOfEvents,
  filter: EventFilter,
  page: PageRequest,
): Promise<PageOf<EventRow>> {
  const records = filter.search ? await findRecordIds(tx, filter.search, mostFound) : undefined;
  const of = sql`company_id = ${tx.companyId} and run_id = ${run.id} and parent_id is null
    and id > ${page.cursor ?? beforeAllIds} and id >= ${firstId(run)} and id < ${endId(run)}`;
  const limit = sql`order by id limit ${oneMore(page)}`;
  const branches = tablesOf(run).map(table => {
    if (records) return bySearch(table, of, limit, records, filter, tx, run);
    if (filter.issue !== undefined) return byIssue(table, of, limit, filter, tx, run);
    const cells = filter.phases !== undefined || filter.operation !== undefined || table === 'plan_items';
    if (cells) return byPhase(table, of, limit, filter);
    return sql`(select ${sharedColumns} from ${sql.table(table)} where ${of} ${limit})`;
  });
  const {rows} = await sql<EventRow>`
    select ${eventColumns} from (
      select * from (${sql.join(branches, sql` union all `)}) found ${limit}
    ) e ${joinRecord} order by e.id`.execute(tx);
  return pageFrom(rows, page);
}

/** What happened to a record, newest first, previews aside. Indexes: events_record, open_events_record. */
export async function recordEvents(tx: CompanyTx, recordId: string, page: PageRequest): Promise<PageOf<EventRow>> {
  const limit = sql`order by id desc limit ${oneMore(page)}`;
  const branches = (['events', 'open_events'] as const).map(
    table => sql`(select ${sharedColumns} from ${sql.table(table)}
      where company_id = ${tx.companyId} and record_id = ${recordId} and parent_id is null
        and id < ${page.cursor ?? afterAllIds} ${limit})`,
  );
  const {rows} = await sql<EventRow>`
    select ${eventColumns} from (
      select * from (${sql.join(branches, sql` union all `)}) found ${limit}
    ) e ${joinRecord} order by e.id desc`.execute(tx);
  return pageFrom(rows, page);
}

/** In order of ids; unknown ones are left out. Indexes: the primary keys; of the partitions only those of the ids. */
export async function eventsById(
  tx: CompanyTx,
  ids: readonly string[],
  tables: readonly EventTable[] = allTables,
): Promise<readonly EventRow[]> {
  const branches = tables.map(
    table => sql`(select ${sharedColumns} from ${sql.table(table)}
      where company_id = ${tx.companyId} and id = any(${ids}::text[]))`,
  );
  const {rows} = await sql<EventRow>`
    select ${eventColumns} from (${sql.join(branches, sql` union all `)}) e ${joinRecord} order by e.id`.execute(tx);
  return rows;
}

export async function findEvent(tx: CompanyTx, id: string): Promise<EventRow | undefined> {
  const [event] = await eventsById(tx, [id]);
  return event;
}

type Sql = RawBuilder<unknown>;

/** Indexes: events_run_phase, open_events_run, plan_items_run. One short walk for each phase and operation. */
function byPhase(table: EventTable, of: Sql, limit: Sql, {phases = allPhases, operation}: EventFilter): Sql {
  return sql`(select ${sharedColumns} from unnest(${phases}::text[]) as p (wanted_phase)
    cross join unnest(${operation ? [operation] : operations}::text[]) as o (wanted_operation)
    cross join lateral (
      select ${sharedColumns} from ${sql.table(table)}
      where ${of} and phase = wanted_phase and operation = wanted_operation ${limit}
    ) found ${limit})`;
}

/** Indexes: issues_pkey, then the primary key; for reasons of errors events_run_phase. */
function byIssue(table: EventTable, of: Sql, limit: Sql, filter: EventFilter, tx: CompanyTx, run: RunOfEvents): Sql {
  const withCode = sql`from issues i
    where i.company_id = ${tx.companyId} and i.run_id = ${run.id} and i.code = ${filter.issue} ${onField(filter)}`;
  return sql`(select ${sharedColumns} from (select distinct i.event_id ${withCode} order by i.event_id) i
    cross join lateral (
      select ${sharedColumns} from ${sql.table(table)} where ${of} and id = i.event_id ${also(filter)}
    ) found ${limit})
    union all
    (select ${sharedColumns} from ${sql.table(table)}
    where ${of} and ${isReason(filter)} and phase in ('error', 'held') ${also(filter)}
      and not exists (select ${withCode} and i.event_id = ${sql.table(table)}.id) ${limit})`;
}

/** Indexes: events_record, open_events_record; in previews plan_items_run. */
function bySearch(
  table: EventTable,
  of: Sql,
  limit: Sql,
  records: readonly string[],
  filter: EventFilter,
  tx: CompanyTx,
  run: RunOfEvents,
): Sql {
  const withIssue =
    filter.issue === undefined
      ? sql``
      : sql`and (${isReason(filter)} or exists (select from issues i where i.company_id = ${tx.companyId}
          and i.run_id = ${run.id} and i.code = ${filter.issue} ${onField(filter)} and i.event_id = ${sql.table(table)}.id))`;
  return sql`(select ${sharedColumns} from ${sql.table(table)}
    where ${of} and record_id = any(${records}::text[]) ${also(filter)} ${withIssue} ${limit})`;
}

function onField({field}: EventFilter): Sql {
  return field === undefined ? sql`` : sql`and i.field = ${field}`;
}

function isReason({issue, field}: EventFilter): Sql {
  return field === undefined ? sql`reason_code = ${issue}` : sql`false`;
}

function also({phases, operation}: EventFilter): Sql {
  return sql`${phases ? sql`and phase = any(${phases}::text[])` : sql``} ${operation ? sql`and operation = ${operation}` : sql``}`;
}

// Ids begin with the time, so the run's own times say in which partitions its events can be. An hour is far more than the
// clocks of two processes may differ.
const slackMs = 3_600_000;

function firstId(run: RunOfEvents): string {
  return idFloor('evt', new Date(run.queuedAt.getTime() - slackMs));
}

function endId(run: RunOfEvents): string {
  return run.finishedAt ? idFloor('evt', new Date(run.finishedAt.getTime() + slackMs)) : afterAllIds;
}
