import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Field} from '../model/field.ts';
import {defaultMapping} from './defaults.ts';
import {directory, employee, file} from './testing/resources.ts';

function field(name: string, more: Partial<Field>): Field {
  return {name, label: name, description: '', type: 'text', sensitivity: 'ordinary', ...more};
}

function mapped(
  destination: Partial<Field>,
  source: {readonly fields: readonly Field[]} = directory,
): string | undefined {
  return defaultMapping(source, {fields: [field('to', destination)]}).mapping['to'];
}

test('the directory fills an employee with nothing mapped by hand', () => {
  const {mapping, unmapped} = defaultMapping(directory, employee);
  assert.deepEqual(mapping, {
    firstName: 'person.givenName',
    employeeId: 'md5(lower(trim(person.email)))',
    dateOfBirth: "date(person.dateOfBirth, 'yyyy-MM-dd')",
    phoneNumber: "phone(person.phone, 'spaced')",
    wageRate: 'job.payRate',
    accountType: 'settings.accountType',
    sectors: 'settings.sectors',
  });
  assert.deepEqual(
    unmapped.map(unknown => unknown.name),
    ['deactivate'],
  );
});

test('suggestions and meanings are written over the columns of a file', () => {
  const {mapping} = defaultMapping(file, employee);
  assert.equal(mapping['firstName'], "row['First name']");
  assert.equal(mapping['employeeId'], "md5(lower(trim(row['E-mail'])))");
  assert.equal(mapping['phoneNumber'], "phone(row.Mobile, 'spaced')");
  assert.equal(mapping['dateOfBirth'], "date(row.Born, 'yyyy-MM-dd')");
  assert.equal(mapping['accountType'], 'settings.accountType');
});

const suggestions: readonly (readonly [suggest: string, overFile: string | undefined])[] = [
  ['person.email', "row['E-mail']"],
  ['person.?email', "row[?'E-mail']"],
  ['has(person.email)', "row[?'E-mail'].hasValue()"],
  ["has( person.email ) ? person.email : ''", "row[?'E-mail'].hasValue() ? row['E-mail'] : ''"],
  ['has(person.phone)', 'has(row.Mobile)'],
  ['first(person.email, person.phone)', "first(row['E-mail'], row.Mobile)"],
  ['person.givenName + person.email', "row['First name'] + row['E-mail']"],
  ["'person.email'", "'person.email'"],
  ['identifiers.astute', 'identifiers.astute'],
  ['today', 'today'],
  ['settings.anything', 'settings.anything'],
  ['person.familyName', undefined], // the file has none
  ['person.email + person.familyName', undefined],
];

for (const [suggest, expected] of suggestions) {
  test(`${suggest} becomes ${expected ?? 'nothing'} over the file`, () =>
    assert.equal(mapped({suggest}, file), expected));
}

test('where the source lacks what the suggestion reads, the field of the same meaning is taken', () => {
  assert.equal(mapped({suggest: 'person.taxNumber', standard: 'person.email'}), 'person.email');
});

const forms: readonly (readonly [name: string, destination: Partial<Field>, expression: string | undefined])[] = [
  [
    'a date in a form',
    {standard: 'person.dateOfBirth', constraint: {dateFormat: 'dd/MM/yyyy'}},
    "date(person.dateOfBirth, 'dd/MM/yyyy')",
  ],
  ['a date without a form', {standard: 'person.dateOfBirth', type: 'date'}, 'person.dateOfBirth'],
  [
    'a phone in a style',
    {standard: 'person.phone', constraint: {phoneStyle: 'spaced'}},
    "phone(person.phone, 'spaced')",
  ],
  ['a phone in none', {standard: 'person.phone', constraint: {format: 'phone'}}, "phone(person.phone, 'e164')"],
  [
    'pay, which is never rounded unasked',
    {standard: 'job.payRate', type: 'decimal', constraint: {maxDecimals: 2}},
    'job.payRate',
  ],
  ['pay into text', {standard: 'job.payRate'}, 'job.payRate'],
  ['pay into a date', {standard: 'job.payRate', type: 'date'}, undefined],
  ['a meaning that the source has not', {standard: 'person.taxNumber'}, undefined],
  ['no meaning', {}, undefined],
];

for (const [name, destination, expression] of forms) {
  test(`${name}: ${expression ?? 'not mapped'}`, () => assert.equal(mapped(destination), expression));
}

test('choices with the same labels and other values are translated', () => {
  const from = [
    {value: 'M', label: 'Male'},
    {value: 'F', label: 'Female'},
    {value: 'X', label: "It's complicated"},
    {value: 'same', label: 'Other'},
  ];
  const to = [
    {value: '1', label: 'male'},
    {value: '2', label: 'Female'},
    {value: "3'", label: "It's complicated"},
    {value: 'same', label: 'Other'},
  ];
  const source = {fields: [field('person.gender', {standard: 'person.gender', choices: from})]};
  assert.equal(
    mapped({standard: 'person.gender', choices: to}, source),
    "lookup({'M': '1', 'F': '2', 'X': '3\\''}, person.gender, person.gender)",
  );
  assert.equal(mapped({standard: 'person.gender', choices: from}, source), 'person.gender');
});

test('a list fills a text field only where it says how its entries are joined', () => {
  const source = {fields: [field('person.skills', {standard: 'person.skills', type: 'list'})]};
  assert.equal(mapped({standard: 'person.skills', constraint: {joinedBy: ';'}}, source), 'person.skills');
  assert.equal(mapped({standard: 'person.skills'}, source), undefined);
  assert.equal(mapped({standard: 'person.skills', type: 'list'}, source), 'person.skills');
});

test('the first source field with a meaning is taken, and a name counts where no meaning is given', () => {
  const source = {
    fields: [
      field('person.email', {}),
      field('a.work', {standard: 'person.email'}),
      field('a.home', {standard: 'person.email'}),
    ],
  };
  assert.equal(mapped({standard: 'person.email'}, source), 'a.work');
  assert.equal(mapped({standard: 'person.email'}, {fields: [field('person.email', {})]}), 'person.email');
});

test('what is not mapped is listed with what must be mapped first', () => {
  const fields = [
    field('optional', {}),
    field('defaulted', {required: true, default: 'x'}),
    field('needed', {required: true}),
    field('email', {standard: 'person.email'}),
  ];
  assert.deepEqual(
    defaultMapping(directory, {fields}).unmapped.map(unknown => unknown.name),
    ['needed', 'optional', 'defaulted'],
  );
});
