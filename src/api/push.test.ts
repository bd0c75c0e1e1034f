import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {testWorld, type World} from '../../test/support/world.ts';

let world: World;
before(async () => {
  world = await testWorld();
});
after(() => world[Symbol.asyncDispose]());

const push = 'POST /connections/{id}/records';
const remove = 'DELETE /connections/{id}/records/{resource}/{externalId}';
const person = (id: string, data: object = {}) => ({id, data: {person: {givenName: 'Ana', familyName: id, ...data}}});
const to = (json: unknown) => ({params: {id: world.directoryId}, json});
const about = (externalId: string, resource = 'person') => ({params: {id: world.directoryId, resource, externalId}});

async function people(): Promise<readonly string[]> {
  const {items} = await world.answer('GET /records', {query: {resource: 'person'}});
  return items.filter(record => record.goneAt === null).map(record => record.externalId);
}

test('refuses without sign-in, and for a role that only looks', async () => {
  const json = {resource: 'person', records: []};
  assert.equal((await world.refusal(push, {as: 'nobody', ...to(json)})).status, 401);
  assert.equal((await world.refusal(push, {as: 'viewer', ...to(json)})).status, 403);
  assert.equal((await world.refusal(remove, {as: 'nobody', ...about('P-1')})).status, 401);
});

test("refuses another company's connection", async () => {
  const refusal = await world.refusal(push, {as: 'stranger', ...to({resource: 'person', records: [person('P-1')]})});
  assert.deepEqual([refusal.status, refusal.code], [404, 'request.not_found']);
  assert.equal((await world.refusal(remove, {as: 'stranger', ...about('P-1')})).status, 404);
});

test('what was pushed is there when the answer comes', async () => {
  assert.deepEqual(await world.answer(push, to({resource: 'person', records: [person('P-1'), person('P-2')]})), {
    accepted: 2,
    queued: 0,
  });
  assert.deepEqual(await people(), ['P-2', 'P-1']);
});

test('an absent key keeps what was there, null clears it', async () => {
  await world.answer(push, to({resource: 'person', records: [person('P-1', {email: 'a@x.nz', phone: '021 555'})]}));
  await world.answer(push, to({resource: 'person', records: [{id: 'P-1', data: {person: {phone: null}}}]}));
  const {items} = await world.answer('GET /records', {query: {search: 'P-1'}});
  assert.deepEqual(items[0]?.data['person'], {givenName: 'Ana', familyName: 'P-1', email: 'a@x.nz', phone: null});
});

test('refuses an unknown resource with its name and the known ones', async () => {
  const refusal = await world.refusal(push, to({resource: 'robot', records: [person('P-1')]}));
  assert.deepEqual([refusal.status, refusal.code], [400, 'request.invalid']);
  assert.deepEqual([refusal.issues[0]?.code, refusal.issues[0]?.field], ['resource.unknown', 'resource']);
  assert.match(refusal.issues[0]?.message ?? '', /person, job, application/);
});

test('refuses records without an id and more than a thousand at once, and stores none of them', async () => {
  const before = await people();
  for (const records of [
    [person('P-8'), {data: {}}],
    [person('P-8'), person('')],
    Array.from({length: 1001}, (_, n) => person(`M-${n}`)),
  ]) {
    assert.equal((await world.refusal(push, to({resource: 'person', records}))).code, 'request.invalid');
  }
  assert.deepEqual(await people(), before);
});

test('what must be new takes the place of nobody: ids that are taken are named, and none is stored', async () => {
  const before = await people();
  const records = [person('P-7'), person('P-1', {familyName: 'Other'})];
  const refusal = await world.refusal(push, to({resource: 'person', records, onlyNew: true}));
  assert.deepEqual(
    refusal.issues.map(({code, field}) => [code, field]),
    [['record.id_taken', 'records.1.id']],
  );
  assert.deepEqual(await people(), before);
});

test('of two who enter one id at the same time, one is told', async () => {
  const json = {resource: 'job', records: [{id: 'J-7', data: {job: {title: 'Picker'}}}], onlyNew: true};
  const key = await world.api.key('operator');
  const route = `POST /connections/${world.directoryId}/records`;
  const told = await Promise.all([1, 2].map(() => world.api.ask(route, {as: key, json})));
  assert.deepEqual(told.map(({status}) => status).sort(), [202, 400]);
});

test('refuses more than 5 MB', async () => {
  const records = [person('P-9', {notes: 'x'.repeat(5_000_001)})];
  assert.equal((await world.refusal(push, to({resource: 'person', records}))).status, 413);
});

test('keeps bad values and unknown keys, and they hide no neighbour', async () => {
  const records = [person('P-3', {dateOfBirth: '31/31/1999', shoeSize: {left: 43}}), person('P-4')];
  assert.equal((await world.answer(push, to({resource: 'person', records}))).accepted, 2);
  const {items} = await world.answer('GET /records', {query: {search: 'P-3'}});
  assert.deepEqual(items[0]?.data['person'], {
    givenName: 'Ana',
    familyName: 'P-3',
    dateOfBirth: '31/31/1999',
    shoeSize: {left: 43},
  });
});

test('refuses to push into a connection that nothing is pushed into', async () => {
  const id = await world.connect('Hectre', 'hectre', {baseUrl: 'http://127.0.0.1:1'});
  const refusal = await world.refusal(push, {params: {id}, json: {resource: 'employee', records: []}});
  assert.deepEqual([refusal.status, refusal.code], [422, 'connector.cannot']);
});

test('after the last part of a snapshot, whoever stood in none of its parts is gone', async () => {
  const part = (records: unknown[], last: boolean) =>
    world.answer(push, to({resource: 'person', records, snapshot: {id: 'S-1', last}}));
  await part([person('P-1')], false);
  assert.equal((await people()).length, 4);
  await part([person('P-3')], true);
  assert.deepEqual(await people(), ['P-3', 'P-1']);
});

test('a record that is said to be gone is gone, also when it is said twice; one that never was is not found', async () => {
  await world.answer(remove, about('P-3'));
  await world.answer(remove, about('P-3'));
  assert.deepEqual(await people(), ['P-1']);
  assert.equal((await world.refusal(remove, about('P-99'))).status, 404);
  assert.equal((await world.refusal(remove, about('P-1', 'robot'))).status, 400);
  await world.answer(push, to({resource: 'person', records: [person('P-3')]}));
  assert.deepEqual(await people(), ['P-3', 'P-1']);
});
