// Open runs that nobody works on, of all companies: what the watchdog looks at. Owner's work.
import {sql} from 'kysely';
import type {Tx} from '../db/transaction.ts';

export type IdleRun = {
  readonly companyId: string;
  readonly runId: string;
  /** What keeps the connection that it waits for from being used; null where it waits for none. */
  readonly connectionReason: string | null;
};

/** Index: runs_open. A run that waits its turn behind another of its sync is not idle. */
export async function idleRuns(tx: Tx): Promise<readonly IdleRun[]> {
  const {rows} = await sql<IdleRun>`
    select r.company_id as "companyId", r.id as "runId", (
      select c.reason_code from syncs s join connections c on c.company_id = s.company_id
        and c.id in (s.source_connection_id, s.destination_connection_id) and c.status <> 'connected'
      where r.status = 'waiting' and r.reason_code = 'run.waits_connection' and s.company_id = r.company_id
        and s.id = r.sync_id limit 1) as "connectionReason"
    from runs r
    where r.status in ('queued', 'running', 'waiting') and (r.lease is null or r.lease_until < clock_timestamp())
      and not (r.status = 'queued' and r.save and exists (
        select from runs other where other.company_id = r.company_id and other.sync_id = r.sync_id and other.save
          and other.status in ('running', 'waiting', 'held')))
    order by r.id limit 1000`.execute(tx);
  return rows;
}
