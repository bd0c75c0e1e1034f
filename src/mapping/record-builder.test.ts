import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {JsonObject} from '../std/json.ts';
import {partClasses, recordBuilder} from './record-builder.ts';
import {shapeOf} from './shape.ts';

const shape = shapeOf(
  [
    ['person.email', 'text'],
    ['person.address.city', 'text'],
    ['job.payRate', 'decimal'],
    ['id', 'text'],
  ].map(([name = '', type = '']) => ({path: name.split('.'), type})),
);
const classes = partClasses(shape);
const build = recordBuilder(shape, classes);

function buildFrom(data: JsonObject) {
  return build(name => (Object.hasOwn(data, name) ? data[name] : undefined), '2026-06-15');
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

test('there is one class per part, parts of parts included', () => {
  assert.deepEqual(Array.from(classes.keys()), ['person', 'person.address', 'job']);
  assert.equal(new Set(classes.values()).size, 3);
});

test('each part is of its class, with its values trimmed and the rest left out', () => {
  const {parts, misfits} = buildFrom({
    person: {email: ' a ', shoe: 42, address: {city: 'X'}},
    job: {payRate: '2.5'},
    id: 7,
  });
  assert.deepEqual(plain(parts), {
    today: '2026-06-15',
    person: {email: 'a', address: {city: 'X'}},
    job: {payRate: 2.5},
    id: '7',
  });
  assert.ok(parts['person'] instanceof (classes.get('person') ?? assert.fail()));
  assert.deepEqual(misfits, []);
});

const empty = {today: '2026-06-15', person: {address: {}}, job: {}};
const absent: readonly JsonObject[] = [
  {},
  {person: null},
  {person: 'x'},
  {person: []},
  {person: {address: null}},
  {person: {email: ' '}},
];

for (const data of absent) {
  test(`${JSON.stringify(data)} has all parts, empty`, () => {
    assert.deepEqual(plain(buildFrom(data).parts), empty);
  });
}

test('values of the wrong type are named and left out', () => {
  const {parts, misfits} = buildFrom({person: {email: {}, address: {city: ['x']}}, job: {payRate: 'x'}, id: []});
  assert.deepEqual(plain(parts), empty);
  assert.deepEqual(misfits, ['person.email', 'person.address.city', 'job.payRate', 'id']);
});

test('inherited names are no values', () => {
  const data: JsonObject = {person: Object.create({email: 'inherited'})};
  assert.deepEqual(plain(buildFrom(data).parts), empty);
});
