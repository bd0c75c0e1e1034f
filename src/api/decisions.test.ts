import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {
  finishRun,
  newEvent,
  recordIds,
  seedEvents,
  seedOpenEvents,
  seedRun,
  seedSync,
} from '../../test/support/seed.ts';
import {testWorld, type World} from '../../test/support/world.ts';
import type {NewEvent} from '../store/events.ts';

let world: World;
let syncId: string;
let hectreId: string;
let recordId: string;
let runId: string;

before(async () => {
  world = await testWorld();
  ({syncId, hectreId} = await seedSync(world));
  recordId = (await recordIds(world))['A-1'] ?? '';
  runId = await seedRun(world, syncId, true);
  await finishRun(world, runId);
});
after(() => world[Symbol.asyncDispose]());

const reasons = {
  ambiguous: {code: 'match.ambiguous', params: {connection: 'Hectre', candidates: 'E1, E2'}},
  unverified: {code: 'event.cannot_verify', params: {connection: 'Hectre'}},
  blocked: {code: 'event.blocked', params: {event: 'evt_none', record: 'A-9'}},
} as const;

async function hold(kind: keyof typeof reasons): Promise<NewEvent> {
  const event = newEvent({
    recordId,
    externalId: 'A-1',
    phase: 'held',
    reason: reasons[kind],
    values: {firstName: 'Ana'},
  });
  await world.within(tx => seedOpenEvents(tx, {runId, syncId}, hectreId, [event]));
  return event;
}

test('refuses without sign-in', async () => {
  const {id} = await hold('ambiguous');
  const release = await world.refusal('POST /events/{id}/release', {as: 'nobody', params: {id}, json: {create: true}});
  const skip = await world.refusal('POST /events/{id}/skip', {as: 'nobody', params: {id}});
  assert.deepEqual([release.status, skip.status], [401, 401]);
});

test("refuses another company's id", async () => {
  const {id} = await hold('ambiguous');
  const release = await world.refusal('POST /events/{id}/release', {
    as: 'stranger',
    params: {id},
    json: {create: true},
  });
  const skip = await world.refusal('POST /events/{id}/skip', {as: 'stranger', params: {id}});
  assert.deepEqual([release.code, skip.code], ['request.not_found', 'request.not_found']);
});

test('shows what there is to choose', async () => {
  const {id} = await hold('ambiguous');
  const {held} = await world.answer('GET /events/{id}', {params: {id}});
  assert.equal(held?.kind, 'ambiguous');
  assert.deepEqual(
    held?.candidates.map(one => [one.destinationId, one.takenBy]),
    [
      ['E1', null],
      ['E2', null],
    ],
  );
  const unverified = await hold('unverified');
  assert.equal((await world.answer('GET /events/{id}', {params: {id: unverified.id}})).held?.kind, 'unverified');
});

test('lets a reviewer decide about all, an operator about what cannot be verified, a viewer about nothing', async () => {
  const decide = async (kind: keyof typeof reasons, as: 'operator' | 'reviewer' | 'viewer') => {
    const {id} = await hold(kind);
    const {status} = await world.response('POST /events/{id}/skip', {as, params: {id}});
    return status;
  };
  for (const kind of ['ambiguous', 'unverified', 'blocked'] as const) {
    const statuses = [await decide(kind, 'reviewer'), await decide(kind, 'operator'), await decide(kind, 'viewer')];
    assert.deepEqual(statuses, [200, kind === 'unverified' ? 200 : 403, 403], kind);
  }
});

test('answers the run in which it goes on, and both name each other', async () => {
  const {id} = await hold('unverified');
  const run = await world.answer('POST /events/{id}/release', {params: {id}, json: {again: true}, as: 'operator'});
  assert.deepEqual([run.stage, run.save, run.totals.total, run.follows?.kind], ['deliver', true, 1, 'decision']);
  const before = await world.answer('GET /events/{id}', {params: {id}});
  assert.deepEqual([before.phase, before.reason, before.held], ['skipped', 'event.decided_again', null]);
  assert.equal(before.message, 'operator key decided: send it to Hectre again.');
  const {items} = await world.answer('GET /runs/{id}/events', {params: {id: run.id}});
  const after = await world.answer('GET /events/{id}', {params: {id: items[0]?.id ?? ''}});
  assert.deepEqual([after.phase, after.follows?.event, after.values[0]?.value], ['queued', id, 'Ana']);
  assert.equal(before.followedBy[0]?.event, after.id);
});

test('refuses what does not fit the question, several answers at once, and what is decided already', async () => {
  const {id} = await hold('ambiguous');
  const ask = (json?: object) => world.refusal('POST /events/{id}/release', {params: {id}, ...(json ? {json} : {})});
  assert.equal((await ask()).code, 'event.decision_unfit');
  assert.equal((await ask({again: true})).code, 'event.decision_unfit');
  assert.equal((await ask({create: true, link: 'E1'})).code, 'request.invalid');
  assert.equal((await ask({link: ' '})).code, 'request.invalid');
  const skipped = await world.answer('POST /events/{id}/skip', {params: {id}});
  assert.deepEqual([skipped.phase, skipped.message], ['skipped', 'Left out by owner key; nothing sent.']);
  assert.deepEqual([(await ask({create: true})).status, (await ask({create: true})).code], [409, 'event.not_held']);
});

test('lets one go on that waited behind what is decided by now', async () => {
  const {id} = await hold('blocked');
  const run = await world.answer('POST /events/{id}/release', {params: {id}});
  assert.equal(run.totals.total, 1);
});

test('has nothing to decide in a preview', async () => {
  const previewId = await seedRun(world, syncId, false);
  const event = newEvent({recordId, externalId: 'A-1', phase: 'held', status: null, reason: reasons.ambiguous});
  await world.within(tx => seedEvents(tx, {runId: previewId, syncId}, [event], 'plan_items'));
  const shown = await world.answer('GET /events/{id}', {params: {id: event.id}});
  assert.deepEqual([shown.phase, shown.held], ['held', null]);
  const refused = await world.refusal('POST /events/{id}/skip', {params: {id: event.id}});
  assert.equal(refused.code, 'event.not_held');
});

test('keeps who decided what', async () => {
  const deeds = await world.within(tx => tx.selectFrom('audit').select(['actor', 'action', 'subject']).execute());
  const decided = deeds.filter(({action}) => ['event.released', 'event.skipped'].includes(action));
  assert.ok(decided.length >= 6);
  assert.ok(decided.every(({actor, subject}) => actor.startsWith('key_') && subject.startsWith('evt_')));
});
