import assert from 'node:assert/strict';
import {test} from 'node:test';
import {idFloor, newId} from './ids.ts';

test('ids made one after the other sort in that order, also within a millisecond', () => {
  const ids = Array.from({length: 5000}, () => newId('evt'));
  assert.deepEqual([...ids].sort(), ids);
  assert.equal(new Set(ids).size, ids.length);
});

test('an id is its prefix and 22 lower-case characters', () => {
  assert.match(newId('rec'), /^rec_[0-9a-hjkmnp-tv-z]{22}$/);
});

test('the floor of an instant lies below every id made from then on and above those made before', () => {
  const before = newId('evt');
  const later = new Date(Date.now() + 1000);
  assert.ok(before < idFloor('evt', later));
  assert.ok(idFloor('evt', new Date(Date.now() - 1000)) < before);
});
