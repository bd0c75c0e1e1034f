import assert from 'node:assert/strict';
import {test} from 'node:test';
import {describeConformance} from '../../src/connector/testing/conformance.ts';
import {directory} from './connector.ts';

describeConformance(directory, {});

const resourceNamed = (name: string) => {
  const resource = directory.manifest.resources.find(one => one.name === name);
  assert.ok(resource, name);
  return resource;
};

test('every field but the answers is its own standard field', () => {
  for (const {fields} of directory.manifest.resources) {
    for (const {name, standard} of fields) assert.equal(standard, name === 'application.answers' ? undefined : name);
  }
});

test('pay, bank, tax and answers are confidential wherever they appear', () => {
  const secret = new Set([
    'job.payRate',
    'person.bankAccount',
    'person.taxNumber',
    'person.taxCode',
    'application.answers',
  ]);
  for (const {fields} of directory.manifest.resources) {
    for (const {name, sensitivity} of fields) assert.equal(sensitivity === 'confidential', secret.has(name), name);
  }
});

test('applications include those accepted, completed or terminated; on change only the move into accepted', () => {
  const {scope, scopeOnChange, fields} = resourceNamed('application');
  assert.equal(scope, "application.status in ['accepted', 'completed', 'terminated']");
  assert.equal(scopeOnChange, "application.status == 'accepted'");
  assert.deepEqual(
    fields.find(({name}) => name === 'application.status')?.choices?.map(({value}) => value),
    ['invited', 'in progress', 'offered', 'accepted', 'completed', 'terminated', 'cancelled', 'declined'],
  );
});

test('records are received and never fetched', () => {
  for (const {capabilities} of directory.manifest.resources) assert.deepEqual(capabilities, ['receive']);
  assert.deepEqual(
    ['person', 'job', 'application', 'placement'].map(name => resourceNamed(name).aboutPerson),
    [true, false, true, true],
  );
});
