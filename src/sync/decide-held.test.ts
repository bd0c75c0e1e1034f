// What a person decides about held events: it goes on as decided, on the one way that leads to a destination, with claims
// that nobody else gets meanwhile; and what was left out stays out.
import assert from 'node:assert/strict';
import {hash} from 'node:crypto';
import {describe, test} from 'node:test';
import {sql} from 'kysely';
import {claimsLeft, type Orchard, openOrchard} from '../../test/support/orchard.ts';
import {runEvents, runOver, runSeen, runUntil} from '../../test/support/runs.ts';
import {inCompany} from '../db/transaction.ts';
import type {Decision} from '../model/held.ts';
import type {Role} from '../model/role.ts';
import {linkPage} from '../store/links.ts';
import {releaseEvent, skipEvent} from './decide-held.ts';
import {explainEvent} from './explain-event.ts';
import {unlinkRecord} from './link-record.ts';
import {retryEvent} from './retry.ts';

const employeeId = (id: string) => hash('md5', `${id}@example.com`);
const person = (id: string, family = 'Ngata') => ({id, family, email: `${id}@example.com`});
const there = (id: string) => ({firstName: 'Ada', lastName: 'Ngata', employeeId: employeeId(id)});
/** Nobody can be looked up, so that a lost answer stays a question. */
const blind = {legs: [{name: 'employee', resource: 'employee', mapping: {}, mode: 'create' as const, match: []}]};

function release(world: Orchard, eventId: string, decision: Decision, role: Role = 'reviewer') {
  return inCompany(world.hub.db, world.companyId, tx =>
    releaseEvent(world.hub, tx, eventId, decision, {id: 'usr_mia', role}),
  );
}

function skip(world: Orchard, eventId: string, role: Role = 'reviewer') {
  return skipEvent(world.hub, world.companyId, eventId, {id: 'usr_mia', role});
}

async function heldIds(world: Orchard): Promise<{readonly [externalId: string]: string}> {
  const {rows} = await world.within(tx =>
    sql<{id: string; external: string}>`select id, external_id as external from open_events
      where company_id = ${world.companyId} and phase = 'held'`.execute(tx),
  );
  return Object.fromEntries(rows.map(row => [row.external, row.id]));
}

async function linksOf(world: Orchard): Promise<readonly (readonly [string, string, string])[]> {
  const {items} = await world.within(tx => linkPage(tx, {}, {limit: 50}));
  return items.map(link => [link.externalId, link.destinationId, link.by] as const);
}

/** One record that fits two who are there: `E1` and `E2`. */
async function openAmbiguous(): Promise<{world: Orchard; runId: string; eventId: string}> {
  const world = await openOrchard();
  await world.push([person('a')]);
  world.hectre.seed([there('a'), there('a')]);
  const run = await world.run();
  return {world, runId: run.id, eventId: (await heldIds(world))['a'] ?? ''};
}

/** One whose answer was lost, where nobody can look; `Truncated` is there as `E1`, `Failbefore` is not. */
async function openUnverified(family: 'Truncated' | 'Failbefore') {
  const world = await openOrchard({definition: blind});
  await world.push([person('a', family)]);
  const run = await world.run();
  return {world, runId: run.id, eventId: (await heldIds(world))['a'] ?? ''};
}

const refusedWith = (code: string) => ({code});

