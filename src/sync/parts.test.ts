// How pushed data becomes what is stored: merging, references, text that a database can hold.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {manifest} from '../../connectors/directory/manifest.ts';
import type {Json, JsonObject} from '../std/json.ts';
import {cleanRecord, mergeData, namer, partsOf, referencesOf, splitRecord} from './parts.ts';

const resource = (name: string) => manifest.resources.find(one => one.name === name) ?? assert.fail(name);
const split = (data: JsonObject, of = 'application') =>
  splitRecord({id: 'A-1', data}, resource(of), manifest.resources);

const merges: readonly (readonly [string, JsonObject, JsonObject, JsonObject])[] = [
  ['an absent key keeps', {a: 1, b: 2}, {b: 3}, {a: 1, b: 3}],
  ['null clears', {a: 1, b: {c: 2}}, {b: {c: null}}, {a: 1, b: {c: null}}],
  ['null clears a whole part', {a: {b: 1}}, {a: null}, {a: null}],
  ['objects merge deeply', {a: {b: {c: 1}}}, {a: {b: {d: 2}}}, {a: {b: {c: 1, d: 2}}}],
  ['lists replace', {a: [1, 2]}, {a: [3]}, {a: [3]}],
  ['a reference replaces what was inline', {job: {title: 'Picker'}}, {job: {$ref: 'J1'}}, {job: {$ref: 'J1'}}],
  ['what is inline replaces a reference', {job: {$ref: 'J1'}}, {job: {title: 'Picker'}}, {job: {title: 'Picker'}}],
  ['one reference replaces another', {job: {$ref: 'J1'}}, {job: {$ref: 'J2'}}, {job: {$ref: 'J2'}}],
  ['a text where an object was replaces it', {a: {b: 1}}, {a: 'x'}, {a: 'x'}],
];
for (const [name, before, after, expected] of merges) {
  test(name, () => assert.deepEqual(mergeData(before, after), expected));
}

test('keys that JavaScript takes for its own are ordinary', () => {
  const merged = mergeData({}, JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}'));
  assert.equal(({} as {polluted?: boolean}).polluted, undefined);
  assert.equal(merged['constructor'], 1);
});

test('a part with an id is a record of its own, one without stays', () => {
  const {own, nested} = split({
    person: {id: 'P-1', givenName: 'Ada'},
    job: {title: 'Picker'},
    application: {id: 'own', status: 'accepted'},
  });
  assert.deepEqual(own.data, {
    person: {$ref: 'P-1'},
    job: {title: 'Picker'},
    application: {id: 'own', status: 'accepted'},
  });
  assert.deepEqual(nested, [{resource: 'person', record: {id: 'P-1', data: {person: {givenName: 'Ada'}}}}]);
  assert.deepEqual(referencesOf(own.data), [{part: 'person', externalId: 'P-1'}]);
});

test('a part that is only named is there too', () => {
  assert.deepEqual(split({job: {id: 'J-1'}}).nested, [{resource: 'job', record: {id: 'J-1', data: {}}}]);
});

test('numbers may be ids; blanks, objects and what is too long may not', () => {
  const referred = (id: Json) => referencesOf(split({job: {id, title: 'Picker'}}).own.data).map(one => one.externalId);
  assert.deepEqual(referred(17), ['17']);
  for (const id of ['', '  ', null, true, {a: 1}, 'x'.repeat(201)])
    assert.deepEqual(referred(id), [], JSON.stringify(id));
});

test('a resource of one part may leave its name out', () => {
  assert.deepEqual(partsOf(resource('job')), ['job']);
  assert.deepEqual(split({title: 'Picker'}, 'job').own.data, {job: {title: 'Picker'}});
  assert.deepEqual(split({job: {title: 'Picker'}}, 'job').own.data, {job: {title: 'Picker'}});
});

test('NUL and half surrogates go with a warning, whole ones and everything else stay', () => {
  const clean = cleanRecord({id: 'A-1', data: {a: 'x\0y', b: ['\ud83d', '😀'], 'k\0': 1, c: 7, d: null}});
  assert.deepEqual(clean.data, {a: 'xy', b: ['', '😀'], k: 1, c: 7, d: null});
  assert.deepEqual(
    clean.issues?.map(({code}) => code),
    ['record.character_removed'],
  );
  const sound = {id: 'A-1', data: {a: 'x'}};
  assert.equal(cleanRecord(sound), sound);
});

test('a record is known by the name of its person, else its title', () => {
  const name = namer(resource('application'));
  assert.equal(name({person: {givenName: ' Ada ', familyName: 'Ngata'}}), 'Ada Ngata');
  assert.equal(name({person: {familyName: 'Ngata'}}), 'Ngata');
  assert.equal(name({person: {givenName: 7}, job: {title: 'Picker'}}), 'Picker');
  assert.equal(name({}), '');
});
