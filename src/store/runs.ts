// Statements on runs. A run that is changed by its worker is changed under that worker's lease, so a worker that was
// taken for dead and comes back changes nothing.
import {sql} from 'kysely';
import {jsonText} from '../db/text.ts';
import type {CompanyTx} from '../db/transaction.ts';
import type {MessageParams} from '../messages/text.ts';
import type {RunCounts, RunStage, RunStatus} from '../model/run.ts';
import type {Json} from '../std/json.ts';

export type RunInputs = {
  /** Record ids, or ids in the source; left out, everybody. */
  readonly only?: readonly string[];
  /** Whoever changed since, and nobody else. */
  readonly changes?: boolean;
  /** The preview whose plan is applied: nothing but what it showed. */
  readonly plan?: string;
  readonly [name: string]: Json | undefined;
};

/** Where reading and planning go on after a crash. */
export type RunResume = {
  readonly read?: Json;
  readonly chunk?: number;
  readonly plan?: string;
  /** How often the stage has failed since it last moved on. */
  readonly tries?: number;
};

export type RunRow = {
  readonly id: string;
  readonly syncId: string;
  readonly syncVersion: number;
  readonly save: boolean;
  readonly inputs: RunInputs;
  readonly today: string;
  readonly status: RunStatus;
  readonly stage: RunStage;
  readonly resume: RunResume | null;
  readonly lease: string | null;
  readonly cancelRequestedBy: string | null;
  readonly total: number;
  readonly failures: number;
};

export type NewRun = {
  readonly id: string;
  readonly syncId: string;
  readonly save: boolean;
  readonly inputs: RunInputs;
  readonly startedBy: string;
  /** Left out, the sync's current one. */
  readonly syncVersion?: number | undefined;
  /** `deliver`: what it is to send is there already, decided by a person. */
  readonly stage?: 'read' | 'deliver' | undefined;
  /** Of which schedule it is, and for which of its slots; one that has its run already violates `runs_slot`. */
  readonly slot?: {readonly scheduleId: string; readonly at: Date};
};

/** A queued run; its `today` is the company's. False when there is no such sync. */
export async function insertRun(tx: CompanyTx, run: NewRun): Promise<boolean> {
  const {rows} = await sql`
    insert into runs (company_id, id, sync_id, sync_version, save, inputs, today, started_by, status, stage,
      schedule_id, slot_at)
    select s.company_id, ${run.id}, s.id, coalesce(${run.syncVersion ?? null}::int, s.version), ${run.save},
      ${jsonText(run.inputs)}::json, (now() at time zone c.zone)::date, ${run.startedBy}, 'queued', ${run.stage ?? 'read'},
      ${run.slot?.scheduleId ?? null}, ${run.slot?.at ?? null}::timestamptz
    from syncs s join companies c on c.id = s.company_id
    where s.company_id = ${tx.companyId} and s.id = ${run.syncId}
    returning id`.execute(tx);
  return rows.length > 0;
}

export async function findRun(tx: CompanyTx, runId: string): Promise<RunRow | undefined> {
  const {rows} = await sql<RunRow>`
    select id, sync_id as "syncId", sync_version as "syncVersion", save, inputs, today, status, stage, resume, lease,
      cancel_requested_by as "cancelRequestedBy", total, failures
    from runs where company_id = ${tx.companyId} and id = ${runId}`.execute(tx);
  return rows[0];
}

/** A worker that has not renewed its lease for so long is taken for dead. */
const leaseSeconds = 12;

/**
 * Whoever starts, cancels or ends a run takes its sync's row first, so that none of them can miss another. Before any
 * row of the run itself: in the other order two of them would wait for each other.
 */
export async function takeSyncOf(tx: CompanyTx, runId: string): Promise<void> {
  await sql`
    select s.id from syncs s join runs r on r.company_id = s.company_id and r.sync_id = s.id
    where r.company_id = ${tx.companyId} and r.id = ${runId} for update of s`.execute(tx);
}

export type Leased =
  | {readonly kind: 'mine'}
  /** A living worker has it, for so long at least. */
  | {readonly kind: 'busy'; readonly seconds: number}
  /** Another run with save of the same sync is at work; this one stays queued until that ends. */
  | {readonly kind: 'behind'}
  /** Nothing left to do. */
  | {readonly kind: 'over'};

