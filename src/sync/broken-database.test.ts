// The database goes away in the middle of a run, again and again: what was sent is known or looked up, nobody is sent
// twice, the counters stay exact, and the process lives.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {sql} from 'kysely';
import {applicants, claimsLeft, createdTwice, openOrchard, tally} from '../../test/support/orchard.ts';
import {runOver, unlessBusy} from '../../test/support/runs.ts';
import {asOwner} from '../db/transaction.ts';

test('sessions that are cut during a run lose and repeat nothing', async () => {
  await using world = await openOrchard({latencyMs: 8, searchLagMs: [0, 3000]});
  const {hub, hectre} = world;
  await world.push(applicants(250));
  const other = await world.sync(world.hectreId, 'employee');
  const runs = [await world.start(), await world.start({sync: other})];
  for (let effects = 20; effects <= 200; effects += 30) {
    const before = hectre.journal.length;
    while (hectre.journal.length < Math.max(effects, before)) await hub.clock.wait(3);
    await asOwner(hub.db, tx =>
      sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`.execute(tx),
    ).catch(unlessBusy);
  }
  const ended = [await runOver(world, runs[0] ?? ''), await runOver(world, runs[1] ?? '')];
  assert.deepEqual([hectre.employees.length, createdTwice(hectre)], [250, []]);
  for (const [at, {status, total, created, unchanged, failures}] of ended.entries()) {
    const said = await tally(world, runs[at] ?? '');
    const of = (word: string) =>
      Object.entries(said).reduce((sum, [key, count]) => sum + (key.startsWith(word) ? count : 0), 0);
    assert.deepEqual(
      {status, total, created, unchanged, failures},
      {status: 'complete', total: 250, created: of('complete 201'), unchanged: of('complete 204'), failures: 0},
    );
  }
  assert.equal((ended[0]?.created ?? 0) + (ended[1]?.created ?? 0), 250);
  assert.equal(await claimsLeft(world), 0);
});
