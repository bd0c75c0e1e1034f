// What a run does while its destination refuses, is down, or answers nonsense: nobody is red for it, nobody is sent twice,
// and it goes on by itself or as soon as the connection passes its check.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {demoKey, startHectre} from '../../connectors/hectre/emulator.ts';
import {startGate} from '../../test/support/gate.ts';
import {applicants, claimsLeft, createdTwice, openOrchard, tally} from '../../test/support/orchard.ts';
import {runEvents, runOver, runUntil} from '../../test/support/runs.ts';
import {fault} from '../connector/testing/index.ts';
import {checkConnection} from './check-connection.ts';

const waits = {status: 'waiting', reasonCode: 'run.waits_connection'} as const;
const isWaiting = (run: {status: string; reasonCode: string | null}) =>
  run.status === waits.status && run.reasonCode === waits.reasonCode;

describe('a run whose destination does not take it', {concurrency: 4}, () => {
  test('waits for a wrong key with nobody red, and goes on once the key is mended and checked', async () => {
    await using world = await openOrchard({key: 'wrong'});
    await world.push(applicants(20));
    const id = await world.start();
    await runUntil(world, id, isWaiting);
    assert.deepEqual(await runEvents(world, id), {});
    await world.within(tx => world.hub.vault.seal(tx, world.companyId, world.hectreId, {apiKey: demoKey}));
    const {ok} = await checkConnection(world.hub, world.companyId, world.hectreId);
    assert.ok(ok);
    const run = await runOver(world, id);
    assert.deepEqual([run.created, run.failures, world.hectre.employees.length], [20, 0, 20]);
  });

  test('keeps what was done when the key is revoked on the way, and does the rest after', async () => {
    await using world = await openOrchard();
    await world.push(applicants(500));
    world.hectre.faults.add({...fault.revoked, method: 'POST', skip: 100, times: Number.POSITIVE_INFINITY});
    const id = await world.start();
    await runUntil(world, id, isWaiting);
    assert.deepEqual(await tally(world, id), {'complete 201 event.created': 100, queued: 400});
    assert.equal(await claimsLeft(world), 0);
    world.hectre.faults.clear();
    await checkConnection(world.hub, world.companyId, world.hectreId);
    const run = await runOver(world, id);
    assert.deepEqual([run.total, run.created, run.failures], [500, 500, 0]);
    assert.deepEqual([world.hectre.employees.length, createdTwice(world.hectre)], [500, []]);
  });

  test('waits while the destination is down at the start and goes on by itself', async () => {
    await using hectre = await startHectre({searchLagMs: [0, 0]});
    await using gate = await startGate(hectre.url);
    await using world = await openOrchard({baseUrl: gate.url});
    await gate.shut();
    await world.push(applicants(30));
    const id = await world.start();
    await runUntil(world, id, isWaiting);
    assert.deepEqual(await runEvents(world, id), {});
    await gate.open();
    const run = await runOver(world, id);
    assert.deepEqual([run.created, run.failures, hectre.employees.length], [30, 0, 30]);
  });

  test('waits while the destination is down in the middle, goes on by itself and sends nobody twice', async () => {
    await using hectre = await startHectre({searchLagMs: [0, 3000], latencyMs: 10});
    await using gate = await startGate(hectre.url);
    await using world = await openOrchard({baseUrl: gate.url});
    await world.push(applicants(200));
    const id = await world.start();
    await runUntil(world, id, run => run.created >= 60);
    await gate.shut();
    await runUntil(world, id, isWaiting);
    assert.deepEqual(
      Object.keys(await tally(world, id)).filter(said => said.startsWith('error')),
      [],
    );
    await gate.open();
    const run = await runOver(world, id);
    assert.deepEqual([run.total, run.created, run.failures], [200, 200, 0]);
    assert.deepEqual([hectre.employees.length, createdTwice(hectre), await claimsLeft(world)], [200, [], 0]);
  });

  test('tells a record that fails from a destination that does', async () => {
    await using world = await openOrchard({callTimeoutMs: 500, searchLagMs: [0, 3000]});
    const one = (id: string, family: string) => ({id, family, email: `${id}@example.com`});
    await world.push([
      one('always', 'Failalways'),
      one('after', 'Failafter'),
      one('bare', 'Ratelimitbare'),
      one('before', 'Failbefore'),
      one('hang', 'Hang'),
      one('html', 'Html'),
      one('ok', 'Ngata'),
      one('rate', 'Ratelimit'),
      one('truncated', 'Truncated'),
    ]);
    const run = await world.run();
    assert.deepEqual(await runEvents(world, run.id), {
      after: 'complete 201 event.created_confirmed',
      always: 'error 500 event.failed',
      bare: 'complete 201 event.created',
      before: 'complete 201 event.created',
      hang: 'error 504 event.no_answer',
      html: 'error 504 event.no_answer',
      ok: 'complete 201 event.created',
      rate: 'complete 201 event.created',
      truncated: 'complete 201 event.created_confirmed',
    });
    const sends = (id: string) =>
      world.within(tx =>
        tx
          .selectFrom('calls')
          .innerJoin('events', 'events.id', 'calls.event_id')
          .where('events.external_id', '=', id)
          .where('calls.method', '=', 'POST')
          .select(['calls.status'])
          .execute(),
      );
    for (const id of ['always', 'hang', 'html']) assert.equal((await sends(id)).length, 3, id);
    for (const id of ['truncated', 'after', 'ok']) assert.equal((await sends(id)).length, 1, id);
    assert.deepEqual([run.created, run.failures, run.total], [6, 3, 9]);
    assert.deepEqual([createdTwice(world.hectre), await claimsLeft(world)], [[], 0]);
  });
});
