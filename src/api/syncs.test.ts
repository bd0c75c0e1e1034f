import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {finishRun, seedRun, seedSync} from '../../test/support/seed.ts';
import {testWorld, type World} from '../../test/support/world.ts';

let world: World;
let syncId: string;
let hectreId: string;
before(async () => {
  world = await testWorld();
  ({syncId, hectreId} = await seedSync(world));
});
after(() => world[Symbol.asyncDispose]());

const all = ['GET /syncs', 'POST /syncs', 'GET /syncs/{id}', 'PATCH /syncs/{id}', 'DELETE /syncs/{id}'] as const;
const ends = () => ({
  source: {connection: world.directoryId, resource: 'application'},
  destination: {connection: hectreId, resource: 'employee'},
});

test('refuses without sign-in', async () => {
  for (const name of all) assert.equal((await world.refusal(name, {as: 'nobody', params: {id: syncId}})).status, 401);
});

test("refuses another company's id, as sync and as connection of one", async () => {
  assert.equal((await world.refusal('GET /syncs/{id}', {as: 'stranger', params: {id: syncId}})).status, 404);
  assert.equal(
    (await world.refusal('PATCH /syncs/{id}', {as: 'stranger', params: {id: syncId}, json: {name: 'Mine'}})).status,
    404,
  );
  assert.equal((await world.refusal('DELETE /syncs/{id}', {as: 'stranger', params: {id: syncId}})).status, 404);
  const refusal = await world.refusal('POST /syncs', {as: 'stranger', json: {name: 'Theirs', ...ends()}});
  assert.deepEqual(
    refusal.issues.map(issue => [issue.field, issue.code]),
    [
      ['source.connection', 'sync.connection_unknown'],
      ['destination.connection', 'sync.connection_unknown'],
    ],
  );
});

test('a viewer looks but does not change', async () => {
  assert.equal(
    (await world.answer('GET /syncs/{id}', {as: 'viewer', params: {id: syncId}})).name,
    'Applications to Hectre',
  );
  for (const name of ['POST /syncs', 'PATCH /syncs/{id}', 'DELETE /syncs/{id}'] as const) {
    const json = name === 'POST /syncs' ? {name: 'New', ...ends()} : {name: 'New'};
    assert.equal((await world.refusal(name, {as: 'viewer', params: {id: syncId}, json})).status, 403);
  }
});

test('everything is mapped by default, and the source says who is included', async () => {
  const sync = await world.answer('GET /syncs/{id}', {params: {id: syncId}});
  assert.equal(sync.version, 1);
  assert.equal(sync.scope, null);
  assert.deepEqual(
    sync.issues.filter(issue => issue.level === 'error'),
    [],
  );
  assert.deepEqual(
    sync.fields.map(field => [field.field, field.reads, field.isDefault]),
    [
      ['firstName', ['person.givenName'], true],
      ['lastName', ['person.familyName'], true],
      ['employeeId', ['person.email'], true],
      ['dateOfBirth', ['person.dateOfBirth'], true],
      ['phoneNumber', ['person.phone'], true],
    ],
  );
  const [first] = sync.fields;
  assert.deepEqual([first?.expression, first?.source, first?.required], ['person.givenName', 'First name', true]);
});

test('refuses a definition with every issue at its field and place', async () => {
  const json = {
    name: 'Broken',
    ...ends(),
    scope: 'application.statuss == "accepted"',
    mapping: {firstName: 'person.givenNam', lastName: null, shoeSize: '"42"'},
  };
  const refusal = await world.refusal('POST /syncs', {json});
  assert.deepEqual([refusal.status, refusal.code], [422, 'sync.invalid']);
  const fields = refusal.issues.map(issue => issue.field).sort();
  assert.deepEqual(fields, ['mapping.firstName', 'mapping.lastName', 'mapping.shoeSize', 'scope']);
  const misspelt = refusal.issues.find(issue => issue.field === 'mapping.firstName');
  assert.deepEqual([misspelt?.start, misspelt?.end], [7, 15]);
  assert.match(misspelt?.message ?? '', /givenNam/);
});

test('refuses resources that do not exist or cannot be used at that end', async () => {
  const issuesOf = async (change: object) =>
    (await world.refusal('POST /syncs', {json: {name: 'X', ...ends(), ...change}})).issues.map(issue => [
      issue.field,
      issue.code,
    ]);
  const {directoryId} = world;
  assert.deepEqual(await issuesOf({source: {connection: directoryId, resource: 'robot'}}), [
    ['source.resource', 'resource.unknown'],
  ]);
  assert.deepEqual(await issuesOf({source: {connection: hectreId, resource: 'employee'}}), [
    ['source.resource', 'sync.source_unreadable'],
  ]);
  assert.deepEqual(await issuesOf({destination: {connection: directoryId, resource: 'person'}}), [
    ['destination.resource', 'sync.destination_unwritable'],
  ]);
});

test('refuses modes that are not there yet, and a name that is taken', async () => {
  assert.equal(
    (await world.refusal('POST /syncs', {json: {name: 'M', ...ends(), mode: 'mirror'}})).code,
    'sync.mode_unsupported',
  );
  const taken = await world.refusal('POST /syncs', {json: {name: 'applications to HECTRE', ...ends()}});
  assert.deepEqual([taken.status, taken.code], [409, 'sync.name_taken']);
});

test('a changed definition makes a new version; the same one and a new name do not', async () => {
  const change = (json: object) => world.answer('PATCH /syncs/{id}', {params: {id: syncId}, json});
  assert.equal((await change({name: 'Applicants to Hectre'})).version, 1);
  assert.equal((await change({mapping: {}})).version, 1);
  const changed = await change({mapping: {firstName: 'person.preferredName'}, scope: 'true'});
  assert.deepEqual([changed.version, changed.scope], [2, 'true']);
  const [first] = changed.fields;
  assert.deepEqual([first?.expression, first?.isDefault], ['person.preferredName', false]);
  assert.deepEqual((await change({scope: null})).scope, null);
  assert.equal(
    (await world.refusal('PATCH /syncs/{id}', {params: {id: syncId}, json: {scope: 'nonsense('}})).code,
    'sync.invalid',
  );
});

test('lists syncs, newest first, with their last run', async () => {
  const runId = await seedRun(world, syncId, false);
  const other = await world.answer('POST /syncs', {json: {name: 'Second', ...ends()}});
  const {items} = await world.answer('GET /syncs');
  assert.deepEqual(
    items.map(sync => [sync.id, sync.lastRun?.id ?? null, sync.destination.connectionName]),
    [
      [other.id, null, 'Hectre'],
      [syncId, runId, 'Hectre'],
    ],
  );
});

test('a sync is deleted once no run of it is open', async () => {
  const {items} = await world.answer('GET /runs', {query: {sync: syncId}});
  assert.equal((await world.refusal('DELETE /syncs/{id}', {params: {id: syncId}})).code, 'sync.in_use');
  await finishRun(world, items[0]?.id ?? '');
  await world.answer('DELETE /syncs/{id}', {params: {id: syncId}});
  assert.equal((await world.refusal('GET /syncs/{id}', {params: {id: syncId}})).status, 404);
  assert.equal((await world.refusal('DELETE /syncs/{id}', {params: {id: syncId}})).status, 404);
});
