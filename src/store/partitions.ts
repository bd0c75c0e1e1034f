// Partitions of history and of previews, made ahead of time and dropped when their time is over. Ids begin with the time
// they were made, so a range of ids is a range of time. Owner's work: the application's role cannot change tables.
import {sql} from 'kysely';
import type {Tx} from '../db/transaction.ts';
import {idFloor} from '../std/ids.ts';

type Span = 'month' | 'week';
const tables: readonly {readonly table: string; readonly span: Span; readonly ahead: number}[] = [
  {table: 'events', span: 'month', ahead: 3},
  {table: 'plan_items', span: 'week', ahead: 6},
];
/** Previews are gone after so many days. */
const planDays = 30;

/** Makes what is missing from now on, and drops previews whose time is over. Answers the names of both. */
export async function keepPartitions(
  tx: Tx,
  now: Date,
): Promise<{readonly made: readonly string[]; readonly dropped: readonly string[]}> {
  await sql`select pg_advisory_xact_lock(hashtextextended('muster partitions', 0))`.execute(tx);
  const {rows} = await sql<{name: string}>`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent in ('events'::regclass, 'plan_items'::regclass)`.execute(tx);
  const present = new Set(rows.map(row => row.name));
  const made: string[] = [];
  for (const {table, span, ahead} of tables) {
    for (let at = 0; at <= ahead; at++) {
      const from = startOf(span, now, at);
      const name = `${table}_${from.toISOString().slice(0, 10).replaceAll('-', '_')}`;
      if (present.has(name)) continue;
      // Attached rather than made as a partition: that would hold up everybody who writes.
      await sql`create table ${sql.table(name)} (like ${sql.table(table)} including defaults including constraints)`.execute(
        tx,
      );
      await sql`alter table ${sql.table(table)} attach partition ${sql.table(name)}
        for values from (${sql.lit(idFloor('evt', from))}) to (${sql.lit(idFloor('evt', startOf(span, now, at + 1)))})`.execute(
        tx,
      );
      made.push(name);
    }
  }
  const oldest = startOf('week', new Date(now.getTime() - (planDays + 7) * 86_400_000), 0)
    .toISOString()
    .slice(0, 10);
  const dropped = [...present].filter(name => name.startsWith('plan_items_') && dateOf(name) < oldest);
  for (const name of dropped) await sql`drop table ${sql.table(name)}`.execute(tx);
  return {made, dropped};
}

function dateOf(name: string): string {
  return name.slice('plan_items_'.length).replaceAll('_', '-');
}

/** The first instant of the month, or of the week from Monday, that holds `at`, moved on by so many. UTC. */
function startOf(span: Span, at: Date, moved: number): Date {
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  if (span === 'month') return new Date(Date.UTC(year, month + moved, 1));
  const sinceMonday = (at.getUTCDay() + 6) % 7;
  return new Date(Date.UTC(year, month, day - sinceMonday + 7 * moved));
}
