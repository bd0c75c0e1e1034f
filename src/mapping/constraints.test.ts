import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {messageText} from '../messages/text.ts';
import type {Constraint, Field, FieldType} from '../model/field.ts';
import type {Json} from '../std/json.ts';
import {fitValue} from './constraints.ts';

function field(type: FieldType, constraint: Constraint = {}, more: Partial<Field> = {}): Field {
  return {name: 'f', label: 'Field', description: '', type, sensitivity: 'ordinary', constraint, ...more};
}

function words(of: Field, value: Json, country?: string): readonly string[] {
  return fitValue(of, value, {country}).issues.map(issue => messageText(issue.code, issue.params).text);
}

const choices = [
  {value: 'FT', label: 'Full time'},
  {value: 'PT', label: 'Part time'},
];
const spaced: Constraint = {format: 'phone', phoneStyle: 'spaced', maxDigits: 15, wanted: 'single spaces, no + sign'};

const fits: readonly (readonly [name: string, field: Field, value: Json, out: Json])[] = [
  ['text', field('text'), 'Aroha', 'Aroha'],
  ['a number as text', field('text'), 24.5, '24.5'],
  ['a large number as text', field('text'), 1e21, '1000000000000000000000'],
  ['yes and no as text', field('text'), true, 'true'],
  ['null, which clears', field('number'), null, null],
  ['a number', field('number'), 24.5, 24.5],
  ['text of a number', field('number'), ' 24.50 ', 24.5],
  ['a decimal, as exact text', field('decimal'), 24.5, '24.5'],
  ['a decimal from text', field('decimal', {maxDecimals: 2}), '24.50', '24.50'],
  ['a decimal with spare zeros', field('decimal', {maxDecimals: 2}), '24.5000', '24.50'],
  ['a whole decimal with spare zeros', field('decimal', {maxDecimals: 0}), '24.00', '24'],
  ['yes', field('boolean'), 'Yes', true],
  ['FALSE', field('boolean'), 'FALSE', false],
  ['a date', field('date'), '2026-02-08', '2026-02-08'],
  ['a date in its form', field('date', {dateFormat: 'dd/MM/yyyy'}), '2026-02-08', '08/02/2026'],
  ['a date that has its form already', field('date', {dateFormat: 'dd/MM/yyyy'}), '08/02/2026', '08/02/2026'],
  ['a date in a text field', field('text', {dateFormat: 'd MMM yyyy'}), '2026-02-08', '8 Feb 2026'],
  ['an instant', field('instant'), '2026-02-08T10:00:00+13:00', '2026-02-08T10:00:00+13:00'],
  ['a list', field('list'), ['a', 1], ['a', '1']],
  ['text as a list of one', field('list'), 'a|b', ['a|b']],
  ['a list that leaves joined', field('list', {joinedBy: '|'}), ['a', 'b'], 'a|b'],
  ['a list that came joined', field('list', {joinedBy: '|'}), 'a| b', 'a|b'],
  ['a list for a text field that joins', field('text', {joinedBy: ';'}), ['a', 'b'], 'a;b'],
  ['an object', field('object'), {a: 1}, {a: 1}],
  ['a choice', field('text', {}, {choices}), 'FT', 'FT'],
  ['a choice in another case', field('text', {}, {choices}), 'pt', 'PT'],
  ['a choice by its label', field('text', {}, {choices}), 'Full Time', 'FT'],
  ['choices of a list', field('list', {}, {choices}), ['ft', 'Part time'], ['FT', 'PT']],
  ['yes or no as a choice', field('boolean', {}, {choices: [{value: 'TRUE', label: 'Yes'}]}), true, 'TRUE'],
  ['a national phone number', field('text', spaced), '021 555 0100', '64 21 555 0100'],
  ['a phone number that has its style already', field('text', spaced), '61 412 345 678', '61 412 345 678'],
  [
    'a phone number for a system that wants +',
    field('text', {format: 'phone', phoneStyle: 'e164'}),
    '021 555 0100',
    '+64215550100',
  ],
  ['digits', field('text', {maxDigits: 9}), 'AB 123-456-789', 'AB 123-456-789'],
  ['an e-mail address', field('text', {format: 'email'}), 'a.b+c@example.co.nz', 'a.b+c@example.co.nz'],
  ['a text of the greatest length', field('text', {maxLength: 3}), 'abc', 'abc'],
  ['a pattern', field('text', {pattern: '[A-Z]{2}\\d{6}'}), 'AB123456', 'AB123456'],
];

