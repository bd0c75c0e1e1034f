import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Mapping} from '../model/leg.ts';
import type {JsonObject} from '../std/json.ts';
import {explainFields} from './explain.ts';
import {compileMapping} from './mapping.ts';
import {context, directory, employee, person, settings} from './testing/resources.ts';

async function explain(field: string, data: JsonObject = {}, mapping: Mapping = {}) {
  const compiled = compileMapping({source: directory, destination: employee, mapping, settings, country: 'NZ'});
  const [only] = await explainFields(compiled, person(data), [{name: field}], context);
  return only?.explained ?? assert.fail('not explained');
}

test('a value is explained by its expression, what it read and what came of it', async () => {
  assert.deepEqual(await explain('phoneNumber'), {
    expression: "phone(person.phone, 'spaced')",
    inputs: [{path: 'person.phone', state: 'value', value: '021 555 0100'}],
    result: '64 21 555 0100',
    issues: [],
  });
});

const states: readonly (readonly [data: JsonObject, state: string, value: string | null])[] = [
  [{}, 'absent', null],
  [{phone: null}, 'null', null],
  [{phone: ''}, 'blank', ''],
  [{phone: ' \t'}, 'blank', ' \t'],
  [{phone: ' x '}, 'value', ' x '],
];

for (const [data, state, value] of states) {
  test(`an input that is ${JSON.stringify(data)} is told as ${state}`, async () => {
    const {inputs} = await explain('phoneNumber', {person: data});
    assert.deepEqual(inputs, [{path: 'person.phone', state, value}]);
  });
}

test('a value that is missing has no result, and where it is required an issue', async () => {
  const explained = await explain('employeeId', {person: {givenName: 'A'}});
  assert.ok(!('result' in explained));
  assert.deepEqual(
    explained.issues.map(issue => issue.code),
    ['mapping.value_missing'],
  );
});

test('only the issues of the field itself are told', async () => {
  const explained = await explain('phoneNumber', {person: {phone: '12'}});
  assert.deepEqual(
    explained.issues.map(issue => [issue.field, issue.code]),
    [['phoneNumber', 'value.not_phone']],
  );
});

test('settings are inputs too', async () => {
  assert.deepEqual((await explain('accountType')).inputs, [
    {path: 'settings.accountType', state: 'value', value: 'Staff'},
  ]);
});

test('a field with only a default has no expression, but a result', async () => {
  assert.deepEqual(await explain('deactivate'), {expression: null, inputs: [], result: 'FALSE', issues: []});
});

test('a field that the destination does not have explains nothing', async () => {
  assert.deepEqual(await explain('shoeSize'), {expression: null, inputs: [], issues: []});
});

test('inputs of rules are among the inputs', async () => {
  const rules = [{check: 'has(person.gender)', else: 'info', message: 'No gender'}] as const;
  const explained = await explain('firstName', {}, {firstName: {value: 'person.givenName', rules}});
  assert.deepEqual(
    explained.inputs.map(input => [input.path, input.state]),
    [
      ['person.givenName', 'value'],
      ['person.gender', 'absent'],
    ],
  );
  assert.equal(explained.issues[0]?.level, 'info');
});
