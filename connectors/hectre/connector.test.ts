import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {test} from 'node:test';
import type {Values} from '../../src/connector/index.ts';
import {describeConformance} from '../../src/connector/testing/conformance.ts';
import {instantClock, openWorld} from '../../src/connector/testing/index.ts';
import {hectre} from './connector.ts';
import {demoKey, demoLimitedKey, type HectreOptions, startHectre} from './emulator.ts';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

function employee(n: number, lastName = `Familyname${n}`): Values {
  return {
    firstName: `Givenname${n}`,
    lastName,
    employeeId: md5(`person${n}@example.com`),
    dateOfBirth: `1990-01-${String((n % 28) + 1).padStart(2, '0')}`,
    phoneNumber: `64 21 555 0${100 + (n % 900)}`,
  };
}

describeConformance(hectre, {
  async emulator(clock) {
    const emulator = await startHectre({clock});
    const fill = (count: number) => emulator.seed(Array.from({length: count}, (_, n) => employee(n)));
    return Object.assign(emulator, {fill});
  },
  secrets: {apiKey: demoKey},
  badSecrets: {apiKey: 'not-the-right-key'},
  limitedSecrets: {apiKey: demoLimitedKey},
  largestPage: 200,
  values: employee,
  lookUp: values => ({key: 'employeeId', values: {employeeId: values['employeeId'] ?? null}}),
});

async function openHectre(options: HectreOptions = {}, settings = {}) {
  const clock = instantClock();
  const emulator = await startHectre({clock, ...options});
  const world = openWorld({
    connector: hectre,
    settings: {baseUrl: emulator.url, ...settings},
    secrets: {apiKey: demoKey},
    clock,
    timeoutMs: 300,
  });
  const write = (values: Values) => {
    assert.ok(hectre.write);
    return hectre.write(world.ctx, {operation: 'create', resource: 'employee', values, id: null, idempotencyKey: 'k'});
  };
  const find = async (...ids: string[]) =>
    (await hectre.find?.(
      world.ctx,
      'employee',
      ids.map(id => ({key: 'employeeId', values: {employeeId: id}})),
    )) ?? [];
  return {
    ...{clock, emulator, write, find, ctx: world.ctx, calls: world.calls},
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]();
      await emulator.close();
    },
  };
}

test('a new employee may be missing from the list, never longer than the resource settles', async () => {
  await using world = await openHectre({random: () => 1});
  const {employeeId} = employee(1);
  await world.write(employee(1));
  assert.deepEqual(await world.find(String(employeeId)), [[]]);
  await world.clock.advance(5000);
  const [matches] = await world.find(String(employeeId));
  assert.equal(matches?.length, 1);
});

test('many look-ups answer in their own order, each found or not', async () => {
  await using world = await openHectre();
  world.emulator.seed([employee(1), employee(2), employee(2, 'Twin')]);
  const id = (n: number) => String(employee(n)['employeeId']);
  const found = await world.find(id(2), id(3), id(1));
  assert.deepEqual(
    found.map(matches => matches.length),
    [2, 0, 1],
  );
});

test('asks for no more at once than the resource allows', async () => {
  await using world = await openHectre();
  await world.find(...Array.from({length: 60}, (_, n) => String(employee(n)['employeeId'])));
  assert.ok(world.emulator.counts.mostAtOnce <= 8, `${world.emulator.counts.mostAtOnce} at once`);
});

test('an employee who is there already is no error where Hectre says so', async () => {
  await using world = await openHectre({uniqueness: 'enforced'});
  world.emulator.seed([employee(1)]);
  const {outcome, words} = await world.write(employee(1));
  assert.deepEqual([outcome, words], ['exists', 'An employee with this employeeId is there already']);
});

test('without uniqueness Hectre stores a second one, so the connector must not promise otherwise', async () => {
  await using world = await openHectre();
  await world.write(employee(1));
  await world.write(employee(1));
  assert.equal(world.emulator.journal.length, 2);
});

test('a refused value comes back with the words of Hectre and the field they are about', async () => {
  await using world = await openHectre();
  const written = await world.write({...employee(1), phoneNumber: '+64 21'});
  assert.equal(written.outcome, 'refused');
  assert.equal(written.words, 'phoneNumber is at most 15 digits with single spaces');
  assert.deepEqual(
    written.issues?.map(({field, code}) => [field, code]),
    [['phoneNumber', 'event.refused']],
  );
  assert.equal(world.emulator.journal.length, 0);
});

test('a list with somebody else in it is not taken for "not found"', async () => {
  await using world = await openHectre();
  const other = {items: [{...employee(2), id: 'E9'}], total: 1};
  world.emulator.faults.add({when: 'before', how: {status: 200, json: other}});
  await assert.rejects(world.find('abc'), {code: 'connection.answer_unreadable'});
});

test('the orchard of the settings goes with every request', async () => {
  await using world = await openHectre({}, {orchardId: '42'});
  await world.write(employee(1));
  await world.find('abc');
  assert.deepEqual(
    world.calls.map(({path}) => path.includes('orchardId=42')),
    [true, true],
  );
});

const byName: readonly (readonly [lastName: string, first: string, second: string, stored: number])[] = [
  ['Ratelimit', 'connection.rate_limited', 'created', 1],
  ['Ratelimitbare', 'connection.rate_limited', 'created', 1],
  ['Failbefore', 'connection.server_error', 'created', 1],
  ['Failafter', 'connection.server_error', 'created', 2],
  ['Failalways', 'connection.server_error', 'connection.server_error', 0],
  ['Hang', 'connection.timed_out', 'connection.timed_out', 0],
  ['Html', 'connection.answer_unreadable', 'connection.answer_unreadable', 0],
  ['Truncated', 'connection.answer_unreadable', 'connection.answer_unreadable', 2],
];

for (const [lastName, first, second, stored] of byName) {
  test(`the last name ${lastName} gives ${first}, sent again ${second}, and stores ${stored} in all`, async () => {
    await using world = await openHectre();
    const send = () =>
      world.write(employee(1, lastName)).then(
        ({outcome}) => outcome,
        ({code}) => code,
      );
    assert.deepEqual([await send(), await send()], [first, second]);
    assert.equal(world.emulator.journal.length, stored);
  });
}

test('the journal can be read over HTTP without a key', async () => {
  await using world = await openHectre();
  await world.write(employee(7));
  const open = {...hectre, manifest: {...hectre.manifest, auth: {kind: 'none'} as const}};
  await using reader = openWorld({connector: open, settings: {baseUrl: world.emulator.url}});
  const {json} = await reader.ctx.http.send({method: 'GET', path: '/emulator/journal'});
  assert.deepEqual(json, {items: world.emulator.journal});
});
