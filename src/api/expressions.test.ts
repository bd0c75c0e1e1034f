import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {recordIds, seedSync} from '../../test/support/seed.ts';
import {testWorld, type World} from '../../test/support/world.ts';

let world: World;
let hectreId: string;
let ids: Readonly<Record<string, string>>;
before(async () => {
  world = await testWorld();
  ({hectreId} = await seedSync(world));
  ids = await recordIds(world);
});
after(() => world[Symbol.asyncDispose]());

const ends = () => ({
  source: {connection: world.directoryId, resource: 'application'},
  destination: {connection: hectreId, resource: 'employee'},
});
const about = (expression: string) => ({connection: world.directoryId, resource: 'application', expression});
const preview = (json: object) => world.answer('POST /mapping-previews', {json: {...ends(), ...json}});

test('refuses without sign-in', async () => {
  assert.equal((await world.refusal('POST /mapping-previews', {as: 'nobody', json: ends()})).status, 401);
  assert.equal((await world.refusal('POST /expressions/checks', {as: 'nobody', json: about('1')})).status, 401);
});

test("refuses another company's connection and record", async () => {
  assert.equal((await world.refusal('POST /mapping-previews', {as: 'stranger', json: ends()})).code, 'sync.invalid');
  assert.equal((await world.refusal('POST /expressions/checks', {as: 'stranger', json: about('1')})).status, 404);
  const json = {...about('1'), sample: 'rec_none'};
  assert.equal((await world.refusal('POST /expressions/checks', {json})).status, 404);
  assert.equal((await world.refusal('POST /mapping-previews', {json: {...ends(), records: ['rec_none']}})).status, 404);
});

test('shows values on real records with what they were made from, and who is not included because of which clause', async () => {
  const {records} = await preview({});
  assert.deepEqual(
    records.map(record => [record.externalId, record.name, record.included]),
    [
      ['A-2', 'Ben Ó Briain', false],
      ['A-1', 'Ana Ngata', true],
    ],
  );
  assert.match(records[0]?.excludedBecause ?? '', /application\.status in/);
  assert.deepEqual(
    records.map(record => record.excludedSaw),
    [[{field: 'application.status', label: 'Status', value: 'offered'}], []],
  );
  const firstName = records[1]?.values.find(value => value.field === 'firstName');
  assert.deepEqual(firstName, {
    field: 'firstName',
    label: 'First name',
    value: 'Ana',
    expression: 'person.givenName',
    inputs: [{path: 'person.givenName', state: 'value', value: 'Ana'}],
    message: null,
  });
});

test('says why a required value is missing', async () => {
  const {records} = await preview({records: [ids['A-2'] ?? '']});
  const employeeId = records[0]?.values.find(value => value.field === 'employeeId');
  assert.deepEqual(
    [employeeId?.value, employeeId?.inputs],
    [null, [{path: 'person.email', state: 'absent', value: null}]],
  );
  assert.match(employeeId?.message ?? '', /Employee ID: required/);
});

test('required fields that nothing fills come first, and a broken mapping is shown rather than refused', async () => {
  const {fields, issues} = await preview({mapping: {employeeId: null, firstName: 'person.nope'}});
  assert.deepEqual([fields[0]?.field, fields[0]?.expression, fields[0]?.required], ['employeeId', null, true]);
  const errors = issues.filter(issue => issue.level === 'error').map(issue => issue.field);
  assert.deepEqual(errors.sort(), ['mapping.employeeId', 'mapping.firstName']);
});

test('a scope that cannot be worked out includes nobody by guess', async () => {
  const {records, issues} = await preview({scope: 'application.nope == 1'});
  assert.deepEqual(
    records.map(record => record.included),
    [null, null],
  );
  assert.ok(issues.some(issue => issue.field === 'scope'));
});

test('checks an expression: type, what it reads, and what it gives on a record', async () => {
  const json = {...about('upper(person.familyName)'), sample: ids['A-1']};
  assert.deepEqual(await world.answer('POST /expressions/checks', {json}), {
    type: 'text',
    reads: ['person.familyName'],
    issues: [],
    value: 'NGATA',
  });
});

test('checks an expression: every problem with its place, and no value then', async () => {
  const json = {...about('upper(person.familyNam)'), sample: ids['A-1']};
  const {issues, value} = await world.answer('POST /expressions/checks', {json});
  assert.deepEqual(
    [issues[0]?.start, issues[0]?.end, issues[0]?.code, value],
    [13, 22, 'expression.unknown_field', null],
  );
});

test('a condition is wanted to be one', async () => {
  const {issues} = await world.answer('POST /expressions/checks', {
    json: {...about('size(person.familyName)'), wanted: 'boolean'},
  });
  assert.equal(issues.length, 1);
  assert.deepEqual(
    (await world.answer('POST /expressions/checks', {json: {...about('true'), wanted: 'boolean'}})).issues,
    [],
  );
});

test('settings of the destination can be read, over them what the sync says', async () => {
  const csvId = await world.connect('CSV', 'hectre-csv', {accountType: 'Standard'});
  const json = {...about('settings.accountType'), sample: ids['A-1'], destination: csvId};
  assert.equal((await world.answer('POST /expressions/checks', {json})).value, 'Standard');
  const own = {...json, settings: {accountType: 'Supervisor'}};
  assert.equal((await world.answer('POST /expressions/checks', {json: own})).value, 'Supervisor');
});
