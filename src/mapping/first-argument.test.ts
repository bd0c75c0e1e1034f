import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readFirstOptionally} from './first-argument.ts';
import {createLanguage} from './language.ts';
import {context, directory, file, person} from './testing/resources.ts';

const language = createLanguage({source: {fields: [...directory.fields, ...file.fields]}, settings: []});

function rewrite(expression: string) {
  const {program, issues} = language.compile(expression);
  return readFirstOptionally(expression, program?.tree ?? assert.fail(JSON.stringify(issues)));
}

const rewrites: readonly (readonly [expression: string, text: string])[] = [
  ['first(person.email, person.phone)', 'first(person.?email, person.?phone)'],
  ["first(person.email, 'x')", "first(person.?email, 'x')"],
  ['first(person.?email, person.phone)', 'first(person.?email, person.?phone)'],
  ['first(person.address.city, person.email)', 'first(person.address.?city, person.?email)'],
  ["first(row['First name'], row['E-mail'])", "first(row[?'First name'], row[?'E-mail'])"],
  ['first( person . email , person.phone)', 'first( person .? email , person.?phone)'],
  [
    'lower(first(person.email, person.phone)) + person.gender',
    'lower(first(person.?email, person.?phone)) + person.gender',
  ],
  ['person.email', 'person.email'],
  ['first(person.email, today)', 'first(person.?email, today)'],
];

for (const [expression, text] of rewrites) {
  test(`${expression} is run as ${text}`, () => assert.equal(rewrite(expression).text, text));
}

test('places lead back to the text that was written', () => {
  const written = 'first(person.email, person.phone) + person.gender';
  const {text, original} = rewrite(written);
  for (const part of ['person.gender', 'phone', ') +']) {
    const start = text.indexOf(part);
    const place = original({start, end: start + part.length});
    assert.equal(written.slice(place.start, place.end), part);
  }
});

test('the first that has a value is taken, whichever are absent', () => {
  const {program} = language.compile("first(person.preferredName, person.gender, person.givenName, 'none')");
  assert.ok(program);
  const read = language.reader([program]);
  const first = (data: {readonly [name: string]: string}) => program.evaluate(read(person({person: data}), context));
  assert.deepEqual(first({preferredName: 'P', givenName: 'G'}), {state: 'value', value: 'P'});
  assert.deepEqual(first({preferredName: ' ', givenName: 'G'}), {state: 'value', value: 'G'});
  assert.deepEqual(first({}), {state: 'value', value: 'none'});
});