for (const [name, of, value, out] of fits) {
  test(`${name} fits`, () => assert.deepEqual(fitValue(of, value, {country: 'NZ'}), {value: out, issues: []}));
}

const misfits: readonly (readonly [field: Field, value: Json, says: string])[] = [
  [field('text'), ['a'], 'Field: text wanted, the expression gives a list'],
  [field('text'), {a: 1}, 'Field: text wanted, the expression gives several fields'],
  [field('number'), 'abc', 'Field: not a number; wanted is digits with decimals after a point'],
  [field('number'), true, 'Field: a number wanted, the expression gives yes or no'],
  [field('decimal', {maxDecimals: 2}), '24,50', 'Field: not a number; wanted is digits with at most 2 decimals'],
  [field('decimal', {wanted: 'digits, no currency'}), '$24', 'Field: not a number; wanted is digits, no currency'],
  [field('decimal', {maxDecimals: 2}), 24.555, 'Field: 3 decimals given, 2 at most'],
  [field('number', {maxDecimals: 0}), 1.5, 'Field: 1 decimals given, 0 at most'],
  [field('boolean'), 'maybe', 'Field: neither yes nor no'],
  [field('boolean'), 1, 'Field: neither yes nor no'],
  [field('date'), '2026-02-30', 'Field: not a calendar date; wanted is yyyy-MM-dd'],
  [field('date'), 20260208, 'Field: not a calendar date; wanted is yyyy-MM-dd'],
  [field('date', {dateFormat: 'dd/MM/yyyy'}), 'soon', 'Field: not a calendar date; wanted is dd/MM/yyyy'],
  [field('instant'), '2026-02-08', 'Field: not a calendar date; wanted is a date and time with zone'],
  [field('instant'), '2026-02-30T10:00:00Z', 'Field: not a calendar date; wanted is a date and time with zone'],
  [field('list', {joinedBy: '|'}), ['a|b'], 'Field: an entry of the list contains |, which separates the entries'],
  [field('list'), 7, 'Field: a list wanted, the expression gives a number'],
  [field('object'), 'x', 'Field: several fields wanted, the expression gives text'],
  [field('text', {}, {choices}), 'Casual', 'Field: not one of FT, PT'],
  [field('list', {}, {choices}), ['FT', 'Casual'], 'Field: not one of FT, PT'],
  [field('text', spaced), 'none', 'Field: not a valid phone number'],
  [field('text', spaced), '0412 345 678', 'Field: not a valid phone number'],
  [field('text', spaced), '123456789012345678', 'Field: 18 digits given, 15 at most, single spaces, no + sign'],
  [field('text', {maxDigits: 3}), 'A 1234', 'Field: 4 digits given, 3 at most, digits'],
  [field('text', {format: 'email'}), 'a@b', 'Field: not a valid e-mail address'],
  [field('text', {format: 'email'}), 'a b@example.com', 'Field: not a valid e-mail address'],
  [field('text', {format: 'email'}), 'a@b.c, d@e.f', 'Field: not a valid e-mail address'],
  [field('text', {maxLength: 3}), 'abcd', 'Field: 4 characters given, 3 at most'],
  [field('text', {minLength: 3}), 'ab', 'Field: 2 characters given, 3 at least'],
  [
    field('text', {pattern: '[A-Z]{2}', wanted: 'two capital letters'}),
    'ab',
    'Field: the form is not right; wanted is two capital letters',
  ],
  [field('text', {pattern: 'a|b', wanted: 'a or b'}), 'ab', 'Field: the form is not right; wanted is a or b'],
];

