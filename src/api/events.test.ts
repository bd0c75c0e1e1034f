import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {newEvent, recordIds, seedEvents, seedRun, seedSync} from '../../test/support/seed.ts';
import {testWorld, type World} from '../../test/support/world.ts';
import {insertCalls} from '../store/calls.ts';

let world: World;
let syncId: string;
let hectreId: string;
let eventId: string;
let previewedId: string;
let invalidId: string;

before(async () => {
  world = await testWorld();
  ({syncId, hectreId} = await seedSync(world));
  const ids = await recordIds(world);
  const values = {lastName: 'Ngata', firstName: 'Ana', employeeId: 'e1', legacyCode: 7};
  const created = newEvent({recordId: ids['A-1'] ?? '', externalId: 'A-1', destinationId: 'emp-1', values});
  const unsent = newEvent({...created, id: `${created.id}x`, phase: 'complete', status: 100, destinationId: null});
  eventId = created.id;
  previewedId = unsent.id;
  const issue = (field: string, code: string, label: string) =>
    ({level: 'error', code, field, params: {label}}) as const;
  const invalid = newEvent({
    ...created,
    id: `${created.id}y`,
    phase: 'error',
    status: 400,
    destinationId: null,
    values: {firstName: 'Tama', phoneNumber: '+64 21 555 010 000 000 00'},
    issues: [
      issue('employeeId', 'mapping.value_missing', 'Employee ID'),
      issue('phoneNumber', 'value.too_many_digits', 'Phone number'),
    ],
  });
  invalidId = invalid.id;
  const runId = await seedRun(world, syncId, true);
  const previewId = await seedRun(world, syncId, false);
  const call = {
    method: 'POST',
    path: '/v1/employees',
    status: 201,
    outcome: 'ok',
    durationMs: 12,
    requestBody: {firstName: '…'},
    responseBody: {id: 'emp-1'},
    startedAt: new Date('2026-11-02T10:00:00Z'),
  } as const;
  await world.within(async tx => {
    await seedEvents(tx, {runId, syncId}, [created, invalid]);
    await seedEvents(tx, {runId: previewId, syncId}, [unsent], 'plan_items');
    const about = {connectionId: hectreId, runId, attempt: 1};
    await insertCalls(tx, [
      {...about, call, eventId},
      {...about, call: {...call, method: 'GET', outcome: 'failed', status: 503}, eventId: null},
    ]);
  });
});
after(() => world[Symbol.asyncDispose]());

test('refuses without sign-in', async () => {
  assert.equal((await world.refusal('GET /events/{id}', {as: 'nobody', params: {id: eventId}})).status, 401);
  assert.equal((await world.refusal('GET /calls', {as: 'nobody'})).status, 401);
});

test("refuses another company's event and lists none of its calls", async () => {
  assert.equal((await world.refusal('GET /events/{id}', {as: 'stranger', params: {id: eventId}})).status, 404);
  assert.deepEqual((await world.answer('GET /calls', {as: 'stranger'})).items, []);
  assert.deepEqual((await world.answer('GET /calls', {as: 'stranger', query: {connection: hectreId}})).items, []);
});

test('shows values in the order of the fields, with their labels and where each came from', async () => {
  const event = await world.answer('GET /events/{id}', {params: {id: eventId}});
  const [state, id] = ['given', 'md5(lower(trim(person.email)))'];
  assert.deepEqual(event.values, [
    {field: 'firstName', label: 'First name', value: 'Ana', from: 'person.givenName', source: 'First name', state},
    {field: 'lastName', label: 'Last name', value: 'Ngata', from: 'person.familyName', source: 'Last name', state},
    {field: 'employeeId', label: 'Employee ID', value: 'e1', from: id, source: 'E-mail', state},
    {field: 'legacyCode', label: 'legacyCode', value: 7, from: null, source: null, state},
  ]);
  assert.deepEqual([event.syncName, event.destinationId, event.name], ['Applications to Hectre', 'emp-1', 'Ana Ngata']);
});

test('shows what was refused as it came, and what is required and missing, each marked as such', async () => {
  const event = await world.answer('GET /events/{id}', {params: {id: invalidId}});
  assert.deepEqual(
    event.values.map(({field, state, value, source}) => [field, state, value, source]),
    [
      ['firstName', 'given', 'Tama', 'First name'],
      ['employeeId', 'missing', null, 'E-mail'],
      ['phoneNumber', 'refused', '+64 21 555 010 000 000 00', 'Phone'],
    ],
  );
});

test('shows the calls that were made for it and the record as it is today', async () => {
  const event = await world.answer('GET /events/{id}', {params: {id: eventId}});
  assert.deepEqual(
    event.calls.map(call => [call.method, call.path, call.status, call.outcome]),
    [['POST', '/v1/employees', 201, 'ok']],
  );
  assert.deepEqual(event.data?.['application'], {status: 'accepted'});
});

test('tells where a value came from at the time, whatever the sync says now', async () => {
  await world.answer('PATCH /syncs/{id}', {params: {id: syncId}, json: {mapping: {firstName: 'person.preferredName'}}});
  const event = await world.answer('GET /events/{id}', {params: {id: eventId}});
  assert.equal(event.values[0]?.from, 'person.givenName');
});

test("a preview's item is shown as an event", async () => {
  const event = await world.answer('GET /events/{id}', {params: {id: previewedId}});
  assert.deepEqual([event.status, event.calls], [100, []]);
});

test('calls are listed newest first and filtered by connection, outcome and time', async () => {
  const list = async (query: Record<string, string>) =>
    (await world.answer('GET /calls', {query})).items.map(call => call.method);
  assert.deepEqual(await list({}), ['GET', 'POST']);
  assert.deepEqual(await list({connection: hectreId, outcome: 'failed'}), ['GET']);
  assert.deepEqual(await list({connection: world.directoryId}), []);
  assert.deepEqual(await list({from: '2020-01-01T00:00:00Z', to: '2020-01-02T00:00:00Z'}), []);
  assert.deepEqual(await list({from: '2020-01-01T00:00:00Z'}), ['GET', 'POST']);
});
