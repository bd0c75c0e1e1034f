import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createLanguage} from './language.ts';
import {context, directory, person} from './testing/resources.ts';

const language = createLanguage({source: directory, settings: []});

function codes(expression: string): readonly string[] {
  return language.compile(expression).issues.map(issue => issue.code.replace('expression.', ''));
}

const accepted = [
  "person.email.matches('^[^@]+@example\\\\.com$')",
  'person.tags.all(a, person.tags.all(b, a != b || a == b))',
  "person.tags.map(a, a + '!').filter(b, b != '').exists(c, c == 'x!')", // one after the other, not inside each other
  'person.tags.map(a, a).map(b, b).map(c, c).map(d, d)',
  'bool("true")',
  "'timestamp' + 'bytes' + 'cel.bind'", // only words
  "{'bytes': 1}['bytes']",
  '9223372036854775807',
  'uint(7) == uint(7)',
];

for (const expression of accepted) {
  test(`${expression} is accepted and gives a value`, () => {
    const {program, issues} = language.compile(expression);
    assert.deepEqual(issues, []);
    assert.ok(program);
    const record = person();
    assert.equal(program.evaluate(language.reader([program])(record, context)).state, 'value');
  });
}

const refused: readonly (readonly [expression: string, codes: readonly string[]])[] = [
  ['cel.bind(x, 1, x + x)', ['refused']],
  ['cel.bind(x, person.emial, x)', ['refused', 'unknown_field']],
  ["bytes('a') == b'a'", ['refused', 'refused']],
  ["timestamp('x') < timestamp('y')", ['time_function', 'time_function']],
  [
    "duration('1h') == duration('1h') && person.email.getHours() == 1",
    ['time_function', 'time_function', 'time_function'],
  ],
  ["person.email.matches('(')", ['pattern_invalid']],
  ["person.email.matches('a' + 'b')", ['pattern_not_literal']],
  ['dyn(person.email).matches(person.phone)', ['pattern_not_literal']],
  [`person.email.matches('${'a'.repeat(301)}')`, ['pattern_too_long']],
  ["words(person.email).join(',')", ['join_method']],
  ['9223372036854775808 == 1', ['number_too_large']],
  ['person.tags.map(a, person.tags.map(b, person.tags.map(c, c)))', ['too_nested']],
  ['person.tags.map(a, person.tags.map(b, b).filter(c, person.tags.exists(d, d == c)))', ['too_nested']],
  ['person.tags.filter(a, person.tags.all(b, has(person.email) || person.tags.exists_one(c, c == a)))', ['too_nested']],
];

for (const [expression, expected] of refused) {
  test(`${expression.slice(0, 80)} is refused: ${expected.join(', ')}`, () =>
    assert.deepEqual(codes(expression), expected));
}

test('every refusal has its place in the text', () => {
  for (const [expression] of refused) {
    for (const {start, end} of language.compile(expression).issues) {
      assert.ok(start < end && end <= expression.length, `${expression} ${start} ${end}`);
    }
  }
});