/** Gives an open run to a worker and makes it running. */
export async function leaseRun(tx: CompanyTx, runId: string, lease: string): Promise<Leased> {
  await takeSyncOf(tx, runId);
  // Locked before it is judged: a lease that is being renewed at this moment must not be taken for run out.
  const {rows} = await sql<{leased: boolean; open: boolean; behind: boolean; seconds: number}>`
    with candidate as (
      select id, lease is not null and lease_until > clock_timestamp() as busy,
        extract(epoch from lease_until - clock_timestamp())::float8 as seconds,
        save and exists (
          select from runs other where other.company_id = runs.company_id and other.sync_id = runs.sync_id
            and other.id <> runs.id and other.save and other.status in ('running', 'waiting', 'held')) as behind
      from runs
      where company_id = ${tx.companyId} and id = ${runId} and status in ('queued', 'running', 'waiting') for update
    ), leased as (
      update runs set lease = ${lease}, lease_until = now() + make_interval(secs => ${leaseSeconds}), status = 'running',
        reason_code = null, reason_params = null, started_at = coalesce(started_at, now())
      from candidate
      where runs.company_id = ${tx.companyId} and runs.id = candidate.id and not candidate.busy and not candidate.behind
      returning runs.id
    )
    select exists (select from leased) as leased, exists (select from candidate) as open,
      exists (select from candidate where behind) as behind,
      coalesce((select seconds from candidate), 0) as seconds`.execute(tx);
  const [row] = rows;
  if (!row?.open) return {kind: 'over'};
  if (row.leased) return {kind: 'mine'};
  return row.behind ? {kind: 'behind'} : {kind: 'busy', seconds: row.seconds};
}

/** Renews a lease; false when the run is no longer this worker's. */
export async function renewLease(tx: CompanyTx, runId: string, lease: string): Promise<boolean> {
  const {rows} = await sql`
    /* kept renew_lease */
    update runs set lease_until = now() + make_interval(secs => ${leaseSeconds})
    where company_id = ${tx.companyId} and id = ${runId} and lease = ${lease} returning id`.execute(tx);
  return rows.length > 0;
}

/** Gives a run back, for any worker to go on. */
export async function releaseLease(tx: CompanyTx, runId: string, lease: string): Promise<void> {
  await sql`
    update runs set lease = null, lease_until = null
    where company_id = ${tx.companyId} and id = ${runId} and lease = ${lease}`.execute(tx);
}

/** Still this worker's? Also says whether somebody asked for the end. */
export async function checkLease(tx: CompanyTx, runId: string, lease: string): Promise<'mine' | 'cancelled' | 'lost'> {
  const {rows} = await sql<{cancelled: boolean}>`
    /* kept check_lease */
    select cancel_requested_by is not null as cancelled from runs
    where company_id = ${tx.companyId} and id = ${runId} and lease = ${lease} and status = 'running'`.execute(tx);
  const [row] = rows;
  if (!row) return 'lost';
  return row.cancelled ? 'cancelled' : 'mine';
}

export type Progress = {readonly stage: RunStage; readonly resume: RunResume; readonly add: Partial<RunCounts>};

/** Moves a run on, with the pages that it has done. Unless the answer is `mine`, what the transaction did must not stay. */
export async function saveProgress(
  tx: CompanyTx,
  runId: string,
  lease: string,
  progress: Progress,
): Promise<'mine' | 'cancelled' | 'lost'> {
  const {rows} = await sql<{cancelled: boolean}>`
    update runs set stage = ${progress.stage}, resume = ${jsonText(progress.resume)}::json, ${added(progress.add)}
    where company_id = ${tx.companyId} and id = ${runId} and lease = ${lease} and status = 'running'
    returning cancel_requested_by is not null as cancelled`.execute(tx);
  const [row] = rows;
  if (!row) return 'lost';
  return row.cancelled ? 'cancelled' : 'mine';
}

/** Adds to the counters under a lease and renews it; false when it was lost. */
export async function addTotalsUnder(
  tx: CompanyTx,
  runId: string,
  lease: string,
  add: Partial<RunCounts>,
): Promise<boolean> {
  const {rows} = await sql`
    /* kept add_totals_under */
    update runs set lease_until = now() + make_interval(secs => ${leaseSeconds}), ${added(add)}
    where company_id = ${tx.companyId} and id = ${runId} and lease = ${lease} returning id`.execute(tx);
  return rows.length > 0;
}

/** Adds to the counters. */
export async function addTotals(tx: CompanyTx, runId: string, add: Partial<RunCounts>): Promise<void> {
  await sql`update runs set ${added(add)} where company_id = ${tx.companyId} and id = ${runId}`.execute(tx);
}

function added(add: Partial<RunCounts>) {
  const n = (value: number | undefined) => sql`${value ?? 0}::int`;
  return sql`total = total + ${n(add.total)}, created = created + ${n(add.created)}, updated = updated + ${n(add.updated)},
    linked = linked + ${n(add.linked)}, deactivated = deactivated + ${n(add.deactivated)},
    unchanged = unchanged + ${n(add.unchanged)}, skipped = skipped + ${n(add.skipped)}, held = held + ${n(add.held)},
    failures = failures + ${n(add.failures)}, errors = errors + ${n(add.errors)}, warnings = warnings + ${n(add.warnings)},
    infos = infos + ${n(add.infos)}, repeated = repeated + ${n(add.repeated)}`;
}

