import assert from 'node:assert/strict';
import {test} from 'node:test';
import {withinMs} from './deadline.ts';
import {checkPattern, type PatternRefusal} from './pattern.ts';

const accepted = [
  '^[A-Z]{2}\\d{6}$',
  '^\\d{3}-\\d{3}-\\d{3}$',
  '^(?:\\d{1,3}\\.){3}\\d{1,3}$',
  '^[^@\\s]+@[^@\\s]+$',
  '^(Mr|Ms|Dr)\\.? ',
  '(a|b)*c',
  '^(?<year>\\d{4})-(?<month>\\d\\d)$',
  '^(ab)+$',
  '^[a-z]+( [a-z]+)?$',
  'a{2}{0}'.slice(0, 4),
  '^\\p{Lu}\\p{Ll}+$',
  '\\(\\d+\\)',
  '[(+*]+',
  '',
];

for (const source of accepted) {
  test(`/${source}/ is accepted and quick on a long text`, () => {
    const checked = checkPattern(source);
    const pattern = 'pattern' in checked ? checked.pattern : assert.fail(JSON.stringify(checked));
    for (const text of ['a'.repeat(2000), '1'.repeat(2000), 'a '.repeat(1000), 'ab'.repeat(1000)]) {
      assert.ok(withinMs(250, () => pattern.test(text)).finished);
    }
  });
}

const refused: readonly (readonly [source: string, why: PatternRefusal])[] = [
  ['^(a+)+$', 'repeats'],
  ['(a*)*', 'repeats'],
  ['((a+))+', 'repeats'],
  ['(a{1,1000}){1,1000}b', 'repeats'],
  ['(a{1,10}){1,10}b', 'repeats'],
  ['^(a|a)*$', 'repeats'],
  ['^(a|ab)*$', 'repeats'],
  ['^(\\w|\\d)+$', 'repeats'],
  ['(.*a){20}', 'repeats'],
  ['([a-z]+ ?)+$', 'repeats'],
  ['.*.*.*.*.*x', 'repeats'],
  ['(?:x+y?){2,}', 'repeats'],
  ['(?=a)b', 'look_around'],
  ['(?!a)b', 'look_around'],
  ['(?<=a)b', 'look_around'],
  ['(?<!a)b', 'look_around'],
  ['(a)\\1', 'back_reference'],
  ['(?<n>a)\\k<n>', 'back_reference'],
  ['(', 'invalid'],
  ['[a', 'invalid'],
  ['a**', 'invalid'],
  ['\\q', 'invalid'],
  ['a'.repeat(301), 'too_long'],
];

for (const [source, why] of refused) {
  test(`/${source.slice(0, 40)}/ is refused: ${why}`, () => assert.deepEqual(checkPattern(source), {refused: why}));
}

test('what looks like structure inside a class or behind a backslash is only a character', () => {
  for (const source of ['[(?=]+x', '\\(\\?=a\\)', '[a+]+b', '(\\+)+', '[\\]+*]+']) {
    assert.ok('pattern' in checkPattern(source), source);
  }
});
