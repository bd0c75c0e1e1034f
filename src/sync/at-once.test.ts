// Several at once: runs of one sync take turns, and one person is written once whoever asks for it and from wherever.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {applicants, claimsLeft, createdTwice, openOrchard, pushApplicants} from '../../test/support/orchard.ts';
import {runEvents, runOver, runSeen, runUntil} from '../../test/support/runs.ts';
import {fault} from '../connector/testing/index.ts';

describe('at once', {concurrency: 2}, () => {
  test('a second run of a sync waits for the first', async () => {
    await using world = await openOrchard();
    await world.push(applicants(100));
    const goOn = world.hectre.faults.hold('POST', 10);
    const first = await world.start();
    await runUntil(world, first, run => run.created > 0);
    const second = await world.start();
    const third = await world.start();
    const preview = await world.run({preview: true}); // previews do not wait
    assert.equal(preview.status, 'complete');
    assert.equal((await runSeen(world, first)).status, 'running');
    assert.equal((await runSeen(world, second)).status, 'queued');
    goOn();
    const runs = [await runOver(world, first), await runOver(world, second), await runOver(world, third)];
    assert.deepEqual(
      runs.map(({created, unchanged}) => [created, unchanged]),
      [
        [100, 0],
        [0, 100],
        [0, 100],
      ],
    );
    assert.deepEqual([world.hectre.employees.length, createdTwice(world.hectre)], [100, []]);
  });

  test('two syncs that planned the same people write each of them once', async () => {
    await using world = await openOrchard({latencyMs: 10});
    const other = await world.sync(world.hectreId, 'employee');
    await world.push(applicants(120));
    const ids = [await world.start(), await world.start({sync: other})];
    const runs = await Promise.all(ids.map(id => runOver(world, id)));
    assert.deepEqual([world.hectre.employees.length, createdTwice(world.hectre)], [120, []]);
    assert.equal(
      runs.reduce((sum, run) => sum + run.created, 0),
      120,
    );
    assert.equal(
      runs.reduce((sum, run) => sum + run.unchanged, 0),
      120,
    );
    assert.deepEqual([runs.map(run => run.failures), await claimsLeft(world)], [[0, 0], 0]);
  });

  test('a person whom two systems push is written once, and the other one is told who went first', async () => {
    await using world = await openOrchard({latencyMs: 10});
    const secondId = await world.connect('directory');
    const other = await world.sync(world.hectreId, 'employee', {}, secondId);
    await Promise.all([
      world.push(applicants(40)),
      pushApplicants(
        world,
        secondId,
        applicants(40).map(one => ({...one, id: `B${one.id}`})),
      ),
    ]);
    const ids = [await world.start(), await world.start({sync: other})];
    const runs = await Promise.all(ids.map(id => runOver(world, id)));
    assert.deepEqual([world.hectre.employees.length, createdTwice(world.hectre)], [40, []]);
    assert.equal((runs[0]?.created ?? 0) + (runs[1]?.created ?? 0), 40);
    assert.deepEqual(
      runs.map(run => run.failures),
      [0, 0],
    );
    const said = [
      ...Object.values(await runEvents(world, ids[0] ?? '')),
      ...Object.values(await runEvents(world, ids[1] ?? '')),
    ];
    assert.deepEqual(
      [...new Set(said)]
        .toSorted()
        .filter(one => !one.startsWith('complete 201'))
        .map(one => one.split(' ')[1]),
      [...new Set(said)]
        .toSorted()
        .filter(one => !one.startsWith('complete 201'))
        .map(() => '204'),
    );
  });

  test('two syncs and a record in doubt between them write it once', async () => {
    await using world = await openOrchard({callTimeoutMs: 300, latencyMs: 0});
    const other = await world.sync(world.hectreId, 'employee');
    await world.push(applicants(1));
    world.hectre.faults.add({...fault.failBefore, method: 'POST'});
    const first = await world.start();
    const second = await world.start({sync: other});
    const runs = [await runOver(world, first), await runOver(world, second)];
    assert.deepEqual([world.hectre.employees.length, createdTwice(world.hectre)], [1, []]);
    assert.deepEqual(runs.map(run => run.created).toSorted(), [0, 1]);
  });

  test('the same push twice, at the same time, is one record and one person', async () => {
    await using world = await openOrchard();
    await Promise.all([world.push(applicants(30)), world.push(applicants(30)), world.push(applicants(30))]);
    const run = await world.run();
    assert.deepEqual([run.total, run.created, world.hectre.employees.length], [30, 30, 30]);
  });
});
