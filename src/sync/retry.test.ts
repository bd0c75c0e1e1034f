// What a person does about records that failed: a retry is a new run of just these, and nobody is created twice by it.
import assert from 'node:assert/strict';
import {hash} from 'node:crypto';
import {describe, test} from 'node:test';
import {applicants, createdTwice, type Orchard, openOrchard} from '../../test/support/orchard.ts';
import {runEvents, runOver, runSeen, runUntil} from '../../test/support/runs.ts';
import {inCompany} from '../db/transaction.ts';
import {runEvents as runPageOfEvents} from '../store/event-pages.ts';
import {type FailureFilter, followUpsOf} from '../store/follow-ups.ts';
import {markGone} from '../store/records.ts';
import {findShownRun} from '../store/run-pages.ts';
import {changeSync} from './define-sync.ts';
import {explainEvent} from './explain-event.ts';
import {type RetryMapping, retryEvent, retryRun} from './retry.ts';

const email = (id: string) => `${id}@example.com`;
const good = (id: string) => ({id, email: email(id)});
/** Without a last name nobody is sent. */
const bad = (id: string) => ({id, email: email(id), family: ''});
const employeeId = (id: string) => hash('md5', email(id));

function retryOne(world: Orchard, eventId: string, mapping: RetryMapping = 'today', who = 'test') {
  return inCompany(world.hub.db, world.companyId, tx => retryEvent(world.hub, tx, eventId, {mapping, who}));
}

function retryAll(world: Orchard, runId: string, filter: FailureFilter = {}) {
  const retry = {mapping: 'today', who: 'test'} as const;
  return inCompany(world.hub.db, world.companyId, tx => retryRun(world.hub, tx, runId, filter, retry));
}

/** Ids of a run's events by external id. */
async function eventIds(world: Orchard, runId: string): Promise<{readonly [externalId: string]: string}> {
  const {items} = await world.within(async tx => {
    const run = await findShownRun(tx, runId);
    if (!run) throw new Error('no such run');
    return runPageOfEvents(tx, run, {}, {limit: 200});
  });
  return Object.fromEntries(items.map(event => [event.externalId, event.id]));
}

const refusedWith = (code: string) => ({code});

