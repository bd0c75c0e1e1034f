import assert from 'node:assert/strict';
import {test} from 'node:test';
import {sql} from 'kysely';
import {testDatabase} from '../../test/support/database.ts';
import {wellFormed, wellFormedDeep} from './text.ts';
import {asOwner} from './transaction.ts';

const texts: readonly (readonly [what: string, given: string, wanted: string])[] = [
  ['plain text', 'Anna', 'Anna'],
  ['empty text', '', ''],
  ['an emoji, which is a whole pair', 'Anna 🍎', 'Anna 🍎'],
  ['letters of many scripts', 'Ngā Müller 王小明 עברית', 'Ngā Müller 王小明 עברית'],
  ['a NUL', 'An\0na', 'Anna'],
  ['a high half alone', 'An\ud83dna', 'Anna'],
  ['a low half alone', 'Anna\udc4e', 'Anna'],
  ['halves in the wrong order', '\udc4e\ud83d', ''],
  ['a half before a whole pair', '\ud83d🍎', '🍎'],
  ['line ends and tabs', 'a\r\n\tb', 'a\r\n\tb'],
];

for (const [what, given, wanted] of texts) {
  test(`${what} becomes fit for the database`, () => {
    assert.deepEqual(wellFormed(given), {value: wanted, changed: given !== wanted});
  });
}

test('a JSON value without anything unfit comes back itself', () => {
  const value = {name: 'Anna', tags: ['a', {b: null, at: 1.5}], active: true};
  assert.equal(wellFormedDeep(value).value, value);
  assert.equal(wellFormedDeep(value).changed, false);
});

test('texts and keys are cleaned at any depth, and nothing else is touched', () => {
  const given = JSON.parse('{"a\\u0000": [{"b": "x\\ud83d"}, 1, null], "__proto__": {"c": "\\u0000"}, "d": "🍎"}');
  const {value, changed} = wellFormedDeep(given);
  assert.equal(changed, true);
  assert.equal(JSON.stringify(value), '{"a":[{"b":"x"},1,null],"__proto__":{"c":""},"d":"🍎"}');
});

test('PostgreSQL takes what was cleaned, as text and as json', async () => {
  await using database = await testDatabase();
  const {value} = wellFormedDeep({name: 'An\0na \ud83d🍎'});
  const {rows} = await asOwner(database.db, tx =>
    sql<{name: string; data: unknown}>`select ${value.name} as name, ${JSON.stringify(value)}::jsonb as data`.execute(
      tx,
    ),
  );
  assert.deepEqual(rows, [{name: 'Anna 🍎', data: {name: 'Anna 🍎'}}]);
});
