import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import type {Json} from '../std/json.ts';
import {booleanOf, findInShape, fitted, isName, type Kind, misfit, pathText, prunedShape, shapeOf} from './shape.ts';

const shape = shapeOf(
  [
    ['person.email', 'text'],
    ['person.address.city', 'text'],
    ['person.address', 'object'],
    ['person.custom', 'object'],
    ['job.payRate', 'decimal'],
    ['firstName', 'text'],
    ['row.First name', 'text'],
    ['First name', 'text'], // cannot be written without a part
    ['type', 'text'],
    ['person.constructor', 'text'],
    ['__proto__.x', 'text'],
  ].map(([name = '', type = '']) => ({path: name.split('.'), type})),
);

const found: readonly (readonly [path: string, kind: Kind | 'part' | readonly [unknownAt: number]])[] = [
  ['person', 'part'],
  ['person.email', 'text'],
  ['person.address', 'part'], // fields below it make it a part
  ['person.address.city', 'text'],
  ['person.custom', 'map'],
  ['person.custom.any.thing', 'map'],
  ['job.payRate', 'number'],
  ['firstName', 'text'],
  ['row.First name', 'text'],
  ['First name', [0]],
  ['type', [0]],
  ['nobody.email', [0]],
  ['person.emial', [1]],
  ['person.email.x', [2]],
  ['person.address.zip', [2]],
  ['person.constructor', [1]],
];

for (const [path, expected] of found) {
  test(`${path} is ${typeof expected === 'string' ? expected : `unknown at its part ${expected[0]}`}`, () => {
    const result = findInShape(shape, path.split('.'));
    if (typeof expected !== 'string') assert.equal('unknownAt' in result && result.unknownAt, expected[0]);
    else assert.equal('found' in result && (typeof result.found === 'string' ? result.found : 'part'), expected);
  });
}

test('a pruned shape holds what is read and nothing else', () => {
  const pruned = prunedShape(shape, [['person', 'address', 'city'], ['job']]);
  assert.deepEqual(Array.from(pruned.children.keys()), ['person', 'job']);
  assert.ok('unknownAt' in findInShape(pruned, ['person', 'email']));
  assert.ok('found' in findInShape(pruned, ['person', 'address', 'city']));
  assert.ok('found' in findInShape(pruned, ['job', 'payRate']));
});

const paths: readonly (readonly [path: readonly string[], plain: string, optional: string])[] = [
  [['today'], 'today', 'today'],
  [['person', 'email'], 'person.email', 'person.?email'],
  [['person', 'address', 'city'], 'person.address.city', 'person.address.?city'],
  [['row', 'First name'], "row['First name']", "row[?'First name']"],
  [['row', "Manager's \\ name"], "row['Manager\\'s \\\\ name']", "row[?'Manager\\'s \\\\ name']"],
  [['row', '2nd'], "row['2nd']", "row[?'2nd']"],
  [['row', 'in'], "row['in']", "row[?'in']"],
];

for (const [path, plain, optional] of paths) {
  test(`${path.join('.')} is written ${plain}`, () => {
    assert.equal(pathText(path), plain);
    assert.equal(pathText(path, 'optional'), optional);
  });
}

test('names are ASCII words that mean nothing else', () => {
  for (const name of ['email', '_x', 'a1']) assert.ok(isName(name), name);
  for (const name of ['', '1a', 'a b', 'é', 'in', 'type', '__proto__', 'today']) assert.ok(!isName(name), name);
});

const kinds: readonly (readonly [kind: Kind, raw: Json | undefined, value: unknown])[] = [
  ['text', ' a ', 'a'],
  ['text', 7, '7'],
  ['text', false, 'false'],
  ['text', ['a'], misfit],
  ['text', {}, misfit],
  ['number', 7, 7],
  ['number', '7.50', 7.5],
  ['number', '7,50', misfit],
  ['number', true, misfit],
  ['boolean', true, true],
  ['boolean', 'YES', true],
  ['boolean', 'no', false],
  ['boolean', 'maybe', misfit],
  ['boolean', 1, misfit],
  ['list', ['a', null, ' ', ' b '], ['a', 'b']],
  ['list', [], []],
  ['list', 'a', misfit],
  ['map', [], misfit],
  ['map', 'a', misfit],
];

for (const [kind, raw, value] of kinds) {
  test(`${JSON.stringify(raw)} as ${kind} is ${value === misfit ? 'a misfit' : JSON.stringify(value)}`, () => {
    assert.deepEqual(fitted(kind, raw), value);
  });
}

test('whatever the kind, null and blanks are nothing', () => {
  for (const kind of ['text', 'number', 'boolean', 'list', 'map'] as const) {
    for (const raw of [undefined, null, '', '  ', '\u00a0\n']) assert.equal(fitted(kind, raw), undefined);
  }
});

test('yes and no are known in words', () => {
  assert.deepEqual(['true', 'False', 'YES', 'no', 'y', '1', 'toString'].map(booleanOf), [
    true,
    false,
    true,
    false,
    undefined,
    undefined,
    undefined,
  ]);
});

test('very deep data is cut off rather than overflowing the stack', () => {
  const deep: Json = JSON.parse(`${'['.repeat(5000)}1${']'.repeat(5000)}`);
  assert.ok(Array.isArray(fitted('list', deep)));
});

test('what was cleaned holds no null and no blank text', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue({maxDepth: 3})), raw => {
      const text = JSON.stringify(fitted('list', JSON.parse(JSON.stringify(raw))));
      const holds = (value: unknown): boolean =>
        value === null ||
        (typeof value === 'string' && value.trim() === '') ||
        (typeof value === 'object' && Object.values(value ?? {}).some(holds));
      assert.ok(!holds(JSON.parse(text)), text);
    }),
  );
});