describe('a retry', {concurrency: 2}, () => {
  test('of a run tries just those who failed again, with what the source says now', async () => {
    await using world = await openOrchard();
    await world.push([good('a'), bad('b'), bad('c'), good('d')]);
    const first = await world.run();
    assert.deepEqual([first.created, first.failures], [2, 2]);
    await world.push([good('b')]);
    const {id} = await retryAll(world, first.id);
    const run = await runOver(world, id);
    assert.deepEqual([run.total, run.created, run.failures], [2, 1, 1]);
    assert.deepEqual(await runEvents(world, id), {
      b: 'complete 201 event.created',
      c: 'error 400 event.invalid',
    });
    assert.deepEqual([world.hectre.employees.length, createdTwice(world.hectre)], [3, []]);
  });

  test('names the event before, and that one names what came of it', async () => {
    await using world = await openOrchard();
    await world.push([bad('b')]);
    const first = await world.run();
    await world.push([good('b')]);
    const {b: before = ''} = await eventIds(world, first.id);
    const {id} = await retryOne(world, before);
    await runOver(world, id);
    const {b: after = ''} = await eventIds(world, id);
    const {follows} = await explainEvent(world.hub, world.companyId, after);
    assert.deepEqual([follows?.kind, follows?.runId, follows?.eventId], ['retry', first.id, before]);
    const {followedBy} = await explainEvent(world.hub, world.companyId, before);
    assert.deepEqual(
      followedBy.map(one => [one.kind, one.runId, one.eventId, one.phase, one.by]),
      [['retry', id, after, 'complete', 'test']],
    );
    assert.deepEqual((await world.within(tx => findShownRun(tx, id)))?.follows, {runId: first.id, kind: 'retry'});
  });

  test('of one cause leaves those who failed of another alone', async () => {
    await using world = await openOrchard();
    await world.push([bad('b'), {...good('long'), given: 'x'.repeat(101)}]);
    const first = await world.run();
    const {id} = await retryAll(world, first.id, {issue: 'value.too_long'});
    await runOver(world, id);
    assert.deepEqual(Object.keys(await runEvents(world, id)), ['long']);
    const both = await retryAll(world, first.id, {reason: 'event.invalid'});
    await runOver(world, both.id);
    assert.deepEqual(Object.keys(await runEvents(world, both.id)), ['b', 'long']);
    await assert.rejects(retryAll(world, first.id, {reason: 'event.refused'}), refusedWith('run.nothing_to_retry'));
  });

  test('creates nobody who is in the destination meanwhile', async () => {
    await using world = await openOrchard();
    await world.push([bad('b'), bad('c')]);
    const first = await world.run();
    await world.push([good('b'), good('c')]);
    world.hectre.seed([{firstName: 'Ada', lastName: 'Ngata', employeeId: employeeId('b')}]); // by hand
    const ids = await eventIds(world, first.id);
    await world.run(); // creates c, and joins b
    const again = await retryAll(world, first.id);
    await runOver(world, again.id);
    assert.deepEqual(await runEvents(world, again.id), {
      b: 'complete 204 match.linked',
      c: 'complete 204 match.linked',
    });
    const once = await retryOne(world, ids['c'] ?? '');
    await runOver(world, once.id);
    assert.deepEqual([world.hectre.employees.length, createdTwice(world.hectre)], [2, []]);
  });

  test('that two people ask for at once is one', async () => {
    await using world = await openOrchard();
    await world.push([bad('b')]);
    const first = await world.run();
    await world.push([good('b')]);
    const {b = ''} = await eventIds(world, first.id);
    const goOn = world.hectre.faults.hold('POST', 0);
    const runs = await Promise.all([retryOne(world, b, 'today', 'one'), retryOne(world, b, 'today', 'other')]);
    const all = await retryAll(world, first.id);
    assert.deepEqual(new Set([...runs, all].map(({id}) => id)).size, 1);
    goOn();
    await runOver(world, all.id);
    const later = await retryOne(world, b);
    assert.notEqual(later.id, all.id);
    await runOver(world, later.id);
    assert.deepEqual(await runEvents(world, later.id), {b: 'complete 204 match.linked'});
    assert.deepEqual(createdTwice(world.hectre), []);
  });

  test('while a run of the sync is going queues behind it and says so', async () => {
    await using world = await openOrchard();
    await world.push([bad('b')]);
    const first = await world.run();
    await world.push([good('b'), good('c')]);
    const {b = ''} = await eventIds(world, first.id);
    const goOn = world.hectre.faults.hold('POST', 0);
    const going = await world.start();
    await runUntil(world, going, run => run.total > 0 && run.status === 'running');
    const {id} = await retryOne(world, b);
    assert.equal((await runSeen(world, id)).status, 'queued');
    assert.equal((await world.within(tx => findShownRun(tx, id)))?.behindId, going);
    goOn();
    await runOver(world, going);
    await runOver(world, id);
    assert.deepEqual(await runEvents(world, id), {b: 'complete 204 match.linked'});
    assert.equal((await world.within(tx => findShownRun(tx, id)))?.behindId, null);
    assert.deepEqual([world.hectre.employees.length, createdTwice(world.hectre)], [2, []]);
  });

  test('is refused for whoever waits for a decision, and leaves them out of a whole run', async () => {
    await using world = await openOrchard();
    await world.push([bad('b'), bad('c')]);
    const first = await world.run();
    const ids = await eventIds(world, first.id);
    await world.push([good('b')]);
    const twice = {firstName: 'Ada', lastName: 'Ngata', employeeId: employeeId('b')};
    world.hectre.seed([twice, twice]);
    const second = await world.run();
    assert.equal(second.held, 1);
    await assert.rejects(retryOne(world, ids['b'] ?? ''), refusedWith('event.record_held'));
    const {id} = await retryAll(world, first.id);
    await runOver(world, id);
    assert.deepEqual(await runEvents(world, id), {c: 'error 400 event.invalid'});
  });

  test('maps as the sync does now, or as it did then', async () => {
    await using world = await openOrchard();
    await world.push([bad('b')]);
    const first = await world.run();
    const {b = ''} = await eventIds(world, first.id);
    await changeSync(world.hub, world.companyId, world.syncId, {mapping: {lastName: {value: "'Unknown'"}}}, 'test');
    const then = await retryOne(world, b, 'then');
    await runOver(world, then.id);
    assert.deepEqual(await runEvents(world, then.id), {b: 'error 400 event.invalid'});
    const now = await retryOne(world, b);
    await runOver(world, now.id);
    assert.deepEqual(await runEvents(world, now.id), {b: 'complete 201 event.created'});
    assert.equal(world.hectre.employees[0]?.data['lastName'], 'Unknown');
  });

  test('is refused for what was done, what was only previewed, and who has left the source', async () => {
    await using world = await openOrchard();
    await world.push([good('a'), bad('b')]);
    const preview = await world.run({preview: true});
    const previewed = await eventIds(world, preview.id);
    await assert.rejects(retryOne(world, previewed['b'] ?? ''), refusedWith('event.not_retryable'));
    await assert.rejects(retryAll(world, preview.id), refusedWith('run.nothing_to_retry'));
    const first = await world.run();
    const ids = await eventIds(world, first.id);
    await assert.rejects(retryOne(world, ids['a'] ?? ''), refusedWith('event.not_retryable'));
    await assert.rejects(retryOne(world, 'evt_none'), refusedWith('request.not_found'));
    const set = {connectionId: world.directoryId, resource: 'application'};
    await world.within(tx => markGone(tx, set, ['b']));
    await assert.rejects(retryOne(world, ids['b'] ?? ''), refusedWith('event.record_gone'));
    await assert.rejects(retryAll(world, first.id), refusedWith('run.nothing_to_retry'));
    assert.deepEqual(await world.within(tx => followUpsOf(tx, ids['b'] ?? '')), []);
  });

  test('of a hundred who failed is one run of a hundred', async () => {
    await using world = await openOrchard();
    await world.push(applicants(100, {family: ''}));
    const first = await world.run();
    await world.push(applicants(100));
    const {id} = await retryAll(world, first.id);
    const run = await runOver(world, id);
    assert.deepEqual([run.total, run.created, createdTwice(world.hectre)], [100, 100, []]);
  });
});
