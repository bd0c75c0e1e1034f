import assert from 'node:assert/strict';
import {test} from 'node:test';
import {messageText} from '../messages/text.ts';
import type {Field} from '../model/field.ts';
import {causeOf, failureIssue} from './failures.ts';
import {employee} from './testing/resources.ts';

const phone = employee.fields.find(field => field.name === 'phoneNumber') ?? assert.fail();
const plain: Field = {name: 'to', label: 'To', description: '', type: 'text', sensitivity: 'ordinary'};

const failures: readonly (readonly [code: string, issue: string, says: string])[] = [
  ['not_date', 'value.not_date', 'To: not a calendar date; wanted is yyyy-MM-dd'],
  ['not_number', 'value.not_number', 'To: not a number; wanted is digits with decimals after a point'],
  ['int_conversion_error', 'value.not_number', 'To: not a number; wanted is digits with decimals after a point'],
  ['not_phone', 'value.not_phone', 'To: not a valid phone number'],
  ['not_in_table', 'mapping.not_in_table', 'To: the table in the mapping has no entry for the value'],
  ['division_by_zero', 'mapping.divides_by_zero', 'To: the value cannot be worked out: it divides by zero'],
  ['too_large', 'mapping.too_large', 'To: the value grows too large while it is worked out'],
  [
    'zone_unknown',
    'mapping.failed',
    "To: the value cannot be worked out: a time zone is a name such as 'Pacific/Auckland'",
  ],
  ['index_out_of_range', 'mapping.failed', 'To: the value cannot be worked out: index out of range'],
];

for (const [code, issue, says] of failures) {
  test(`${code} becomes ${issue}`, () => {
    const found = failureIssue(plain, {state: 'failed', code});
    assert.equal(found.code, issue);
    assert.equal(found.field, 'to');
    assert.equal(messageText(found.code, found.params).text, says);
  });
}

test('a phone with more digits than the field takes is told so, with what is wanted', () => {
  const found = failureIssue(phone, {state: 'failed', code: 'not_phone', digits: 18});
  assert.equal(
    messageText(found.code, found.params).text,
    'Phone number: 18 digits given, 15 at most, single spaces, no + sign',
  );
  assert.equal(failureIssue(phone, {state: 'failed', code: 'not_phone', digits: 4}).code, 'value.not_phone');
});

test('a cause has words, or at least its own name in words', () => {
  assert.equal(causeOf('division_by_zero'), 'it divides by zero');
  assert.equal(causeOf('something_new'), 'something new');
});
