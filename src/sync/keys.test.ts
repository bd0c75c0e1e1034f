// Match keys: equal for what people take for equal, absent where a part is missing, never the same across connections.
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {test} from 'node:test';
import type {Key} from '../model/resource.ts';
import {keyHashes, lookUps} from './keys.ts';
import type {Preparation} from './prepare.ts';

const keys: readonly Key[] = [
  {name: 'number', label: 'Number', fields: ['number'], strength: 'sure'},
  {name: 'born', label: 'Name and birthday', fields: ['name', 'born'], strength: 'likely'},
];
const prepared = (change: {readonly connection?: string; readonly match?: readonly string[]} = {}) =>
  ({
    destination: {connection: {id: change.connection ?? 'con_1'}, resource: {name: 'employee', keys}},
    leg: change.match ? {match: change.match} : {},
    hash: (text: string) => createHash('sha256').update(text).digest(),
  }) as unknown as Preparation; // all that is read of it
const hashes = (values: Parameters<typeof keyHashes>[1], change = {}) =>
  keyHashes(prepared(change), values).map(({key, hash}) => `${key.name} ${hash.toString('hex').slice(0, 12)}`);

test('case, outer spaces and the way an accent is written make no difference', () => {
  const [one] = hashes({number: ' AB-é '});
  for (const number of ['ab-é', 'AB-É', 'ab-e\u0301']) assert.equal(hashes({number})[0], one);
  assert.notEqual(hashes({number: 'ab é'})[0], one);
});

test('a number is the same as its text', () => assert.deepEqual(hashes({number: 7}), hashes({number: '7'})));

test('a key of which a part is missing or blank is none', () => {
  for (const values of [{}, {number: ''}, {number: '  '}, {number: null}, {name: 'Ada'}]) {
    assert.deepEqual(hashes(values), [], JSON.stringify(values));
  }
  assert.deepEqual(lookUps(prepared(), {number: ' ', name: 'Ada', born: '1990-01-01'}), [
    {key: 'born', values: {name: 'Ada', born: '1990-01-01'}},
  ]);
});

test('parts are not run together, and another connection has other hashes', () => {
  assert.notDeepEqual(hashes({name: 'ab', born: 'c'}), hashes({name: 'a', born: 'bc'}));
  assert.notDeepEqual(hashes({number: '7'}), hashes({number: '7'}, {connection: 'con_2'}));
});

test('a leg that names keys is matched by these only', () => {
  const values = {number: '7', name: 'Ada', born: '1990-01-01'};
  assert.equal(hashes(values).length, 2);
  assert.equal(hashes(values, {match: ['born']}).length, 1);
});
