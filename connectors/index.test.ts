import assert from 'node:assert/strict';
import {test} from 'node:test';
import {connectors} from './index.ts';

test('every connector has an id and a name of its own', () => {
  assert.equal(new Set(connectors.map(({manifest}) => manifest.id)).size, connectors.length);
  assert.equal(new Set(connectors.map(({manifest}) => manifest.name)).size, connectors.length);
});