/** Counts one more failure of the stage that the run is in; progress sets it back. */
export async function countTry(tx: CompanyTx, runId: string): Promise<number> {
  const {rows} = await sql<{tries: number}>`
    update runs set resume = (coalesce(resume, '{}')::jsonb
      || jsonb_build_object('tries', coalesce((resume ->> 'tries')::int, 0) + 1))::json
    where company_id = ${tx.companyId} and id = ${runId} returning (resume ->> 'tries')::int as tries`.execute(tx);
  return rows[0]?.tries ?? 1;
}

/** Says what a run waits for and gives it back; whoever ends the wait enqueues it again. False when the lease was lost. */
export async function setWaiting(
  tx: CompanyTx,
  runId: string,
  lease: string,
  reason: {readonly code: string; readonly params: MessageParams},
): Promise<boolean> {
  const {rows} = await sql`
    update runs set status = 'waiting', lease = null, lease_until = null, reason_code = ${reason.code}, reason_params = ${jsonText(reason.params)}::json
    where company_id = ${tx.companyId} and id = ${runId} and lease = ${lease} and status = 'running' returning id`.execute(
    tx,
  );
  return rows.length > 0;
}

/** Holds a run whose whole plan is written, until a person lets it go on. False when the lease was lost. */
export async function holdRun(
  tx: CompanyTx,
  runId: string,
  lease: string,
  reason: {readonly code: string; readonly params: MessageParams},
): Promise<boolean> {
  const {rows} = await sql`
    update runs set status = 'held', stage = 'deliver', resume = '{}', lease = null, lease_until = null,
      reason_code = ${reason.code}, reason_params = ${jsonText(reason.params)}::json
    where company_id = ${tx.companyId} and id = ${runId} and lease = ${lease} and status = 'running' returning id`.execute(
    tx,
  );
  return rows.length > 0;
}

/** Lets a held run go on; false when it is not held. After `takeSyncOf`. */
export async function releaseHeld(tx: CompanyTx, runId: string): Promise<boolean> {
  const {rows} = await sql`
    update runs set status = 'running', reason_code = null, reason_params = null
    where company_id = ${tx.companyId} and id = ${runId} and status = 'held' returning id`.execute(tx);
  return rows.length > 0;
}

export type RunEnd = {
  readonly status: 'complete' | 'failed' | 'cancelled';
  readonly reason?: {readonly code: string; readonly params: MessageParams};
};

/**
 * Ends an open run and answers the next queued one of its sync, if there is one. Undefined when the run was over already.
 * After `takeSyncOf`.
 */
export async function endRun(
  tx: CompanyTx,
  runId: string,
  end: RunEnd,
): Promise<{readonly next: string | null} | undefined> {
  const {rows} = await sql<{syncId: string}>`
    update runs set status = ${end.status}, stage = 'done', finished_at = now(), lease = null, lease_until = null,
      reason_code = ${end.reason?.code ?? null}, reason_params = ${end.reason ? jsonText(end.reason.params) : null}::json
    where company_id = ${tx.companyId} and id = ${runId} and status in ('queued', 'running', 'waiting', 'held')
    returning sync_id as "syncId"`.execute(tx);
  const [ended] = rows;
  if (!ended) return undefined;
  await sql`delete from run_seen where company_id = ${tx.companyId} and reading = ${runId}`.execute(tx);
  await sql`delete from plan_keys where company_id = ${tx.companyId} and run_id = ${runId}`.execute(tx);
  const next = await sql<{id: string}>`
    select id from runs where company_id = ${tx.companyId} and sync_id = ${ended.syncId} and save and status = 'queued'
    order by id limit 1`.execute(tx);
  return {next: next.rows[0]?.id ?? null};
}

/**
 * Asks for the end of an open run; undefined when it is over. The first who asks is remembered. `leased`: a worker has it.
 * After `takeSyncOf`.
 */
export async function requestCancel(
  tx: CompanyTx,
  runId: string,
  who: string,
): Promise<{readonly leased: boolean} | undefined> {
  const {rows} = await sql<{leased: boolean}>`
    update runs set cancel_requested_by = coalesce(cancel_requested_by, ${who})
    where company_id = ${tx.companyId} and id = ${runId} and status in ('queued', 'running', 'waiting', 'held')
    returning lease is not null as leased`.execute(tx);
  return rows[0];
}

/** Runs that wait for this connection. */
export async function runsWaitingFor(tx: CompanyTx, connectionId: string): Promise<readonly string[]> {
  const {rows} = await sql<{id: string}>`
    select r.id from runs r join syncs s on s.company_id = r.company_id and s.id = r.sync_id
    where r.company_id = ${tx.companyId} and r.status = 'waiting'
      and ${connectionId} in (s.source_connection_id, s.destination_connection_id)`.execute(tx);
  return rows.map(row => row.id);
}
