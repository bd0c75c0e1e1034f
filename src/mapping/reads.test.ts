import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createLanguage} from './language.ts';
import {usesOf} from './reads.ts';
import {directory, file, settings} from './testing/resources.ts';
import {childrenOf, clausesOf, rootOf, walk} from './tree.ts';

const language = createLanguage({source: {fields: [...directory.fields, ...file.fields]}, settings});

function treeOf(expression: string) {
  const {program, issues} = language.compile(expression);
  return program?.tree ?? assert.fail(`${expression}: ${JSON.stringify(issues)}`);
}

/** A path that is always read is marked with `!`. */
const reads: readonly (readonly [expression: string, paths: readonly string[]])[] = [
  ['person.email', ['person.email!']],
  ['lower(person.email) + person.phone', ['person.email!', 'person.phone!']],
  ['has(person.email)', ['person.email']],
  ['person.?email', ['person.email']],
  ['person.address.?city', ['person.address.city']],
  ['person.?email.orValue(person.phone)', ['person.email', 'person.phone']],
  ['has(person.email) ? person.email : person.phone', ['person.email', 'person.email', 'person.phone']],
  ['person.active ? person.email : person.phone', ['person.active!', 'person.email', 'person.phone']],
  ["person.email == 'a' && person.phone == 'b'", ['person.email', 'person.phone']],
  ["person.email == 'a' || has(person.phone)", ['person.email', 'person.phone']],
  ['!person.active', ['person.active!']],
  ['-job.payRate', ['job.payRate!']],
  ['[person.email, person.phone]', ['person.email!', 'person.phone!']],
  ["{'a': person.email}", ['person.email!']],
  ['person.tags[0]', ['person.tags!']],
  ["row['First name']", ['row.First name!']],
  ["row[?'First name']", ['row.First name']],
  ['person.tags.exists(t, t == person.email)', ['person.tags!', 'person.email']],
  ['person.tags.map(person, person + "x")', ['person.tags!']], // the name is bound to the entry there
  ['first(person.email, person.phone)', ['person.email', 'person.phone']],
  ['person', ['person!']],
  ['settings.accountType', ['settings.accountType!']],
  ["lookup({'a': 'b'}, person.gender)", ['person.gender!']],
  ['person.email.startsWith(person.phone)', ['person.email!', 'person.phone!']],
  ["'person.email'", []],
];

for (const [expression, paths] of reads) {
  test(`${expression} reads ${paths.join(', ') || 'nothing'}`, () => {
    const found = usesOf(treeOf(expression)).reads;
    assert.deepEqual(
      found.map(read => read.path.join('.') + (read.always ? '!' : '')),
      paths,
    );
  });
}

test('each read knows where it and each of its parts stand', () => {
  const expression = "lower(person . address .city) + row['First name']";
  const [city, name] = usesOf(treeOf(expression)).reads;
  const slice = (place: {start: number; end: number} | undefined) => expression.slice(place?.start, place?.end);
  assert.equal(slice(city), 'person . address .city');
  assert.deepEqual(city?.parts.map(slice), ['person', 'address', 'city']);
  assert.equal(slice(name), "row['First name']");
  assert.deepEqual(name?.parts.map(slice), ['row', "'First name'"]);
});

test('calls are found with their places, methods too', () => {
  const expression = 'upper(lower(person.email)) + person.email.trim() + person.email.replace';
  const {calls} = usesOf(treeOf(expression.replace(/ \+ person\.email\.replace$/, '')));
  assert.deepEqual(
    calls.map(call => [call.name, call.method, expression.slice(call.start, call.end)]),
    [
      ['upper', false, 'upper'],
      ['lower', false, 'lower'],
      ['trim', true, 'trim'],
    ],
  );
});

test('clauses are those between the outermost &&', () => {
  const expression = "has(person.email) && (person.active || person.email == 'x') && (job.payRate > 1 && true)";
  assert.deepEqual(
    clausesOf(treeOf(expression)).map(node => expression.slice(node.start, node.end)),
    ['has(person.email)', "person.active || person.email == 'x'", 'job.payRate > 1', 'true'],
  );
});

test('a walk visits every node once, parents first', () => {
  const seen: string[] = [];
  walk(treeOf("has(person.email) ? [1, 2][0] : {'a': size('b')}['a']"), node => seen.push(node.op));
  assert.deepEqual(seen.join(' '), '?: call . id [] list value value value [] map value call value value');
  assert.equal(childrenOf(treeOf('1')).length, 0);
});

test('the root of a chain is its first name, of a literal or call none', () => {
  assert.equal(rootOf(treeOf('person.tags[0]')), 'person');
  assert.equal(rootOf(treeOf("{'a': 'b'}['a']")), undefined);
  assert.equal(rootOf(treeOf('words(person.email)[0]')), undefined);
});
