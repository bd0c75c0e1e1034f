import assert from 'node:assert/strict';
import {test} from 'node:test';
import {MusterError} from '../../src/connector/index.ts';
import {scim} from './connector.ts';
import {openAt, user} from './emulator-scene.ts';
import {scimmyToken, startScimmy} from './scimmy.fixture.ts';

async function openScimmy({
  token = scimmyToken,
  paging = 'mended',
}: {
  token?: string;
  paging?: 'asItIs' | 'mended';
} = {}) {
  const server = await startScimmy(paging);
  server.clear();
  const scene = openAt(server.url, token);
  return {
    ...{...scene, server},
    async [Symbol.asyncDispose]() {
      await scene[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

test('scimmy: the connection passes its test, and a wrong token is rejected credentials', async () => {
  await using scene = await openScimmy();
  assert.deepEqual(await scene.codes(), ['check.passed']);
  await using stranger = await openScimmy({token: 'another-token'});
  await assert.rejects(stranger.codes(), {code: 'connection.credentials_rejected'});
});

test('scimmy: its own description leaves every field to be mapped', async () => {
  await using scene = await openScimmy();
  const described = (await scim.describe?.(scene.ctx)) ?? [];
  assert.deepEqual(
    described.map(({name, fields}) => [name, fields.length]),
    scim.manifest.resources.map(({name, fields}) => [name, fields.length]),
  );
});

test('scimmy: a user is created whole, and found by user name, external id and e-mail', async () => {
  await using scene = await openScimmy();
  const {outcome, id, proof} = await scene.create(user(1));
  assert.deepEqual([outcome, proof], ['created', 'echo']);
  await scene.create(user(2));
  assert.deepEqual(await scene.get(id), {...user(1), active: true});
  assert.deepEqual(
    await scene.find(
      {userName: 'person1@example.com'},
      {externalId: 'external-1'},
      {workEmail: 'person1@example.com'},
      {userName: 'nobody'},
    ),
    [[id], [id], [id], []],
  );
});

for (const text of ['O\'Neil "Mick" \\ (x)', 'ends in \\', 'a] or userName pr', '👩🏽‍🌾 Māori']) {
  test(`scimmy: ${text} is kept and found as it is`, async () => {
    await using scene = await openScimmy();
    await scene.create(user(1));
    const {id} = await scene.create(user(2, {externalId: text, displayName: text}));
    assert.deepEqual(await scene.find({externalId: text}), [[id]]);
    assert.equal((await scene.get(id))?.['displayName'], text);
  });
}

test('scimmy: a second one of the same user name is the same by its external id, or a conflict', async () => {
  await using scene = await openScimmy();
  const {id} = await scene.create(user(1));
  const again = await scene.create(user(1));
  assert.deepEqual([again.outcome, again.id], ['exists', id]);
  const other = await scene.create(user(1, {externalId: 'external-9'}));
  assert.deepEqual(
    [other.outcome, other.words],
    ['conflict', `another record has this value already: userName is taken (${id})`],
  );
  assert.equal(scene.server.users.size, 1);
});

test('scimmy: a value that it does not allow is refused in words', async () => {
  await using scene = await openScimmy();
  const {outcome, words} = await scene.create({givenName: 'Ann'});
  assert.equal(outcome, 'refused');
  assert.match(words ?? '', /^a value is missing or not allowed there: .*userName/);
});

test('scimmy: an update changes what is named and keeps the rest; once more it is unchanged', async () => {
  await using scene = await openScimmy();
  const {id} = await scene.create(user(1, {manager: 'S99'}));
  const change = {
    ...{familyName: 'Jones', workEmail: 'jones@example.com', workPhone: null, title: 'Foreman', manager: null},
    ...{department: 'Orchard 2', costCenter: '77'},
  };
  assert.equal((await scene.update(id, change)).outcome, 'updated');
  const {workPhone: _phone, ...rest} = user(1);
  const {workPhone: _none, manager: _nobody, ...now} = change;
  assert.deepEqual(await scene.get(id), {...rest, ...now, active: true});
  assert.equal((await scene.update(id, change)).outcome, 'unchanged');
});

test('scimmy: a leaver is deactivated, twice does no harm, and comes back', async () => {
  await using scene = await openScimmy();
  const {id} = await scene.create(user(1));
  const outcomes = [await scene.deactivate(id), await scene.deactivate(id)].map(({outcome}) => outcome);
  assert.deepEqual(outcomes, ['updated', 'unchanged']);
  assert.equal((await scene.get(id))?.['active'], false);
  await scene.reactivate(id, {title: 'Manager'});
  assert.deepEqual(await scene.get(id), {...user(1), title: 'Manager', active: true});
});

test('scimmy: what was removed meanwhile is said so', async () => {
  await using scene = await openScimmy();
  const {id} = await scene.create(user(1));
  scene.server.remove(id ?? '');
  assert.equal((await scene.update(id, {title: 'x'})).because, 'gone');
  assert.deepEqual([(await scene.deactivate(id)).outcome, scene.server.users.size], ['unchanged', 0]);
});

async function list(scene: Awaited<ReturnType<typeof openScimmy>>) {
  const pages: number[] = [];
  const ids: string[] = [];
  let complete: boolean | undefined;
  for await (const page of scim.snapshot?.({...scene.ctx, pageSize: 10}, 'user') ?? []) {
    pages.push(page.records.length);
    ids.push(...page.records.map(({id}) => id));
    complete = page.complete;
  }
  return {pages, complete, whole: new Set(ids).size === scene.server.users.size};
}

test('scimmy: everybody is listed, page by page', async () => {
  await using scene = await openScimmy();
  for (let n = 0; n < 25; n++) await scene.create(user(n));
  assert.deepEqual(await list(scene), {pages: [10, 10, 5], complete: true, whole: true});
});

test('scimmy: as it pages over HTTP, twenty users are the whole of twenty and never of more', async () => {
  await using scene = await openScimmy({paging: 'asItIs'});
  for (let n = 0; n < 20; n++) await scene.create(user(n));
  assert.deepEqual(await list(scene), {pages: [20], complete: true, whole: true});
  const {id} = await scene.create(user(20));
  assert.deepEqual(await list(scene), {pages: [20, 0], complete: false, whole: false});
  assert.deepEqual(await scene.find({userName: 'person20@example.com'}), [[id]]);
});

test('scimmy: many changes go in one request, each with its own answer', async () => {
  await using scene = await openScimmy();
  const [one, two] = [await scene.create(user(1)), await scene.create(user(2))];
  const answers = await scene.writeMany(
    scene.change({operation: 'create', values: user(3)}),
    scene.change({operation: 'create', values: user(1)}),
    scene.change({operation: 'create', values: {givenName: 'Ann'}}),
    scene.change({operation: 'update', id: one.id ?? '', values: {title: 'Foreman'}}),
    scene.change({operation: 'deactivate', id: two.id ?? '', values: {}}),
  );
  assert.deepEqual(
    answers.map(answer => (answer instanceof MusterError ? answer.code : answer.outcome)),
    ['created', 'exists', 'refused', 'updated', 'updated'],
  );
  assert.equal(scene.calls.filter(({path}) => path.endsWith('/Bulk')).length, 1);
  assert.equal((await scene.get(one.id))?.['title'], 'Foreman');
  assert.equal((await scene.get(two.id))?.['active'], false);
});

test('scimmy: a group is created and its members exchanged', async () => {
  await using scene = await openScimmy();
  const [one, two] = [(await scene.create(user(1))).id ?? '', (await scene.create(user(2))).id ?? ''];
  const {id, outcome} = await scene.create({displayName: 'Pickers', members: [one]}, 'group');
  assert.equal(outcome, 'created');
  assert.equal((await scene.update(id, {members: [two]}, {resource: 'group'})).outcome, 'updated');
  assert.deepEqual(await scene.get(id, 'group'), {displayName: 'Pickers', members: [two]});
});
