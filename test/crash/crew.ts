// Worker processes of one company and what must be true however they end: every eligible person is in the destination
// exactly once, every event has ended or says what it waits for, the counters are exact, nothing is left claimed.
import assert from 'node:assert/strict';
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import {sql} from 'kysely';
import type {EmbeddedConnection} from '../../src/db/embedded.ts';
import type {JsonObject} from '../../src/std/json.ts';
import {claimsLeft, createdTwice, type Orchard} from '../support/orchard.ts';

export type WorkerSettings = {
  readonly connection: EmbeddedConnection;
  readonly vaultKey: string;
  readonly callTimeoutMs: number;
};

export type Crew = AsyncDisposable & {
  /** Starts one more worker and waits until it works. */
  hire(): Promise<ChildProcess>;
  /** As a power cut would: without a chance to say anything. */
  kill(worker: ChildProcess): Promise<void>;
};

const program = fileURLToPath(new URL('worker.ts', import.meta.url));

export function gatherCrew(world: Orchard, callTimeoutMs = 10_000): Crew {
  const workers = new Set<ChildProcess>();
  const kill: Crew['kill'] = async worker => {
    if (!workers.delete(worker) || worker.exitCode !== null || worker.signalCode !== null) return;
    const gone = once(worker, 'exit');
    worker.kill('SIGKILL');
    await gone;
  };
  return {
    async hire() {
      const settings: WorkerSettings = {...world.shared, callTimeoutMs};
      const worker = spawn(process.execPath, [program, JSON.stringify(settings)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      workers.add(worker);
      const ended = once(worker, 'exit').then(([code, signal]) => {
        // A worker that ends by itself is a finding: nothing that happens to a run may end the process.
        if (workers.has(worker)) throw new Error(`a worker ended by itself: ${code ?? signal}`);
      });
      ended.catch(() => {});
      await Promise.race([once(worker.stdout, 'data'), ended]);
      return worker;
    },
    kill,
    async [Symbol.asyncDispose]() {
      await Promise.all([...workers].map(kill));
    },
  };
}

/** Looks until it is so; fails after `mostMs`. Answers how long that took. */
export async function until(world: Orchard, what: string, isSo: () => boolean, mostMs = 30_000): Promise<number> {
  const startedMs = performance.now();
  while (!isSo()) {
    if (performance.now() - startedMs > mostMs) throw new Error(`not within ${mostMs} ms: ${what}`);
    await world.hub.clock.wait(2);
  }
  return performance.now() - startedMs;
}

/** What must be true of a run that is over. */
export async function assertWhole(world: Orchard, runIds: readonly string[], people: number): Promise<void> {
  const {hectre} = world;
  assert.deepEqual(createdTwice(hectre), [], 'created twice');
  const created = new Set(hectre.journal.map(({effect}) => String((effect as JsonObject)['employeeId']))); // employees
  assert.equal(created.size, people, 'everybody who is eligible, and nobody else');
  for (const runId of runIds) {
    const {rows} = await world.within(tx =>
      sql<{wrong: string}>`
        with said as (
          select phase, status, reason_code from events where company_id = ${world.companyId} and run_id = ${runId}
          union all
          select phase, status, reason_code from open_events where company_id = ${world.companyId} and run_id = ${runId}
        ), counted as (
          select count(*) as total, count(*) filter (where status = 201) as created,
            count(*) filter (where status = 204) as unchanged, count(*) filter (where phase = 'held') as held,
            count(*) filter (where phase in ('queued', 'in_progress')) as open,
            count(*) filter (where phase = 'error') as errors, count(*) filter (where reason_code is null) as silent
          from said
        )
        select concat_ws(', ', case when r.status <> 'complete' then 'run ' || r.status end,
          case when c.open > 0 then c.open || ' open' end, case when c.errors > 0 then c.errors || ' in error' end,
          case when c.silent > 0 then c.silent || ' without a reason' end,
          case when (r.total, r.created, r.held) is distinct from (c.total::int, c.created::int, c.held::int)
            then 'counters ' || row (r.total, r.created, r.held)::text || ' of ' || row (c.total, c.created, c.held)::text end) as wrong
        from runs r, counted c where r.company_id = ${world.companyId} and r.id = ${runId}`.execute(tx),
    );
    assert.equal(rows[0]?.wrong, '', runId);
  }
  assert.equal(await claimsLeft(world), 0, 'claims left');
}
