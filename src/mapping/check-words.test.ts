import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {FieldType} from '../model/field.ts';
import type {GivenType} from './check.ts';
import {clip, fitsType, givenType, syntaxIssue, typeWord} from './check-words.ts';

const types: readonly (readonly [cel: string, given: GivenType])[] = [
  ['string', 'text'],
  ['double', 'number'],
  ['int', 'number'],
  ['uint', 'number'],
  ['bool', 'boolean'],
  ['list', 'list'],
  ['list<string>', 'list'],
  ['list<map<string, dyn>>', 'list'],
  ['map', 'object'],
  ['map<string, dyn>', 'object'],
  ['Part3', 'object'],
  ['optional<string>', 'text'],
  ['optional<list<string>>', 'list'],
  ['dyn<double>', 'number'],
  ['dyn', 'any'],
  ['null', 'any'],
  ['optional', 'any'],
];

for (const [cel, given] of types) {
  test(`${cel} is ${given}`, () => assert.equal(givenType(cel), given));
}

const all: readonly FieldType[] = ['text', 'number', 'decimal', 'boolean', 'date', 'instant', 'list', 'object'];

/** Which of the wanted types each given type can fill. */
const fits: readonly (readonly [given: GivenType, wanted: readonly FieldType[]])[] = [
  ['any', all],
  ['text', ['text', 'number', 'decimal', 'boolean', 'date', 'instant', 'list']],
  ['number', ['text', 'number', 'decimal']],
  ['decimal', ['text', 'number', 'decimal']],
  ['boolean', ['text', 'boolean']],
  ['date', ['text', 'date', 'instant']],
  ['instant', ['text', 'date', 'instant']],
  ['list', ['list']],
  ['object', ['object']],
];

for (const [given, wanted] of fits) {
  test(`${given} can fill ${wanted.join(', ')} and nothing else`, () => {
    assert.deepEqual(
      all.filter(type => fitsType(given, type)),
      wanted,
    );
  });
}

test('every type has words', () => {
  for (const type of [...all, 'any'] as const) assert.match(typeWord(type), /^[a-z ]+$/);
});

test('texts are cut to their length with a mark', () => {
  assert.equal(clip('abc', 3), 'abc');
  assert.equal(clip('abcd', 3), 'ab…');
  assert.equal(clip('x'.repeat(200)).length, 60);
});

const syntax: readonly (readonly [code: string, start: number, end: number, becomes: string])[] = [
  ['unexpected_token', 4, 5, 'expression.syntax'],
  ['unexpected_token', 7, 7, 'expression.unfinished'],
  ['unexpected_token', 99, 99, 'expression.unfinished'],
  ['unterminated_string', 0, 7, 'expression.text_unclosed'],
  ['newline_in_string', 0, 7, 'expression.text_unclosed'],
  ['limit_exceeded', 3, 4, 'expression.too_complex'],
];

for (const [code, start, end, becomes] of syntax) {
  test(`${code} at ${start} becomes ${becomes}, within the text`, () => {
    const issue = syntaxIssue({code, summary: '', range: {start, end}}, 'a + b )');
    assert.equal(issue.code, becomes);
    assert.ok(issue.start <= issue.end && issue.start <= 7);
  });
}

test('what the library did not foresee, a stack that overflows, is too complex', () => {
  assert.deepEqual(syntaxIssue(undefined, 'abc'), {start: 0, end: 3, code: 'expression.too_complex', params: {}});
});
