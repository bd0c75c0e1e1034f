// Syncs and their versions. A version is never changed once written: a run names the one that it used, and every value
// of an old event can still say where it came from.
import {sql} from 'kysely';
import type {CompanyTx, Tx} from '../db/transaction.ts';
import type {SyncDefinition} from '../model/leg.ts';

export type SyncRow = {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly definition: SyncDefinition;
  readonly sourceConnectionId: string;
  readonly destinationConnectionId: string;
  readonly createdAt: Date;
};

export type NewSync = {
  readonly id: string;
  readonly name: string;
  readonly sourceConnectionId: string;
  readonly destinationConnectionId: string;
  readonly definition: SyncDefinition;
  readonly createdBy: string;
};

/** The sync with its first version. A taken name violates `syncs_name`, an unknown connection a foreign key. */
export async function insertSync(tx: CompanyTx, sync: NewSync): Promise<void> {
  await sql`
    with sync as (
      insert into syncs (company_id, id, name, source_connection_id, destination_connection_id, version)
      values (${tx.companyId}, ${sync.id}, ${sync.name}, ${sync.sourceConnectionId}, ${sync.destinationConnectionId}, 1)
      returning company_id, id, version
    )
    insert into sync_versions (company_id, sync_id, version, definition, created_by)
    select company_id, id, version, ${JSON.stringify(sync.definition)}::json, ${sync.createdBy} from sync`.execute(tx);
}

/** Another definition of the sync, current from now on. */
export async function insertSyncVersion(
  tx: CompanyTx,
  sync: Pick<NewSync, 'id' | 'definition' | 'createdBy'>,
): Promise<void> {
  await sql`
    with sync as (
      update syncs set version = version + 1 where company_id = ${tx.companyId} and id = ${sync.id}
      returning company_id, id, version
    )
    insert into sync_versions (company_id, sync_id, version, definition, created_by)
    select company_id, id, version, ${JSON.stringify(sync.definition)}::json, ${sync.createdBy} from sync`.execute(tx);
}

/** A taken name violates `syncs_name`. */
export async function renameSync(tx: CompanyTx, syncId: string, name: string): Promise<void> {
  await sql`update syncs set name = ${name} where company_id = ${tx.companyId} and id = ${syncId}`.execute(tx);
}

/**
 * False when there is none. Its versions, runs and what still waited go with it; events stay as what they are, history.
 * Only while none of its runs is open.
 */
export async function deleteSync(tx: CompanyTx, syncId: string): Promise<boolean> {
  await sql`
    with waiting as (delete from open_events where company_id = ${tx.companyId} and sync_id = ${syncId} returning id)
    delete from claims using waiting
    where claims.company_id = ${tx.companyId} and claims.event_id = waiting.id`.execute(tx);
  await sql`delete from outcomes where company_id = ${tx.companyId} and sync_id = ${syncId}`.execute(tx);
  await sql`delete from changes where company_id = ${tx.companyId} and sync_id = ${syncId}`.execute(tx);
  const {rows} =
    await sql`delete from syncs where company_id = ${tx.companyId} and id = ${syncId} returning id`.execute(tx);
  return rows.length > 0;
}

/** The sync at that version, or at its current one. */
export async function findSync(tx: CompanyTx, syncId: string, version?: number): Promise<SyncRow | undefined> {
  const {rows} = await sql<SyncRow>`
    select s.id, s.name, v.version, v.definition, s.source_connection_id as "sourceConnectionId",
      s.destination_connection_id as "destinationConnectionId", s.created_at as "createdAt"
    from syncs s
    join sync_versions v on v.company_id = s.company_id and v.sync_id = s.id
      and v.version = ${version === undefined ? sql`s.version` : sql`${version}::int`}
    where s.company_id = ${tx.companyId} and s.id = ${syncId}`.execute(tx);
  return rows[0];
}

/** Waits for others who change this sync, so that two changes make two versions and none is lost, or start a run of it. */
export async function lockSync(tx: CompanyTx, syncId: string): Promise<void> {
  await sql`
    select s.id from syncs s
    join sync_versions v on v.company_id = s.company_id and v.sync_id = s.id and v.version = s.version
    where s.company_id = ${tx.companyId} and s.id = ${syncId} for update of s, v`.execute(tx);
}

/** Whether one of its runs is not over yet. Index: runs_sync. */
export async function hasOpenRun(tx: CompanyTx, syncId: string): Promise<boolean> {
  const {rows} = await sql`
    select 1 from runs where company_id = ${tx.companyId} and sync_id = ${syncId}
      and status in ('queued', 'running', 'waiting', 'held') limit 1`.execute(tx);
  return rows.length > 0;
}

/** As owner: syncs of that id or name in any company, or in the one named. */
export async function findSyncsNamed(
  tx: Tx,
  wanted: string,
  company: string | undefined,
): Promise<readonly {readonly companyId: string; readonly companyName: string; readonly id: string}[]> {
  const {rows} = await sql<{companyId: string; companyName: string; id: string}>`
    select s.company_id as "companyId", c.name as "companyName", s.id from syncs s join companies c on c.id = s.company_id
    where (s.id = ${wanted} or lower(s.name) = lower(${wanted}))
      and ${company === undefined ? sql`true` : sql`lower(c.name) = lower(${company})`}
    order by s.id limit 10`.execute(tx);
  return rows;
}
