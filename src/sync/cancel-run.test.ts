// Cancelling a run wherever it is: nothing more is sent, every event is final, and what had left is told from what had not.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {applicants, claimsLeft, createdTwice, openOrchard, tally} from '../../test/support/orchard.ts';
import {runEvents, runOver, runUntil} from '../../test/support/runs.ts';
import {fault} from '../connector/testing/index.ts';
import {isError} from '../errors.ts';
import {cancelRun} from './cancel-run.ts';

describe('cancelling a run', {concurrency: 3}, () => {
  test('that is queued ends it before anything is read', async () => {
    await using world = await openOrchard({workers: false});
    await world.push(applicants(3));
    const runId = await world.start();
    await cancelRun(world.hub, {companyId: world.companyId, runId, who: 'Ana'});
    assert.equal((await runOver(world, runId)).status, 'cancelled');
    assert.deepEqual([await runEvents(world, runId), world.hectre.counts.requests], [{}, 0]);
    await assert.rejects(cancelRun(world.hub, {companyId: world.companyId, runId, who: 'Ben'}), error =>
      isError(error, 'run.not_cancellable'),
    );
  });

  test('that plans ends it with nobody sent', async () => {
    await using world = await openOrchard();
    await world.push(applicants(3000));
    world.hectre.faults.add({...fault.hang, method: 'GET'}); // holds the plan at its look for its first try
    const asked = world.hectre.nextRequest();
    const runId = await world.start();
    await asked;
    await cancelRun(world.hub, {companyId: world.companyId, runId, who: 'Ana'});
    const run = await runOver(world, runId);
    assert.equal(run.status, 'cancelled');
    assert.deepEqual([world.hectre.employees.length, await tally(world, runId)], [0, {}]);
  });

  test('that delivers lets what has left arrive and skips the rest', async () => {
    await using world = await openOrchard();
    await world.push(applicants(300));
    const goOn = world.hectre.faults.hold('POST', 40);
    const runId = await world.start();
    await runUntil(world, runId, run => run.created >= 40);
    await cancelRun(world.hub, {companyId: world.companyId, runId, who: 'Ana'});
    goOn();
    const run = await runOver(world, runId);
    const sent = world.hectre.employees.length;
    assert.equal(run.status, 'cancelled');
    assert.ok(sent >= 40 && sent < 300, `${sent} sent`);
    assert.deepEqual(await tally(world, runId), {
      'complete 201 event.created': sent,
      'skipped event.cancelled': 300 - sent,
    });
    assert.deepEqual([run.created, run.skipped, run.failures], [sent, 300 - sent, 0]);
    assert.deepEqual([await claimsLeft(world), createdTwice(world.hectre)], [0, []]);
    const again = await world.run();
    assert.deepEqual([again.created, world.hectre.employees.length, createdTwice(world.hectre)], [300 - sent, 300, []]);
  });

  test('that waits for its connection ends it, and the next one of its sync gets its turn', async () => {
    await using world = await openOrchard({key: 'wrong'});
    await world.push(applicants(5));
    const first = await world.start();
    await runUntil(world, first, run => run.status === 'waiting');
    const second = await world.start();
    await cancelRun(world.hub, {companyId: world.companyId, runId: first, who: 'Ana'});
    assert.equal((await runOver(world, first)).status, 'cancelled');
    await runUntil(world, second, run => run.status === 'waiting');
    assert.equal(world.hectre.employees.length, 0);
  });

  test('with a record in doubt first finds out what became of it', async () => {
    await using world = await openOrchard({callTimeoutMs: 400});
    world.hectre.faults.add({...fault.hangAfter, method: 'POST'});
    world.hectre.faults.add({...fault.hang, method: 'POST'});
    await world.push(applicants(2));
    const runId = await world.start();
    await runUntil(world, runId, () => world.hectre.employees.length > 0);
    await cancelRun(world.hub, {companyId: world.companyId, runId, who: 'Ana'});
    const run = await runOver(world, runId);
    assert.equal(run.status, 'cancelled');
    assert.deepEqual(Object.values(await runEvents(world, runId)).toSorted(), [
      'complete 201 event.created_confirmed',
      'skipped event.cancelled',
    ]);
    assert.deepEqual([world.hectre.employees.length, await claimsLeft(world)], [1, 0]);
  });
});
