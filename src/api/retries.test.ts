import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {finishRun, newEvent, recordIds, seedEvents, seedRun, seedSync} from '../../test/support/seed.ts';
import {testWorld, type World} from '../../test/support/world.ts';

let world: World;
let runId: string;
let failedId: string;
let createdId: string;

before(async () => {
  world = await testWorld();
  const {syncId} = await seedSync(world);
  const ids = await recordIds(world);
  const why = {phase: 'error', status: 422, reason: {code: 'event.refused', params: {connection: 'H', words: 'no'}}};
  const failed = newEvent({recordId: ids['A-1'] ?? '', externalId: 'A-1', ...why, phase: 'error'});
  const created = newEvent({recordId: ids['A-2'] ?? '', externalId: 'A-2'});
  [failedId, createdId] = [failed.id, created.id];
  runId = await seedRun(world, syncId, true);
  await world.within(tx => seedEvents(tx, {runId, syncId}, [failed, created]));
});
after(() => world[Symbol.asyncDispose]());

test('refuses without sign-in', async () => {
  const one = await world.refusal('POST /events/{id}/retry', {as: 'nobody', params: {id: failedId}});
  const all = await world.refusal('POST /runs/{id}/retries', {as: 'nobody', params: {id: runId}});
  assert.deepEqual([one.status, all.status], [401, 401]);
});

test("refuses another company's id", async () => {
  const one = await world.refusal('POST /events/{id}/retry', {as: 'stranger', params: {id: failedId}});
  const all = await world.refusal('POST /runs/{id}/retries', {as: 'stranger', params: {id: runId}});
  assert.deepEqual([one.code, all.code], ['request.not_found', 'request.not_found']);
});

test('refuses what cannot be tried again, and a mapping that is neither', async () => {
  const created = await world.refusal('POST /events/{id}/retry', {params: {id: createdId}});
  assert.deepEqual([created.status, created.code], [409, 'event.not_retryable']);
  const none = await world.refusal('POST /runs/{id}/retries', {params: {id: runId}, json: {issue: 'event.invalid'}});
  assert.deepEqual([none.status, none.code], [409, 'run.nothing_to_retry']);
  const other = {params: {id: failedId}, json: {mapping: 'yesterday'}};
  assert.equal((await world.refusal('POST /events/{id}/retry', other)).status, 400);
});

test('needs no body, queues behind the run that is going and says which', async () => {
  const run = await world.answer('POST /events/{id}/retry', {params: {id: failedId}});
  assert.deepEqual([run.status, run.save, run.behind], ['queued', true, runId]);
  assert.equal(run.waitingFor, 'Another run of this sync comes first.');
  assert.deepEqual(run.follows, {run: runId, kind: 'retry'});
  const {followedBy, follows} = await world.answer('GET /events/{id}', {params: {id: failedId}});
  assert.deepEqual(
    [followedBy.map(one => [one.run, one.event, one.by]), follows],
    [[[run.id, null, 'owner key']], null],
  );
});

test('answers the retry that is under way to whoever asks again', async () => {
  const one = await world.answer('POST /events/{id}/retry', {params: {id: failedId}, as: 'operator'});
  const all = await world.answer('POST /runs/{id}/retries', {params: {id: runId}, json: {reason: 'event.refused'}});
  assert.equal(one.id, all.id);
  await finishRun(world, runId);
  const then = {params: {id: runId}, json: {mapping: 'then'}, headers: {'idempotency-key': 'once'}};
  const twice = [
    await world.answer('POST /runs/{id}/retries', then),
    await world.answer('POST /runs/{id}/retries', then),
  ];
  assert.deepEqual([twice[0]?.id === twice[1]?.id, twice[0]?.syncVersion], [true, 1]);
});

test('counts by cause how many can be tried again, and keeps who did it', async () => {
  const {items} = await world.answer('GET /runs/{id}/problems', {params: {id: runId}});
  assert.deepEqual(
    items.map(({code, failed}) => [code, failed]),
    [['event.refused', 1]],
  );
  const deeds = await world.within(tx => tx.selectFrom('audit').select(['action', 'detail']).execute());
  const retried = deeds.filter(({action}) => action === 'run.retried');
  assert.deepEqual(retried[0]?.detail, {of: runId, records: 1, mapping: 'today'});
});
