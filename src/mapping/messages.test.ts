// The words of this folder's codes, filled as longest as they come: short enough, nothing left open, no full stop lost.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {en} from '../messages/en.ts';
import {messageText} from '../messages/text.ts';
import {clip} from './check-words.ts';

const label = 'Employment agreement commencement date'; // the longest that vendors use

const longest = {
  label,
  path: 'person.emergencyContact.relationship',
  suggestion: 'person.emergencyContact.relationship',
  name: 'getDayOfMonth',
  field: 'commencementDate',
  what: 'cel.bind',
  found: clip('x'.repeat(200), 40),
  wanted: clip('x'.repeat(200), 60),
  why: clip('x'.repeat(200), 90),
  limit: 2000,
};

const ours = Object.keys(en).filter(code => /^(?:expression|cause)\./.test(code) && code !== 'expression.invalid');

test('there are codes to look at', () => assert.ok(ours.length > 40));

for (const code of ours) {
  test(`${code} is one short sentence with nothing left open`, () => {
    const {text, hint} = messageText(code, longest);
    assert.ok(text.length > 0 && text.length <= 160, `${text.length}: ${text}`);
    assert.ok(hint.length <= 160);
    assert.doesNotMatch(text, /[{}]/);
    assert.doesNotMatch(text, /\.$/);
  });
}

const mapping = [
  'not_mapped',
  'unusable',
  'source_type',
  'not_in_table',
  'divides_by_zero',
  'too_large',
  'pattern_unusable',
];

for (const name of mapping) {
  test(`mapping.${name} names the field first and stays short`, () => {
    const {text} = messageText(`mapping.${name}`, longest);
    assert.ok(text.startsWith(`${label}: `) && text.length <= 180, `${text.length}: ${text}`);
  });
}
