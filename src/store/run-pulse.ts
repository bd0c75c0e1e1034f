// What moves in a run right now: the question that a live page asks several times a second.
import {sql} from 'kysely';
import type {CompanyTx} from '../db/transaction.ts';
import {tablesOf} from './event-rows.ts';

export type Pulse = {
  /** Ids of final events beyond the last one seen, the newest first and at most `most`. */
  readonly finished: readonly string[];
  /** Ids of the first events that wait or are on their way. */
  readonly open: readonly string[];
};

/**
 * One statement, so one moment: no event is missed because it ended in between. Indexes: events_run, open_events_run;
 * plan_items_pkey, whose newest items are the run's while it goes on.
 */
export async function runPulse(
  tx: CompanyTx,
  run: {readonly id: string; readonly save: boolean},
  last: string,
  most: number,
): Promise<Pulse> {
  const [final = 'events', open] = tablesOf(run);
  const stillOpen = open
    ? sql`select id from ${sql.table(open)}
        where company_id = ${tx.companyId} and run_id = ${run.id} and phase in ('queued', 'in_progress')
        order by id limit ${most}`
    : sql`select null::text where false`;
  const {rows} = await sql<Pulse>`
    select array(
        select id from ${sql.table(final)}
        where company_id = ${tx.companyId} and run_id = ${run.id} and parent_id is null and id > ${last}
        order by id desc limit ${most}
      ) as finished,
      array(${stillOpen}) as open`.execute(tx);
  return rows[0] ?? {finished: [], open: []};
}
