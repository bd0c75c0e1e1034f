// Expressions that are clumsy or hostile, over data that makes them so: each ends as a refusal when saved or as an issue on
// the record, within about two seconds of one process and with its neighbours unharmed.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Field} from '../model/field.ts';
import type {Mapping} from '../model/leg.ts';
import {compileMapping, type MappedRecord} from './mapping.ts';
import {context, directory, person, settings} from './testing/resources.ts';
import {threadMs} from './testing/thread-time.ts';

const longestMs = 2500; // nominally 1,300

function field(name: string, more: Partial<Field> = {}): Field {
  return {name, label: name, description: '', type: 'text', sensitivity: 'ordinary', ...more};
}

const heavy = person({
  person: {
    givenName: 'Heavy',
    email: `${'a'.repeat(6000)}!`,
    tags: Array.from({length: 6000}, (_, index) => `tag ${index}`),
  },
});

async function run(mapping: Mapping, fields: readonly Field[], records = Array.from({length: 250}, () => heavy)) {
  const compiled = compileMapping({source: directory, destination: {fields}, mapping, settings});
  let results: readonly MappedRecord[] = [];
  const ms = await threadMs(async () => {
    results = await compiled.apply(records, context);
  });
  return {compiled, results, ms};
}

const refused: readonly (readonly [name: string, expression: string, code: string])[] = [
  ['a pattern that backtracks', "person.email.matches('^(a+)+$') ? 'a' : 'b'", 'expression.pattern_repeats'],
  [
    'a pattern of bounded repeats',
    "person.email.matches('(a{1,1000}){1,1000}b') ? 'a' : 'b'",
    'expression.pattern_repeats',
  ],
  [
    'three nested macros',
    "person.tags.all(a, person.tags.all(b, person.tags.all(c, a == b))) ? 'a' : 'b'",
    'expression.too_nested',
  ],
  [
    'macros nested in what they go through',
    "person.tags.map(a, person.tags.map(b, person.tags.filter(c, c != a))).size() == 1 ? 'a' : 'b'",
    'expression.too_nested',
  ],
  ['doubling a bound name', 'cel.bind(x, person.email, x + x)', 'expression.refused'],
  ['joining what was multiplied', "person.tags.map(a, person.email).join('')", 'expression.join_method'],
  ['five hundred terms', `1${'+1'.repeat(500)} == 1 ? 'a' : 'b'`, 'expression.too_complex'],
];

for (const [name, expression, code] of refused) {
  test(`${name}: refused when saved, an issue on every record, in no time`, async () => {
    const {compiled, results, ms} = await run({to: expression, name: 'person.givenName'}, [field('to'), field('name')]);
    assert.deepEqual(
      compiled.issues.map(issue => issue.code),
      [code],
    );
    assert.ok(
      results.every(mapped => mapped.issues[0]?.code === 'mapping.unusable' && mapped.values['name'] === 'Heavy'),
    );
    assert.ok(ms < 500, `${ms} ms`);
  });
}

const slow: readonly (readonly [name: string, expression: string])[] = [
  ['a pattern that is polynomial only', "person.email.matches('.*.*.*.*x$') ? 'a' : 'b'"],
  ['two macros over thousands of entries', "person.tags.all(a, person.tags.all(b, a + b != 'x')) ? 'a' : 'b'"],
  ['a search repeated for each entry', 'text(size(person.tags.map(a, person.tags.filter(b, b == a))))'],
];

for (const [name, expression] of slow) {
  test(`${name}: stopped in time, an issue on each such record`, async () => {
    const {compiled, results, ms} = await run({to: expression, name: 'person.givenName'}, [field('to'), field('name')]);
    assert.deepEqual(compiled.issues, []);
    assert.ok(
      results.every(mapped => mapped.issues[0]?.code === 'mapping.too_slow' && mapped.values['name'] === 'Heavy'),
    );
    assert.ok(ms < longestMs, `${ms} ms`);
  });
}

test('a slow pattern of the destination is stopped in the same way', async () => {
  const {results, ms} = await run({to: 'person.email'}, [field('to', {constraint: {pattern: '.*.*.*.*x'}})]);
  assert.ok(results.every(mapped => mapped.issues[0]?.code === 'mapping.too_slow'));
  assert.ok(ms < longestMs, `${ms} ms`);
});

test('ten slow expressions take no longer than the bound either', async () => {
  const names = Array.from({length: 10}, (_, index) => `to${index}`);
  const expression = "person.tags.all(a, person.tags.all(b, a + b != 'x')) ? 'a' : 'b'";
  const {results, ms} = await run(
    Object.fromEntries(names.map(name => [name, expression])),
    names.map(name => field(name)),
  );
  assert.ok(results.every(mapped => mapped.issues.length === 10));
  assert.ok(ms < longestMs, `${ms} ms`);
});

test('one heavy record among healthy ones costs only itself', async () => {
  const records = Array.from({length: 250}, (_, index) => (index === 100 ? heavy : person()));
  const expression = "person.tags.all(a, person.tags.all(b, a + b != 'x')) ? 'a' : 'b'";
  const {results} = await run({to: expression}, [field('to')], records);
  results.forEach((mapped, index) => {
    assert.deepEqual(
      mapped.issues.map(issue => issue.code),
      index === 100 ? ['mapping.too_slow'] : [],
      `record ${index}`,
    );
  });
});

test('text cannot be grown from record to record or from list to list', async () => {
  const grown = "join(person.tags.map(a, person.email), '')"; // 6,000 times 6,000 characters
  const {results, ms} = await run({to: grown}, [field('to')], [heavy]);
  assert.ok(['mapping.too_large', 'mapping.too_slow'].includes(results[0]?.issues[0]?.code ?? ''));
  assert.ok(ms < longestMs, `${ms} ms`);
});
