// Waiting for runs and reading what became of them.
import {sql} from 'kysely';
import {isError} from '../../src/errors.ts';
import type {RunStatus} from '../../src/model/run.ts';
import type {TestHub} from './hub.ts';

export type RunSeen = {
  readonly status: RunStatus;
  readonly reasonCode: string | null;
  readonly total: number;
  readonly created: number;
  readonly updated: number;
  readonly deactivated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly held: number;
  readonly failures: number;
  readonly errors: number;
  readonly warnings: number;
};

export async function runSeen(world: TestHub, runId: string): Promise<RunSeen> {
  const {rows} = await world.within(tx =>
    sql<RunSeen>`select status, reason_code as "reasonCode", total, created, updated, deactivated, unchanged, skipped, held, failures, errors, warnings
      from runs where company_id = ${world.companyId} and id = ${runId}`.execute(tx),
  );
  const [run] = rows;
  if (!run) throw new Error('no such run');
  return run;
}

/** Looks until the run is as wanted; a run that is over otherwise, or `mostMs`, fails the test. */
export async function runUntil(
  world: TestHub,
  runId: string,
  wanted: (run: RunSeen) => boolean,
  mostMs = 60_000,
): Promise<RunSeen> {
  const deadline = performance.now() + mostMs;
  for (;;) {
    const run = await runSeen(world, runId).catch(unlessBusy);
    if (run && wanted(run)) return run;
    const over = run && ['complete', 'failed', 'cancelled'].includes(run.status);
    if (over || performance.now() > deadline) throw new Error(`the run is ${JSON.stringify(run)}`);
    await world.hub.clock.wait(20);
  }
}

/** Where a test cuts sessions its own may be cut too: then there is nothing to see for a moment. */
export function unlessBusy(error: unknown): undefined {
  if (!isError(error, 'database.busy')) throw error;
}

export function runOver(world: TestHub, runId: string, mostMs?: number): Promise<RunSeen> {
  return runUntil(world, runId, run => ['complete', 'failed', 'cancelled'].includes(run.status), mostMs);
}

/** Each event of a run in a line, by external id. */
export async function runEvents(world: TestHub, runId: string): Promise<{readonly [externalId: string]: string}> {
  const {rows} = await world.within(tx =>
    sql<{externalId: string; said: string}>`
      select external_id as "externalId", concat_ws(' ', phase, status::text, reason_code) as said from (
        select external_id, phase, status, reason_code from events where company_id = ${world.companyId} and run_id = ${runId}
        union all select external_id, phase, status, reason_code from plan_items where company_id = ${world.companyId} and run_id = ${runId}
        union all select external_id, phase, status, reason_code from open_events where company_id = ${world.companyId} and run_id = ${runId}
      ) e order by external_id`.execute(tx),
  );
  return Object.fromEntries(rows.map(row => [row.externalId, row.said]));
}
