import assert from 'node:assert/strict';
import {test} from 'node:test';
import * as connectors from './index.ts';

const all = Object.values(connectors);

test('every connector has an id and a name of its own', () => {
  assert.equal(new Set(all.map(({manifest}) => manifest.id)).size, all.length);
  assert.equal(new Set(all.map(({manifest}) => manifest.name)).size, all.length);
});
