import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Field} from '../model/field.ts';
import type {Mapping} from '../model/leg.ts';
import {compileLeg, legIssues} from './compile-leg.ts';
import {mappedFields} from './mapped-fields.ts';

function field(name: string, label: string, more: Partial<Field> = {}): Field {
  return {name, label, description: '', type: 'text', sensitivity: 'personal', ...more};
}

const source = {
  fields: [
    field('person.givenName', 'Given name', {standard: 'person.givenName'}),
    field('person.familyName', 'Family name', {standard: 'person.familyName'}),
    field('application.status', 'Status'),
  ],
  scope: 'application.status == "accepted"',
};
const destination = {
  fields: [
    field('middleName', 'Middle name'),
    field('firstName', 'First name', {standard: 'person.givenName', required: true}),
    field('lastName', 'Last name', {standard: 'person.familyName', required: true}),
  ],
};

function compiled(mapping: Mapping, scope?: string) {
  const leg = {mapping, ...(scope === undefined ? {} : {scope})};
  return compileLeg({leg, source, destination, settings: {shapes: [], values: {}}});
}

function rowsOf(mapping: Mapping) {
  return mappedFields(compiled(mapping).mapping, source, destination, mapping);
}

test('every field of the destination has a row, required ones that nothing fills first', () => {
  assert.deepEqual(
    rowsOf({lastName: null}).map(row => [row.field.name, row.expression, row.isDefault]),
    [
      ['lastName', null, false],
      ['middleName', null, true],
      ['firstName', 'person.givenName', true],
    ],
  );
});

test('says which source fields a value comes from, under their labels', () => {
  const row = rowsOf({firstName: 'person.givenName + " " + person.familyName'}).find(
    ({field}) => field.name === 'firstName',
  );
  assert.deepEqual(row?.reads, ['person.givenName', 'person.familyName']);
  assert.equal(row?.source, 'Given name, Family name');
});

test('a value made of nothing in the source has no origin there', () => {
  const row = rowsOf({middleName: '"Sam"'}).find(({field}) => field.name === 'middleName');
  assert.deepEqual([row?.source, row?.reads, row?.isDefault], [null, [], false]);
});

test("a scope left out is the source's own, and one that is given takes its place", () => {
  assert.deepEqual(compiled({}).scope?.reads, ['application.status']);
  assert.deepEqual(compiled({}, 'true').scope?.reads, []);
});

test('issues name the field, the place in it and what to do', () => {
  const [scope] = legIssues(compiled({}, 'application.statuss == "x"'));
  assert.deepEqual([scope?.level, scope?.field, scope?.code], ['error', 'scope', 'expression.unknown_field']);
  assert.ok(typeof scope?.start === 'number' && scope.hint !== '');
  const [unfilled] = legIssues(compiled({lastName: null}));
  assert.deepEqual([unfilled?.field, unfilled?.code], ['mapping.lastName', 'mapping.not_mapped']);
});
