// No run hangs: whatever happens to the queue's items, a run that nobody works on is set going again, and no other is touched.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {sql} from 'kysely';
import {applicants, createdTwice, openOrchard} from '../../test/support/orchard.ts';
import {runOver, runUntil} from '../../test/support/runs.ts';
import {asOwner} from '../db/transaction.ts';
import {startWorkers} from '../work/queues.ts';
import {watchRuns} from './watchdog.ts';

test('a run whose item is lost is set going again, and goes to its end', async () => {
  await using world = await openOrchard({workers: false});
  await world.push(applicants(3));
  const run = await world.start();
  assert.deepEqual(await watchRuns(world.hub), []); // its item is there
  await asOwner(world.hub.db, tx => sql`delete from queue.job where name = 'run'`.execute(tx));
  assert.deepEqual(await watchRuns(world.hub), [run]);
  assert.deepEqual(await watchRuns(world.hub), []); // once is enough
  await startWorkers(world.hub);
  const {status, created} = await runOver(world, run);
  assert.deepEqual([status, created, createdTwice(world.hectre)], ['complete', 3, []]);
  assert.deepEqual(await watchRuns(world.hub), []);
});

test('a run that waits for its turn, for a person, or is being worked on is left alone', async () => {
  await using world = await openOrchard({key: 'wrong'});
  await world.push(applicants(3));
  const first = await world.start();
  await runUntil(world, first, ({status}) => status === 'waiting');
  await world.start(); // behind the first
  await asOwner(world.hub.db, tx => sql`delete from queue.job where name = 'run'`.execute(tx));
  assert.deepEqual(await watchRuns(world.hub), []);
});
