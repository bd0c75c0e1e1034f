// The form of a record has no server and no browser, so it is held here: what is typed becomes what is pushed.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {directory} from '../connectors/directory/connector.ts';
import {presentResource} from '../src/api/present-connector.ts';
import {
  changesOf,
  type Draft,
  draftOf,
  editableFields,
  pushedData,
  referencesOf,
} from '../ui/src/parts/record-draft.ts';

const resources = directory.manifest.resources.map(presentResource);
const fields = resources.find(({name}) => name === 'application')?.fields ?? [];

function pushed(data: unknown, typed: Draft) {
  const before = draftOf(fields, data);
  const changes = changesOf(fields, before, {...before, ...typed});
  return pushedData(changes, referencesOf(data, 'application', resources));
}

const stored = {
  person: {givenName: 'Ana', phone: '021 555', address: {city: 'Napier', street: '1 Hill'}},
  job: {id: 'J-1', title: 'Picker', startDate: '2026-12-01', payRate: 24.5},
  application: {status: 'accepted'},
};

test('only what was changed is sent, and what was emptied is null', () => {
  assert.deepEqual(pushed(stored, {}), {});
  assert.deepEqual(pushed(stored, {'person.phone': ' ', 'person.givenName': ' Anna '}), {
    person: {givenName: 'Anna', phone: null},
  });
  assert.deepEqual(pushed(stored, {'person.address.city': '', 'application.status': 'declined'}), {
    person: {address: {city: null}},
    application: {status: 'declined'},
  });
});

test('what belongs to a record of its own goes there, under its id', () => {
  assert.deepEqual(pushed(stored, {'job.title': 'Packer', 'job.endDate': '2027-03-01'}), {
    job: {id: 'J-1', title: 'Packer', endDate: '2027-03-01'},
  });
  const named = {person: {$ref: 'P-1'}, application: {id: 'A-1', status: 'offered'}};
  assert.deepEqual([...referencesOf(named, 'application', resources)], [['person', 'P-1']]);
  assert.deepEqual(pushed(named, {'person.email': 'a@x.nz'}), {person: {id: 'P-1', email: 'a@x.nz'}});
});

test('decimals keep their digits; what is no number or no date is sent as it was typed', () => {
  assert.deepEqual(pushed({}, {'job.payRate': '24.50', 'job.startDate': 'soon'}), {
    job: {payRate: '24.50', startDate: 'soon'},
  });
  const others = [
    {name: 'count', type: 'number'},
    {name: 'sure', type: 'boolean'},
    {name: 'tags', type: 'list'},
  ] as const;
  const before = draftOf(others, {});
  const changes = (typed: Draft) => Object.fromEntries(changesOf(others, before, {...before, ...typed}));
  assert.deepEqual(changes({count: '3', sure: 'false', tags: ['a']}), {count: 3, sure: false, tags: ['a']});
  assert.deepEqual(changes({count: 'three', sure: '', tags: []}), {count: 'three'});
});

test('a form shows no groups and no values of another shape than their field says', () => {
  const names = (data: unknown) => editableFields(fields, data).map(({name}) => name);
  assert.ok(!names({}).includes('application.answers'));
  assert.ok(names(stored).includes('person.givenName'));
  assert.ok(!names({person: {givenName: {first: 'Ana'}}}).includes('person.givenName'));
});
