// Records that changed and are to be sent at once by the syncs that ask for it. A row is there from the save that changed the
// record until a plan has decided about it, so a crash between the two loses nothing.
import {sql} from 'kysely';
import type {CompanyTx} from '../db/transaction.ts';

export type SyncOnChange = {readonly id: string; readonly sourceResource: string};

/** Syncs from this connection that send on change; their rows are locked, as by whoever starts or ends a run. Index: syncs_source. */
export async function lockSyncsOnChange(tx: CompanyTx, connectionId: string): Promise<readonly SyncOnChange[]> {
  const {rows} = await sql<SyncOnChange>`
    select s.id, v.definition ->> 'sourceResource' as "sourceResource"
    from syncs s join sync_versions v on v.company_id = s.company_id and v.sync_id = s.id and v.version = s.version
    where s.company_id = ${tx.companyId} and s.source_connection_id = ${connectionId}
      and (v.definition ->> 'onChange')::boolean
    order by s.id for update of s`.execute(tx);
  return rows;
}

/** Of these records, those of the sync's resource. Answers how many. Index: records_pkey. */
export async function addChanges(
  tx: CompanyTx,
  sync: SyncOnChange,
  connectionId: string,
  recordIds: readonly string[],
): Promise<number> {
  const {rows} = await sql`
    insert into changes (company_id, sync_id, record_id)
    select r.company_id, ${sync.id}, r.id from records r
    where r.company_id = ${tx.companyId} and r.connection_id = ${connectionId} and r.resource = ${sync.sourceResource}
      and r.id = any(${recordIds}::text[])
    on conflict (company_id, sync_id, record_id) do update set at = clock_timestamp()
    returning record_id`.execute(tx);
  return rows.length;
}

/** A run of the sync's changes that nobody has begun: it will see those of now too. Index: runs_open. */
export async function hasQueuedChangeRun(tx: CompanyTx, syncId: string): Promise<boolean> {
  const {rows} = await sql`
    select from runs where company_id = ${tx.companyId} and sync_id = ${syncId} and status = 'queued'
      and inputs ->> 'changes' = 'true' limit 1`.execute(tx);
  return rows.length > 0;
}

export type Change = {readonly recordId: string; readonly at: string};

/** The next that are to be decided about. */
export async function changePage(tx: CompanyTx, syncId: string, limit: number): Promise<readonly Change[]> {
  const {rows} = await sql<Change>`
    select record_id as "recordId", at::text from changes where company_id = ${tx.companyId} and sync_id = ${syncId}
    order by record_id limit ${limit}`.execute(tx);
  return rows;
}

export async function countChanges(tx: CompanyTx, syncId: string): Promise<number> {
  const {rows} = await sql<{count: number}>`
    select count(*) from changes where company_id = ${tx.companyId} and sync_id = ${syncId}`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** Decided about; one that has changed again since it was read stays. */
export async function removeChanges(tx: CompanyTx, syncId: string, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  await sql`
    delete from changes c using unnest(${changes.map(one => one.recordId)}::text[],
      ${changes.map(one => one.at)}::timestamptz[]) as decided (record_id, at)
    where c.company_id = ${tx.companyId} and c.sync_id = ${syncId} and c.record_id = decided.record_id
      and c.at = decided.at`.execute(tx);
}