for (const [of, value, says] of misfits) {
  test(`${JSON.stringify(value)} for ${of.type} ${JSON.stringify(of.constraint)}: ${says}`, () => {
    assert.deepEqual(words(of, value, 'NZ'), [says]);
    assert.deepEqual(fitValue(of, value).value, value);
  });
}

test('all that is wrong with a value is said, not the first of it', () => {
  const of = field('text', {maxLength: 5, pattern: '[A-Z]+', wanted: 'capital letters'});
  assert.deepEqual(
    fitValue(of, 'abc123').issues.map(issue => issue.code),
    ['value.too_long', 'value.format'],
  );
});

test('a phone number of 18 digits is told as HR people were promised', () => {
  const phone = field('text', spaced, {name: 'phoneNumber', label: 'Phone number'});
  assert.deepEqual(words(phone, '123456789012345678', 'NZ'), [
    'Phone number: 18 digits given, 15 at most, single spaces, no + sign',
  ]);
});

test('what an expression has formatted is not read a second time', () => {
  const swapped = field('date', {dateFormat: 'yyyy-dd-MM'});
  assert.equal(fitValue(swapped, '2026-08-02', {formatted: true}).value, '2026-08-02');
  assert.equal(fitValue(swapped, '2026-02-08').value, '2026-08-02');
  assert.equal(fitValue(field('text', spaced), '64 21 555 0100', {formatted: true}).value, '64 21 555 0100');
});

test('a pattern that could take for ever is not tried', () => {
  assert.deepEqual(fitValue(field('text', {pattern: '(a+)+'}), `${'a'.repeat(40)}!`).issues, []);
});

test('long lists of choices are cut in the message', () => {
  const many = Array.from({length: 80}, (_, index) => ({value: `Choice ${index}`, label: ''}));
  const [text = ''] = words(field('text', {}, {choices: many, label: 'Employment agreement type'}), 'x');
  assert.ok(text.length <= 160, text);
});

const anyField = fc.record({
  type: fc.constantFrom<FieldType>('text', 'number', 'decimal', 'boolean', 'date', 'instant', 'list', 'object'),
  constraint: fc.constantFrom<Constraint>(
    {},
    {maxLength: 3, minLength: 2},
    {maxDecimals: 2},
    {dateFormat: 'dd/MM/yyyy'},
    {joinedBy: '|'},
    {format: 'email'},
    {pattern: '[a-z]+', wanted: 'letters'},
    spaced,
  ),
});

test('any value fits or has issues that name the field; nothing throws and no issue holds the value', () => {
  const value = fc.oneof(fc.jsonValue({maxDepth: 2}), fc.string({unit: 'binary', minLength: 4, maxLength: 40}));
  fc.assert(
    fc.property(anyField, value, ({type, constraint}, any) => {
      const given: Json = JSON.parse(JSON.stringify(any));
      const {value: out, issues} = fitValue(field(type, constraint), given, {country: 'NZ'});
      for (const issue of issues) {
        assert.equal(issue.field, 'f');
        assert.equal(issue.params['label'], 'Field');
        assert.deepEqual(
          Object.keys(issue.params).filter(key => !['label', 'found', 'limit', 'wanted'].includes(key)),
          [],
        );
      }
      if (issues.length > 0) assert.deepEqual(out, given);
    }),
    {numRuns: 500},
  );
});

test('what fits, fits again and is the same', () => {
  fc.assert(
    fc.property(anyField, fc.jsonValue({maxDepth: 1}), ({type, constraint}, any) => {
      const of = field(type, constraint);
      const once = fitValue(of, JSON.parse(JSON.stringify(any)), {country: 'NZ'});
      if (once.issues.length > 0) return;
      assert.deepEqual(fitValue(of, once.value, {country: 'NZ'}), once);
    }),
    {numRuns: 500},
  );
});
