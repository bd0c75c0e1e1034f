import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {recordIds, seedSync} from '../../test/support/seed.ts';
import {testWorld, type World} from '../../test/support/world.ts';

let world: World;
let hectreId: string;
let ids: Readonly<Record<string, string>>;
let linkId: string;

before(async () => {
  world = await testWorld();
  ({hectreId} = await seedSync(world));
  ids = await recordIds(world);
  linkId = (await make('A-1', 'E1')).id;
});
after(() => world[Symbol.asyncDispose]());

const body = (externalId: string, destinationId: string) => ({
  record: ids[externalId] ?? 'rec_none',
  connection: hectreId,
  resource: 'employee',
  destinationId,
});
const make = (externalId: string, destinationId: string) =>
  world.answer('POST /links', {json: body(externalId, destinationId), as: 'reviewer'});

test('refuses without sign-in', async () => {
  assert.equal((await world.refusal('GET /links', {as: 'nobody'})).status, 401);
  assert.equal((await world.refusal('POST /links', {as: 'nobody', json: body('A-2', 'E2')})).status, 401);
  assert.equal((await world.refusal('DELETE /links/{id}', {as: 'nobody', params: {id: linkId}})).status, 401);
});

test("refuses another company's id and lists none of its links", async () => {
  assert.equal(
    (await world.refusal('POST /links', {as: 'stranger', json: body('A-2', 'E2')})).code,
    'request.not_found',
  );
  assert.equal((await world.refusal('DELETE /links/{id}', {as: 'stranger', params: {id: linkId}})).status, 404);
  assert.deepEqual((await world.answer('GET /links', {as: 'stranger'})).items, []);
});

test('lists who is who, with who said so', async () => {
  const {items} = await world.answer('GET /links', {as: 'viewer'});
  assert.deepEqual(
    items.map(link => [link.name, link.externalId, link.destinationId, link.by, link.run]),
    [['Ana Ngata', 'A-1', 'E1', 'reviewer key', null]],
  );
});

test('finds by connection, record, name, id here and id there', async () => {
  const count = async (query: Record<string, string>) => (await world.answer('GET /links', {query})).items.length;
  for (const search of ['ngata', 'A-1', 'E1']) assert.equal(await count({search}), 1, search);
  assert.deepEqual([await count({search: 'Ben'}), await count({search: 'E2'})], [0, 0]);
  assert.deepEqual([await count({connection: hectreId}), await count({connection: world.directoryId})], [1, 0]);
  assert.deepEqual([await count({record: ids['A-1'] ?? ''}), await count({record: ids['A-2'] ?? ''})], [1, 0]);
});

test('refuses to join two records to one there, and says who has it', async () => {
  const taken = await world.response('POST /links', {
    bytes: JSON.stringify(body('A-2', 'E1')),
    headers: {'content-type': 'application/json'},
  });
  assert.equal(taken.status, 409);
  assert.match(await taken.text(), /E1 in Hectre is Ana Ngata \(A-1\) already/);
});

test('refuses a second link of one record; the same one again is the one that is there', async () => {
  const second = await world.refusal('POST /links', {json: body('A-1', 'E7')});
  assert.deepEqual([second.status, second.code], [409, 'link.exists']);
  assert.equal((await make('A-1', 'E1')).id, linkId);
});

test('refuses what is not there', async () => {
  const code = async (json: object) => (await world.refusal('POST /links', {json})).code;
  assert.equal(await code({...body('A-2', 'E2'), connection: 'con_none'}), 'request.not_found');
  assert.equal(await code({...body('A-2', 'E2'), record: 'rec_none'}), 'request.not_found');
  assert.equal(await code({...body('A-2', 'E2'), resource: 'tree'}), 'link.resource_unknown');
  assert.equal(await code(body('A-2', '')), 'request.invalid');
});

test('removes a link and keeps who made and who removed it', async () => {
  await world.answer('DELETE /links/{id}', {params: {id: linkId}, as: 'admin'});
  assert.deepEqual((await world.answer('GET /links')).items, []);
  assert.equal((await world.refusal('DELETE /links/{id}', {params: {id: linkId}})).status, 404);
  const deeds = await world.within(tx =>
    tx.selectFrom('audit').select(['action', 'detail']).where('subject', '=', linkId).orderBy('id').execute(),
  );
  const detail = {record: ids['A-1'], connection: hectreId, resource: 'employee', destinationId: 'E1'};
  assert.deepEqual(deeds, [
    {action: 'link.made', detail},
    {action: 'link.removed', detail: {...detail, madeBy: 'reviewer key'}},
  ]);
});
