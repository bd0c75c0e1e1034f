// What a plan would do as a whole, and what is usual: what safeguards look at.
import {sql} from 'kysely';
import type {CompanyTx} from '../db/transaction.ts';
import type {PlanFacts} from '../model/safeguard.ts';
import type {PlanScope} from './planning.ts';

export type Planned = Pick<PlanFacts, 'deactivations' | 'creations'>;

/** What the plan would do. Indexes: open_events_run, plan_items_run. */
export async function plannedChanges(tx: CompanyTx, scope: PlanScope, save: boolean): Promise<Planned> {
  const planned = save ? sql`open_events` : sql`plan_items`;
  const sent = save ? sql`phase = 'queued'` : sql`phase = 'complete' and status = 100`;
  const {rows} = await sql<Planned>`
    select count(*) filter (where operation = 'deactivate') as deactivations,
      count(*) filter (where operation = 'create') as creations
    from ${planned} where company_id = ${tx.companyId} and run_id = ${scope.runId} and ${sent}`.execute(tx);
  return rows[0] ?? {deactivations: 0, creations: 0};
}

/** What is usual for the sync. It counts all links, so it is asked only of a plan that may be over. Index: runs_sync. */
export async function usualChanges(tx: CompanyTx, scope: PlanScope): Promise<Omit<PlanFacts, keyof Planned>> {
  const {rows} = await sql<Omit<PlanFacts, keyof Planned>>`
    select
      (select count(*) from links l join records r on r.company_id = l.company_id and r.id = l.record_id
        where l.company_id = ${tx.companyId} and l.connection_id = ${scope.destinationConnectionId}
          and l.resource = ${scope.destinationResource} and l.inactive_at is null
          and r.connection_id = ${scope.sourceConnectionId} and r.resource = ${scope.sourceResource}) as linked,
      coalesce((select json_agg(created) from (
        select created from runs where company_id = ${tx.companyId} and sync_id = ${scope.syncId} and save and created > 0
          and id <> ${scope.runId} order by id desc limit 10) usual), '[]') as "createdBefore"`.execute(tx);
  return rows[0] ?? {linked: 0, createdBefore: []};
}
