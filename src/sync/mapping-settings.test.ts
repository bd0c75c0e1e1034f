import assert from 'node:assert/strict';
import {test} from 'node:test';
import {lighthouse} from '../../test/support/lighthouse.ts';
import {mappingSettings} from './mapping-settings.ts';

test("a sync's own value goes before the connection's, and that before the connector's default", () => {
  assert.deepEqual(mappingSettings(lighthouse).values, {colour: 'white'});
  assert.deepEqual(mappingSettings(lighthouse, {colour: 'red', height: 9}).values, {colour: 'red', height: 9});
  assert.deepEqual(mappingSettings(lighthouse, {colour: 'red'}, {colour: 'green'}).values, {colour: 'green'});
});

test('a setting that no connector knows has the type of its value', () => {
  const {shapes} = mappingSettings(lighthouse, {site: 'North', bonus: 5, night: true, teams: ['a'], none: null});
  const types = Object.fromEntries(shapes.map(shape => [shape.name, shape.type]));
  const {site, bonus, night, teams, none} = types;
  assert.deepEqual([site, bonus, night, teams, none], ['text', 'number', 'boolean', 'list', 'text']);
});

test('only a country code is taken for a country', () => {
  assert.equal(mappingSettings(lighthouse, {country: 'NZ'}).country, 'NZ');
  for (const country of ['nz', 'New Zealand', 64, null])
    assert.equal(mappingSettings(lighthouse, {country}).country, undefined);
});
