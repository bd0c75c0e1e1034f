import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {
  finishRun,
  newEvent,
  pushApplication,
  recordIds,
  seedEvents,
  seedRun,
  seedSync,
} from '../../test/support/seed.ts';
import {testWorld, type World} from '../../test/support/world.ts';

let world: World;
let ids: Readonly<Record<string, string>>;
let syncId: string;
before(async () => {
  world = await testWorld();
  ({syncId} = await seedSync(world));
  ids = await recordIds(world);
});
after(() => world[Symbol.asyncDispose]());

const anaId = () => ids['A-1'] ?? '';

test('refuses without sign-in', async () => {
  for (const name of ['GET /records', 'GET /records/{id}', 'GET /records/{id}/events'] as const) {
    assert.equal((await world.refusal(name, {as: 'nobody', params: {id: anaId()}})).code, 'request.unauthenticated');
  }
});

test("refuses another company's id and lists nothing of it", async () => {
  for (const name of ['GET /records/{id}', 'GET /records/{id}/events'] as const) {
    const refusal = await world.refusal(name, {as: 'stranger', params: {id: anaId()}});
    assert.deepEqual([refusal.status, refusal.code], [404, 'request.not_found']);
  }
  assert.deepEqual((await world.answer('GET /records', {as: 'stranger'})).items, []);
  assert.deepEqual((await world.answer('GET /records', {as: 'stranger', query: {search: 'Ngata'}})).items, []);
});

test('shows a record with the records that it refers to put in, under their own ids', async () => {
  const record = await world.answer('GET /records/{id}', {params: {id: anaId()}});
  assert.equal(record.name, 'Ana Ngata');
  assert.deepEqual(record.data['job'], {id: 'J-1', title: 'Picker', startDate: '2026-12-01'});
  assert.deepEqual(record.data['application'], {status: 'accepted'});
});

test('pages hold every record once, newest first, also when another comes in between', async () => {
  const seen: string[] = [];
  let cursor: string | null = null;
  for (let round = 0; ; round++) {
    const query: Record<string, string> = cursor === null ? {limit: '1'} : {limit: '1', cursor};
    const page: {items: {externalId: string}[]; next: string | null} = await world.answer('GET /records', {query});
    seen.push(...page.items.map(record => record.externalId));
    if (round === 0) await pushApplication(world, 'A-0', {givenName: 'Zoe', familyName: 'Last'}, 'offered');
    cursor = page.next;
    if (cursor === null) break;
  }
  assert.deepEqual(seen, ['A-2', 'A-1', 'J-1']);
});

test('filters by connection and resource, each alone and both together', async () => {
  const count = async (query: Record<string, string>) => (await world.answer('GET /records', {query})).items.length;
  assert.equal(await count({resource: 'job'}), 1);
  assert.equal(await count({connection: world.directoryId}), 4);
  assert.equal(await count({connection: world.directoryId, resource: 'application'}), 3);
  assert.equal(await count({connection: 'con_none', resource: 'application'}), 0);
});

test('finds people by a part of their name in any case, and by the beginning of their id in the source', async () => {
  const found = async (search: string, rest: Record<string, string> = {}) =>
    (await world.answer('GET /records', {query: {search, ...rest}})).items.map(record => record.externalId);
  assert.deepEqual(await found('NGAT'), ['A-1']);
  assert.deepEqual(await found('ó bri'), ['A-2']);
  assert.deepEqual(await found('A-'), ['A-0', 'A-2', 'A-1']);
  assert.deepEqual(await found('J-1', {resource: 'application'}), []);
  assert.deepEqual(await found('%'), []);
});

test('text that no database can hold is refused as text, not as a fault of ours', async () => {
  for (const query of [{search: 'a\0b'}, {resource: '\0'}, {cursor: '\0'}]) {
    assert.equal((await world.refusal('GET /records', {query})).code, 'request.invalid');
  }
});

test("tells a record's events of every run, newest first and in words", async () => {
  const about = {recordId: anaId(), externalId: 'A-1'};
  for (const status of [204, 201]) {
    const runId = await seedRun(world, syncId, true);
    await world.within(tx => seedEvents(tx, {runId, syncId}, [newEvent({...about, status})]));
    await finishRun(world, runId);
  }
  const page = await world.answer('GET /records/{id}/events', {params: {id: anaId()}, query: {limit: '1'}});
  assert.deepEqual([page.items[0]?.status, page.items[0]?.name], [201, 'Ana Ngata']);
  assert.equal(page.items[0]?.message, 'Created in Hectre.');
  const rest = await world.answer('GET /records/{id}/events', {
    params: {id: anaId()},
    query: {cursor: page.next ?? ''},
  });
  assert.deepEqual(
    rest.items.map(event => event.status),
    [204],
  );
});
