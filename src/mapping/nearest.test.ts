import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {editDistance, nearest} from './nearest.ts';

const distances: readonly (readonly [from: string, to: string, edits: number])[] = [
  ['', '', 0],
  ['email', 'email', 0],
  ['emial', 'email', 1], // neighbours swapped
  ['mail', 'email', 1],
  ['e-mail', 'email', 1],
  ['phone', 'email', 5],
  ['', 'abc', 3],
  ['kitten', 'sitting', 3],
];

for (const [from, to, edits] of distances) {
  test(`"${from}" is ${edits} edits from "${to}"`, () => assert.equal(editDistance(from, to), edits));
}

test('the nearest name is found whatever its case', () => {
  assert.equal(nearest('EMIAL', ['givenName', 'email', 'phone']), 'email');
  assert.equal(nearest('firstname', ['lastName', 'firstName']), 'firstName');
});

test('of equally near names the first is taken', () => {
  assert.equal(nearest('ab', ['ac', 'ad']), 'ac');
});

test('without candidates there is no nearest', () => {
  assert.equal(nearest('email', []), undefined);
});

test('the distance is the same both ways, zero only for equal words, and at most the longer word', () => {
  const word = fc.string({maxLength: 12});
  fc.assert(
    fc.property(word, word, (one, other) => {
      const distance = editDistance(one, other);
      assert.equal(distance, editDistance(other, one));
      assert.equal(distance === 0, one === other);
      assert.ok(distance <= Math.max(one.length, other.length));
    }),
  );
});