describe('an event that may be several', {concurrency: 2}, () => {
  test('shows whom to choose from', async () => {
    const {world, eventId} = await openAmbiguous();
    await using _ = world;
    const {held} = await explainEvent(world.hub, world.companyId, eventId);
    assert.deepEqual([held?.kind, held?.candidates.map(one => one.destinationId)], ['ambiguous', ['E1', 'E2']]);
  });

  test('is linked to the one that a person chose, and ends as no changes made', async () => {
    const {world, runId, eventId} = await openAmbiguous();
    await using _ = world;
    const {id} = await release(world, eventId, {kind: 'link', destinationId: 'E2'});
    const run = await runOver(world, id);
    assert.deepEqual(await runEvents(world, id), {a: 'complete 204 match.linked'});
    assert.deepEqual([run.total, run.unchanged, run.failures, world.hectre.journal.length], [1, 1, 0, 0]);
    assert.deepEqual(await linksOf(world), [['a', 'E2', 'usr_mia']]);
    assert.deepEqual(await runEvents(world, runId), {a: 'skipped event.decided_link'});
    const before = await runSeen(world, runId);
    assert.deepEqual([before.total, before.held, before.failures, before.skipped], [1, 0, 0, 1]);
    const {followedBy} = await explainEvent(world.hub, world.companyId, eventId);
    assert.deepEqual(
      followedBy.map(one => [one.kind, one.runId, one.phase]),
      [['decision', id, 'complete']],
    );
    assert.deepEqual(await runEvents(world, (await world.run()).id), {});
    assert.equal(await claimsLeft(world), 0);
  });

  test('is created when a person said that it is none of them', async () => {
    const {world, eventId} = await openAmbiguous();
    await using _ = world;
    const {id} = await release(world, eventId, {kind: 'create'});
    await runOver(world, id);
    assert.deepEqual(await runEvents(world, id), {a: 'complete 201 event.created'});
    assert.deepEqual(await linksOf(world), [['a', 'E3', id]]);
    assert.equal((await world.run()).unchanged, 1);
    assert.deepEqual([world.hectre.employees.length, await claimsLeft(world)], [3, 0]);
  });

  test('cannot be one that another record is already', async () => {
    const {world, eventId} = await openAmbiguous();
    await using _ = world;
    await world.push([person('b')]);
    world.hectre.seed([there('b')]);
    await world.run();
    assert.deepEqual(await linksOf(world).then(links => links.map(([who, is]) => [who, is])), [['b', 'E3']]);
    const taken = release(world, eventId, {kind: 'link', destinationId: 'E3'});
    await assert.rejects(taken, refusedWith('link.taken'));
    assert.deepEqual(Object.keys(await heldIds(world)), ['a']);
  });

  test('that is left out stays out until it changes or somebody names it', async () => {
    const {world, runId, eventId} = await openAmbiguous();
    await using _ = world;
    await skip(world, eventId);
    assert.deepEqual(await runEvents(world, runId), {a: 'skipped event.decided_skip'});
    const next = await world.run();
    assert.deepEqual([next.skipped, next.held, await runEvents(world, next.id)], [1, 0, {}]);
    const retry = {mapping: 'today', who: 'test'} as const;
    const again = await inCompany(world.hub.db, world.companyId, tx => retryEvent(world.hub, tx, eventId, retry));
    await runOver(world, again.id);
    assert.deepEqual(await runEvents(world, again.id), {a: 'held match.ambiguous'});
    await skip(world, (await heldIds(world))['a'] ?? '');
    await world.push([{...person('a'), given: 'Adele'}]);
    assert.equal((await world.run()).held, 1);
  });

  test('is decided once, by whoever is first, and only by who may', async () => {
    const {world, eventId} = await openAmbiguous();
    await using _ = world;
    await assert.rejects(release(world, eventId, {kind: 'create'}, 'operator'), refusedWith('request.forbidden'));
    await assert.rejects(skip(world, eventId, 'operator'), refusedWith('request.forbidden'));
    await assert.rejects(release(world, eventId, {kind: 'again'}), refusedWith('event.decision_unfit'));
    const both = await Promise.allSettled([
      release(world, eventId, {kind: 'create'}),
      release(world, eventId, {kind: 'create'}),
    ]);
    assert.deepEqual(both.map(({status}) => status).toSorted(), ['fulfilled', 'rejected']);
    const run = both.find(one => one.status === 'fulfilled');
    await runOver(world, run?.value.id ?? '');
    await assert.rejects(skip(world, eventId), refusedWith('event.not_held'));
    assert.equal(world.hectre.employees.length, 3);
    const {rows} = await world.within(tx =>
      sql<{actor: string; detail: {kind: string}}>`select actor, detail from audit
        where company_id = ${world.companyId} and action = 'event.released'`.execute(tx),
    );
    assert.deepEqual(
      rows.map(({actor, detail}) => [actor, detail.kind]),
      [['usr_mia', 'create']],
    );
  });
});

