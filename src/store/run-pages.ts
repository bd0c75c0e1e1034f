// Runs as people read them: with the name of their sync and all counters.
import {type RawBuilder, sql} from 'kysely';
import type {CompanyTx} from '../db/transaction.ts';
import type {MessageParams} from '../messages/text.ts';
import type {RunCounts, RunStage, RunStatus} from '../model/run.ts';
import {afterAllIds, oneMore, type PageOf, type PageRequest, pageFrom} from './page.ts';

export type ShownRun = RunCounts & {
  readonly id: string;
  readonly syncId: string;
  readonly syncName: string;
  readonly syncVersion: number;
  readonly save: boolean;
  readonly status: RunStatus;
  readonly stage: RunStage;
  readonly reasonCode: string | null;
  readonly reasonParams: MessageParams | null;
  readonly queuedAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly durationMs: number | null;
  /** By name; as it is where that is no id: `demo`, `command line`. */
  readonly startedBy: string;
  /** By name: who asked for its end. */
  readonly cancelledBy: string | null;
  /** The last run with save before this one, where records are repeated from it. */
  readonly beforeId: string | null;
  readonly beforeAt: Date | null;
  /** The run of the same sync that it queues behind. */
  readonly behindId: string | null;
  /** Of a retry or a decision: the run whose events it goes on with. */
  readonly follows: {readonly runId: string; readonly kind: 'retry' | 'decision'} | null;
  /** Events of this run that are not final yet; none while it still reads and plans. */
  readonly pending: number;
};

export type RunFilter = {readonly syncId?: string | undefined; readonly status?: RunStatus | undefined};

// Whoever acts is a member, an API key or a word. Indexes: members_company_id_user_id_key, api_keys_pkey.
export const nameOf = (who: RawBuilder<unknown>) => sql`coalesce(
  (select m.name from members m where m.company_id = r.company_id and m.user_id = ${who}),
  (select k.name from api_keys k where k.company_id = r.company_id and k.id = ${who}), ${who})`;

// Indexes: runs_one_active, follow_ups_run. How long it took is reckoned by the database's clock, as is everything that several processes compare.
const columns = sql`r.id, r.sync_id as "syncId", s.name as "syncName", r.sync_version as "syncVersion", r.save, r.status,
  r.stage, r.reason_code as "reasonCode", r.reason_params as "reasonParams", r.queued_at as "queuedAt",
  r.started_at as "startedAt", r.finished_at as "finishedAt",
  ${nameOf(sql`r.started_by`)} as "startedBy", ${nameOf(sql`r.cancel_requested_by`)} as "cancelledBy",
  (extract(epoch from coalesce(r.finished_at, now()) - r.started_at) * 1000)::int as "durationMs",
  r.total, r.created, r.updated, r.linked, r.deactivated, r.unchanged, r.skipped, r.held, r.failures, r.errors,
  r.warnings, r.infos, r.repeated, before.id as "beforeId", before.started_at as "beforeAt",
  case when r.status = 'queued' and r.save then (
    select id from runs other where other.company_id = r.company_id and other.sync_id = r.sync_id and other.save
      and other.status in ('running', 'waiting', 'held') limit 1) end as "behindId",
  (select json_build_object('runId', f.event_run_id, 'kind', f.kind) from follow_ups f
    where f.company_id = r.company_id and f.run_id = r.id limit 1) as follows,
  case when r.finished_at is not null then 0 else (
    select count(*) from open_events e where e.company_id = r.company_id and e.run_id = r.id
      and e.phase in ('queued', 'in_progress')) end as pending`;

// Index for the run before: runs_sync, and only where records are to be looked for there.
const shown = sql`runs r join syncs s on s.company_id = r.company_id and s.id = r.sync_id
  left join lateral (
    select id, started_at from runs
    where company_id = r.company_id and sync_id = r.sync_id and save and started_at is not null and id < r.id and r.repeated > 0
    order by id desc limit 1
  ) before on true`;

/** Newest first. Index: runs_sync where a sync is named, else runs_pkey. */
export async function runPage(tx: CompanyTx, filter: RunFilter, page: PageRequest): Promise<PageOf<ShownRun>> {
  const {rows} = await sql<ShownRun>`
    select ${columns} from ${shown}
    where r.company_id = ${tx.companyId} and r.id < ${page.cursor ?? afterAllIds}
      ${filter.syncId === undefined ? sql`` : sql`and r.sync_id = ${filter.syncId}`}
      ${filter.status === undefined ? sql`` : sql`and r.status = ${filter.status}`}
    order by r.id desc limit ${oneMore(page)}`.execute(tx);
  return pageFrom(rows, page);
}

/** In no order; unknown ids are left out. Index: runs_pkey. */
export async function runsById(tx: CompanyTx, ids: readonly string[]): Promise<readonly ShownRun[]> {
  const {rows} = await sql<ShownRun>`
    select ${columns} from ${shown}
    where r.company_id = ${tx.companyId} and r.id = any(${ids}::text[])`.execute(tx);
  return rows;
}

export async function findShownRun(tx: CompanyTx, id: string): Promise<ShownRun | undefined> {
  const [run] = await runsById(tx, [id]);
  return run;
}

/** The newest run of each of these syncs. Index: runs_sync, once a sync. */
export async function lastRuns(tx: CompanyTx, syncIds: readonly string[]): Promise<readonly ShownRun[]> {
  const {rows} = await sql<{id: string}>`
    select last.id from unnest(${syncIds}::text[]) as wanted (sync_id) cross join lateral (
      select id from runs where company_id = ${tx.companyId} and sync_id = wanted.sync_id order by id desc limit 1
    ) last`.execute(tx);
  return runsById(
    tx,
    rows.map(row => row.id),
  );
}
