import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {FileRow, JsonObject} from '../../src/connector/index.ts';
import {describeConformance} from '../../src/connector/testing/conformance.ts';
import {openWorld} from '../../src/connector/testing/index.ts';
import {hectreCsv} from './connector.ts';

describeConformance(hectreCsv, {});

const [employee] = hectreCsv.manifest.resources;
assert.ok(employee);
const fieldNamed = (name: string) => employee.fields.find(field => field.name === name);

test('the columns are those that PICMI documents, in that order, with their rules', () => {
  const table = employee.fields.map(field => [field.label, field.required === true, field.default, field.source]);
  assert.deepEqual(table, [
    ['First name', true, undefined, 'Personal Information'],
    ['Last name', true, undefined, 'Personal Information'],
    ['Employee ID', false, undefined, 'Integration Configuration'],
    ['Date of birth', false, undefined, 'Job'],
    ['Account type', false, undefined, 'Integration Configuration'],
    ['Wage rate', false, undefined, 'Job'],
    ['Contractors', false, undefined, 'Integration Configuration'],
    ['Email address', false, undefined, 'Personal Information'],
    ['Phone number', false, undefined, 'Personal Information'],
    ['Dashboard access', false, 'None', 'Integration Configuration'],
    ['Sectors', false, undefined, 'Integration Configuration'],
    ['Deactivate', false, 'FALSE', 'Integration Configuration'],
  ]);
});

const choices: readonly (readonly [string, readonly string[]])[] = [
  ['accountType', ['Staff', 'Full-Time Staff', 'Supervisor', 'Manager', 'Owner']],
  ['dashboardAccess', ['None', 'Regular', 'Power', 'Full']],
  ['deactivate', ['TRUE', 'FALSE']],
];
for (const [name, values] of choices) {
  test(`${name} is one of ${values.join(', ')}, as a field and as a setting`, () => {
    const setting = hectreCsv.manifest.settings.find(one => one.name === name);
    for (const one of [fieldNamed(name), setting])
      assert.deepEqual(
        one?.choices?.map(({value}) => value),
        values,
      );
  });
}

const patterns: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['wageRate', ['30', '30.5', '30.55', '0.99'], ['30.555', '$30', '30,5', '', '-1', '.5', '30.']],
];
for (const [name, good, bad] of patterns) {
  test(`${name} takes ${good.join(', ')} and nothing else`, () => {
    const pattern = new RegExp(fieldNamed(name)?.constraint?.pattern ?? '$.');
    assert.deepEqual(
      [...good, ...bad].filter(text => pattern.test(text)),
      good,
    );
  });
}

test('a phone number leaves as at most 15 digits with single spaces and no plus sign', () => {
  const {maxDigits, phoneStyle} = fieldNamed('phoneNumber')?.constraint ?? {};
  assert.deepEqual({maxDigits, phoneStyle}, {maxDigits: 15, phoneStyle: 'spaced'});
});

async function contractorsWith(settings: JsonObject) {
  await using world = openWorld({connector: hectreCsv, settings});
  const [described] = (await hectreCsv.describe?.(world.ctx)) ?? [];
  return described?.fields.find(({name}) => name === 'contractors')?.choices?.map(({value}) => value);
}

test('contractors must be one of those in the settings; without any, none is right', async () => {
  assert.deepEqual(await contractorsWith({contractors: ['Alpha Ltd', 'Beta']}), ['Alpha Ltd', 'Beta']);
  assert.deepEqual(await contractorsWith({}), []);
});

test('one file a run holds a row for each employee, sectors joined by a bar, phone numbers as they are', async () => {
  await using world = openWorld({connector: hectreCsv});
  async function* rows(): AsyncGenerator<FileRow> {
    yield {recordId: 'rec_1', values: {firstName: 'Mary', lastName: "O'Neil, sr", sectors: ['Cherries', 'Pears']}};
    yield {
      recordId: 'rec_2',
      values: {firstName: 'Bo', lastName: 'Å', phoneNumber: '64 21 5', sectors: 'Pears', wageRate: '31.50'},
    };
  }
  const meta = {syncName: 'x', resource: employee, at: new Date('2026-03-02T09:00:00Z')};
  const out = [];
  for await (const one of hectreCsv.files?.(world.ctx, rows(), meta) ?? []) {
    const blocks = [];
    for await (const block of one.content) blocks.push(block);
    out.push([one.name, one.mediaType, Buffer.concat(blocks).toString()]);
  }
  const header =
    'First name,Last name,Employee ID,Date of birth,Account type,Wage rate,Contractors,Email address,' +
    'Phone number,Dashboard access,Sectors,Deactivate';
  const lines = [header, 'Mary,"O\'Neil, sr",,,,,,,,,Cherries|Pears,', 'Bo,Å,,,,31.50,,,64 21 5,,Pears,', ''];
  assert.deepEqual(out, [['hectre-employees-20260302T090000Z.csv', 'text/csv', lines.join('\r\n')]]);
});