describe('an event of which nobody knows whether it arrived', {concurrency: 2}, () => {
  test('is sent again by an operator, on claims that were never let go', async () => {
    const {world, eventId} = await openUnverified('Failbefore');
    await using _ = world;
    assert.equal(await claimsLeft(world), 1);
    const goOn = world.hectre.faults.hold('POST', 0);
    const {id} = await release(world, eventId, {kind: 'again'}, 'operator');
    assert.equal(await claimsLeft(world), 1);
    goOn();
    await runOver(world, id);
    assert.deepEqual(await runEvents(world, id), {a: 'complete 201 event.created'});
    assert.deepEqual([world.hectre.employees.length, await claimsLeft(world)], [1, 0]);
  });

  test('is there, a person says, and nothing is sent', async () => {
    const {world, eventId} = await openUnverified('Truncated');
    await using _ = world;
    const {id} = await release(world, eventId, {kind: 'link', destinationId: 'E1'}, 'operator');
    await runOver(world, id);
    assert.deepEqual(await runEvents(world, id), {a: 'complete 204 match.linked'});
    assert.equal((await world.run()).unchanged, 1);
    assert.deepEqual([world.hectre.employees.length, await claimsLeft(world)], [1, 0]);
  });

  test('is left out, lets go of its claims, and is not sent by the next run', async () => {
    const {world, eventId} = await openUnverified('Truncated');
    await using _ = world;
    await skip(world, eventId, 'operator');
    assert.equal(await claimsLeft(world), 0);
    assert.deepEqual([(await world.run()).skipped, world.hectre.employees.length], [1, 1]);
  });

  test('holds back the same record in other syncs, which go on with it', async () => {
    const {world, eventId} = await openUnverified('Truncated');
    await using _ = world;
    const otherSync = await world.sync(world.hectreId, 'employee', blind);
    const other = await world.run({sync: otherSync});
    assert.deepEqual(await runEvents(world, other.id), {a: 'held event.blocked'});
    const [blocked = ''] = Object.values(await heldIds(world)).filter(id => id !== eventId);
    await assert.rejects(release(world, blocked, {kind: 'go_on'}), refusedWith('event.still_blocked'));
    const {held} = await explainEvent(world.hub, world.companyId, blocked);
    assert.deepEqual([held?.kind, held?.blockedBy?.event], ['blocked', eventId]);
    await release(world, eventId, {kind: 'link', destinationId: 'E1'});
    const {followedBy} = await explainEvent(world.hub, world.companyId, blocked);
    const runId = followedBy[0]?.runId ?? '';
    await runUntil(world, runId, run => run.status === 'complete');
    assert.deepEqual(await runEvents(world, runId), {a: 'complete 204 match.linked'});
    assert.deepEqual([await heldIds(world), await claimsLeft(world), world.hectre.employees.length], [{}, 0, 1]);
  });
});

describe('a link', {concurrency: 2}, () => {
  test('that is removed has the next run match again', async () => {
    await using world = await openOrchard();
    await world.push([person('a'), person('b')]);
    await world.run();
    const {items} = await world.within(tx => linkPage(tx, {search: 'a'}, {limit: 50}));
    const link = items.find(one => one.externalId === 'a');
    await unlinkRecord(world.hub, world.companyId, link?.id ?? '', 'usr_mia');
    assert.equal((await linksOf(world)).length, 1);
    const preview = await world.run({preview: true});
    assert.deepEqual(await runEvents(world, preview.id), {a: 'complete 204 match.exists'});
    const next = await world.run();
    assert.deepEqual(await runEvents(world, next.id), {a: 'complete 204 match.exists'});
    assert.deepEqual([(await linksOf(world)).length, world.hectre.employees.length], [2, 2]);
  });

  test('that was wrong is not believed again: who is there is asked of the destination', async () => {
    const {world, eventId} = await openUnverified('Failbefore');
    await using _ = world;
    const {id} = await release(world, eventId, {kind: 'link', destinationId: 'E9'});
    await runOver(world, id);
    const {items} = await world.within(tx => linkPage(tx, {}, {limit: 50}));
    await unlinkRecord(world.hub, world.companyId, items[0]?.id ?? '', 'usr_mia');
    const next = await world.run();
    assert.deepEqual(await runEvents(world, next.id), {a: 'complete 201 event.created'});
    assert.equal(world.hectre.employees.length, 1);
  });
});
