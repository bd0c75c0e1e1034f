// From a file's columns to a resource's fields, and from a row to a record.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {manifest} from '../../connectors/directory/manifest.ts';
import {isError} from '../errors.ts';
import type {JsonObject} from '../std/json.ts';
import {readColumns} from './columns.ts';

const application = manifest.resources.find(({name}) => name === 'application') ?? assert.fail();
const read = (header: readonly string[], values: readonly string[], given: JsonObject = {}) => {
  const columns = readColumns(header, application, manifest.resources, given);
  const {record, issues} = columns.recordOf({line: 2, values});
  const codes = [...columns.issues, ...issues].map(({code}) => code.replace('file.', ''));
  return {id: record?.id, data: record?.data, codes};
};

const rows: readonly (readonly [string, readonly string[], readonly string[], JsonObject, JsonObject | undefined])[] = [
  ['by name', ['id', 'person.givenName'], ['1', 'Ada'], {}, {person: {givenName: 'Ada'}}],
  ['by label, in any case', ['ID', 'FIRST name'], ['1', 'Ada'], {}, {person: {givenName: 'Ada'}}],
  ['by map', ['who', 'x'], ['1', 'Ada'], {who: 'id', x: 'First name'}, {person: {givenName: 'Ada'}}],
  ['into nested parts', ['id', 'person.address.city'], ['1', 'Nelson'], {}, {person: {address: {city: 'Nelson'}}}],
  ['to the part that it names', ['id', 'job.id'], ['1', 'J-1'], {}, {job: {id: 'J-1'}}],
  ['keeping what is no number as it came', ['id', 'job.payRate'], ['1', '$25/h'], {}, {job: {payRate: '$25/h'}}],
  ['with numbers as numbers', ['id', 'job.payRate'], ['1', ' 25.50 '], {}, {job: {payRate: 25.5}}],
  ['with an empty cell as empty text', ['id', 'person.email'], ['1', ''], {}, {person: {email: ''}}],
];
for (const [name, header, values, given, expected] of rows) {
  test(`a row is read ${name}`, () => assert.deepEqual(read(header, values, given).data, expected));
}

test('a map that names JavaScript’s own words finds nothing in them', () => {
  assert.throws(
    () => read(['__proto__', 'constructor'], ['1', '2']),
    error => isError(error, 'file.header_unknown'),
  );
});

test('without a column that says who, a row is known by what identifies a person, whatever the spelling', () => {
  const header = ['First name', 'Last name', 'E-mail', 'Phone'];
  const [one, two] = [read(header, ['Ada', 'Obi', 'a@x.nz', '1']), read(header, [' ADA', 'obi', 'A@x.nz', '2'])];
  assert.equal(one.id, two.id);
  assert.notEqual(one.id, read(header, ['Ada', 'Obi', 'b@x.nz', '1']).id);
  assert.deepEqual(read(header, ['', '', '', '1']).codes, ['id_guessed', 'row_no_id']);
});

test('an id of nothing or of too much is an issue of its row', () => {
  assert.deepEqual(read(['id', 'First name'], ['  ', 'Ada']).codes, ['row_no_id']);
  assert.deepEqual(read(['id', 'First name'], ['x'.repeat(201), 'Ada']).codes, ['row_value_too_long']);
});
