import assert from 'node:assert/strict';
import {test} from 'node:test';
import {lighthouse} from '../../test/support/lighthouse.ts';
import type {JsonObject} from '../std/json.ts';
import {settingIssues} from './connection-settings.ts';

const cases: readonly [settings: JsonObject, codes: readonly string[]][] = [
  [{}, []],
  [{height: 40, colour: 'red', rhythm: 'slow', address: 'https://example.com/v1'}, []],
  [{height: null, colour: '', address: ''}, []],
  [{height: '40'}, ['settings.height field.type']],
  [{colour: 'green'}, ['settings.colour field.choice']],
  [{colour: ['red']}, ['settings.colour field.choice']],
  [{address: 'example.com'}, ['settings.address field.format']],
  [{address: 'file:///etc/passwd'}, ['settings.address field.format']],
  [{address: 'https://user:pw@example.com'}, ['settings.address field.format']],
  [{rhythm: 7}, []], // hidden while the light is white
  [{colour: 'red', rhythm: 7}, ['settings.rhythm field.type']],
  [{toString: 1}, ['settings.toString field.unknown']],
];
for (const [settings, wanted] of cases) {
  test(`settings ${JSON.stringify(settings)} have ${wanted.length === 0 ? 'nothing wrong' : wanted}`, () => {
    const issues = settingIssues(lighthouse.manifest, {settings, secrets: {}});
    assert.deepEqual(
      issues.map(({field, code}) => `${field} ${code}`),
      wanted,
    );
  });
}
