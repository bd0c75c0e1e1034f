// A file of columns as the source, from its default mapping to the values and issues of its rows.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {messageText} from '../messages/text.ts';
import {compileMapping} from './mapping.ts';
import {compileScope} from './scope.ts';
import {context, employee, file, settings} from './testing/resources.ts';

const compiled = compileMapping({
  source: file,
  destination: employee,
  mapping: {dateOfBirth: "parseDate(row['Born'], 'd/M/yyyy')"},
  settings,
  country: 'NZ',
});

type Row = {readonly [column: string]: string};

async function rowResult(row: Row) {
  const [mapped] = await compiled.apply([{data: {row}}], context);
  return {
    values: mapped?.values ?? {},
    texts: (mapped?.issues ?? []).map(issue => messageText(issue.code, issue.params).text),
  };
}

const good: Row = {
  'First name': 'Aroha',
  'E-mail': 'Aroha@Example.com',
  Born: '1/5/1990',
  Mobile: '021 555 0100',
  Rate: '24.50',
};

test('nothing is wrong with the mapping itself', async () => {
  assert.deepEqual(compiled.issues, []);
  assert.deepEqual(compiled.missingRequired, []);
});

test('a row becomes an employee: text of dates and rates included', async () => {
  assert.deepEqual(await rowResult(good), {
    values: {
      firstName: 'Aroha',
      employeeId: 'af745498c2976008d8ab3edcc6a51d29',
      dateOfBirth: '1990-05-01',
      phoneNumber: '64 21 555 0100',
      wageRate: '24.50',
      accountType: 'Staff',
      sectors: 'North|South',
      deactivate: 'FALSE',
    },
    texts: [],
  });
});

const rows: readonly (readonly [name: string, change: Row, texts: readonly string[]])[] = [
  ['a blank first name', {'First name': ' '}, ['First name: required, but the source has no value (row.First name)']],
  ['a blank e-mail', {'E-mail': ''}, ['Employee id: required, but the source has no value (row.E-mail)']],
  ['a date that is none', {Born: '31/2/1990'}, ['Date of birth: not a calendar date; wanted is yyyy-MM-dd']],
  ['an American date', {Born: '5/31/1990'}, ['Date of birth: not a calendar date; wanted is yyyy-MM-dd']],
  ['a blank date, which is not required', {Born: ''}, []],
  ['a phone that lost its zero in a spreadsheet', {Mobile: '2.15E+08'}, ['Phone number: not a valid phone number']],
  [
    'two phones in one cell',
    {Mobile: '021 555 0100 / 022 555 0101'},
    ['Phone number: 20 digits given, 15 at most, single spaces, no + sign'],
  ],
  ['a rate with a currency', {Rate: '$24.50'}, ['Wage rate: not a number; wanted is digits with at most 2 decimals']],
  ['a rate with a comma', {Rate: '24,50'}, ['Wage rate: not a number; wanted is digits with at most 2 decimals']],
  ['a rate with too many decimals', {Rate: '24.555'}, ['Wage rate: 3 decimals given, 2 at most']],
  [
    'everything wrong at once',
    {'First name': '', 'E-mail': '', Born: 'x', Mobile: 'x', Rate: 'x'},
    [
      'First name: required, but the source has no value (row.First name)',
      'Employee id: required, but the source has no value (row.E-mail)',
      'Date of birth: not a calendar date; wanted is yyyy-MM-dd',
      'Phone number: not a valid phone number',
      'Wage rate: not a number; wanted is digits with at most 2 decimals',
    ],
  ],
];

for (const [name, change, texts] of rows) {
  test(`${name}: ${texts.length === 0 ? 'fine' : texts.join('; ')}`, async () => {
    assert.deepEqual((await rowResult({...good, ...change})).texts, texts);
  });
}

test('a column that the file no longer has is told by its name', async () => {
  const without = {fields: file.fields.filter(field => field.name !== 'row.E-mail')};
  const mapping = {employeeId: "md5(lower(trim(row['E-mail'])))"};
  const {issues} = compileMapping({source: without, destination: employee, mapping, settings});
  const [issue] = issues.filter(one => one.field === 'employeeId');
  assert.equal(
    messageText(issue?.code ?? '', issue?.params).text,
    'Employee id: the source no longer has a field row.E-mail',
  );
  assert.equal(mapping.employeeId.slice(issue?.start, issue?.end), "'E-mail'");
});

test('a scope over columns says which clause is not so', async () => {
  const scope = compileScope(file, "row['E-mail'].endsWith('@example.com') && row.Rate != '0'");
  const record = {data: {row: {...good, Rate: '0', 'E-mail': 'x@example.com'}}};
  assert.deepEqual(await scope.test([record], context), [{included: false, falseClause: "row.Rate != '0'"}]);
});
