// What went wrong in a run, by cause: the same problem of five hundred people is one line with the number 500.
import {sql} from 'kysely';
import type {CompanyTx} from '../db/transaction.ts';
import type {IssueLevel} from '../model/issue.ts';
import {tablesOf} from './event-rows.ts';

export type ProblemRow = {
  readonly code: string;
  readonly level: IssueLevel;
  readonly field: string | null;
  readonly events: number;
  /** Those of them that ended in error. */
  readonly failed: number;
  /** One of the events that have it, for its words. */
  readonly sampleId: string;
};

const most = 200;

/**
 * Issues, and reasons of errors that are no issue; the most frequent first. `event.invalid` only sums up an event's
 * issues and would count everything twice. Indexes: issues_pkey, events_run_phase, open_events_run, plan_items_run.
 */
export async function runProblems(
  tx: CompanyTx,
  run: {readonly id: string; readonly save: boolean},
): Promise<readonly ProblemRow[]> {
  const reasons = tablesOf(run).map(
    table => sql`select reason_code as code, 'error' as level, null as field, count(*) as events,
        count(*) filter (where phase = 'error') as failed, min(id) as "sampleId"
      from ${sql.table(table)}
      where company_id = ${tx.companyId} and run_id = ${run.id} and phase in ('error', 'held')
        and reason_code is not null and reason_code <> 'event.invalid'
      group by reason_code`,
  );
  const {rows} = await sql<ProblemRow>`
    with causes as (
      select code, level, nullif(field, '') as field, count(distinct event_id) as events,
        count(distinct event_id) filter (where level = 'error') as failed, min(event_id) as "sampleId"
      from issues where company_id = ${tx.companyId} and run_id = ${run.id}
      group by code, level, field
      union all ${sql.join(reasons, sql` union all `)}
    )
    select code, level, field, sum(events)::int as events, sum(failed)::int as failed, min("sampleId") as "sampleId" from causes
    group by code, level, field order by events desc, code, field limit ${most}`.execute(tx);
  return rows;
}
