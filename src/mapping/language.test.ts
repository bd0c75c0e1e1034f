import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import type {JsonObject} from '../std/json.ts';
import {createLanguage, type MappableRecord, maxExpressionLength, type Outcome} from './language.ts';
import {context, directory, file, person, settings} from './testing/resources.ts';

const language = createLanguage({source: directory, settings, country: 'NZ'});

function evaluate(expression: string, record: MappableRecord = person(), over = language): Outcome {
  const {program, issues} = over.compile(expression);
  assert.ok(program, `${expression}: ${JSON.stringify(issues)}`);
  return program.evaluate(over.reader([program])(record, context));
}

const noValues: readonly (readonly [name: string, data: JsonObject])[] = [
  ['an absent part', {person: null}],
  ['no part at all', {}],
  ['an absent field', {person: {}}],
  ['null', {person: {email: null}}],
  ['an empty text', {person: {email: ''}}],
  ['blanks', {person: {email: ' \t\u00a0 '}}],
];

for (const [name, data] of noValues) {
  const record = {data};
  test(`${name}: the value is missing, by its path`, () => {
    for (const expression of ['person.email', 'lower(person.email)', "person.email + '!'", "person.email == 'x'"]) {
      assert.deepEqual(evaluate(expression, record), {state: 'missing', path: 'person.email'}, expression);
    }
  });
  test(`${name}: asking for it is no failure`, () => {
    assert.deepEqual(evaluate('has(person.email)', record), {state: 'value', value: false});
    assert.deepEqual(evaluate("person.?email.orValue('none')", record), {state: 'value', value: 'none'});
    assert.deepEqual(evaluate("first(person.email, 'none')", record), {state: 'value', value: 'none'});
    assert.deepEqual(evaluate('person.?email', record), {state: 'missing', path: null});
  });
}

const values: readonly (readonly [expression: string, value: unknown])[] = [
  ['person.email', 'Aroha@Example.com'], // trimmed
  ['job.payRate * 40', 980],
  ['40 * job.payRate', 980],
  ['job.payRate + 1', 25.5],
  ['job.payRate - 1', 23.5],
  ['job.payRate / 2', 12.25],
  ['job.payRate == 24', false],
  ['job.payRate in [24, 25]', false],
  ['job.payRate in [24.5, 25.0]', true],
  ['job.payRate > 20', true],
  ['size(person.tags)', 2], // a BigInt inside
  ['person.tags', ['picker', 'driver']],
  ['person.tags.map(t, upper(t))', ['PICKER', 'DRIVER']],
  ["person.tags.exists(t, t == 'driver')", true],
  ['person.tags[1]', 'driver'],
  ['settings.accountType', 'Staff'],
  ['settings.sectors', ['North', 'South']],
  ['today', '2026-06-15'],
  ['person.dateOfBirth < today', true],
  ["application.status in ['accepted', 'completed']", true],
  ['has(person.address.city)', false],
  ['person.?address.?city.hasValue()', false],
  ["{'name': person.givenName}", {name: 'Aroha'}],
  ["has(person.gender) && person.gender == 'f' || has(person.email)", true],
  ['type(person.email) == string', true],
];

for (const [expression, value] of values) {
  test(`${expression} gives ${JSON.stringify(value)}`, () => {
    assert.deepEqual(evaluate(expression), {state: 'value', value});
  });
}

const missing: readonly (readonly [expression: string, path: string | null])[] = [
  ['person.tags[5]', 'person.tags'],
  ["has(person.email) ? person.gender : 'x'", 'person.gender'],
  ['first(person.preferredName, person.gender)', null],
  ["''", null],
  ["replace(person.email, person.email, ' ')", null],
  ['null', null],
  ['person.?gender.value()', null],
];

for (const [expression, path] of missing) {
  test(`${expression} is missing by ${path}`, () => assert.deepEqual(evaluate(expression), {state: 'missing', path}));
}

const failures: readonly (readonly [expression: string, code: string])[] = [
  ['1/0', 'division_by_zero'],
  ['job.payRate / 0', 'division_by_zero'],
  ['1 % 0', 'modulo_by_zero'],
  ['1.0 / 0.0', 'not_a_value'],
  ['person.email.substring(50)', 'index_out_of_range'],
  ['int(person.email)', 'int_conversion_error'],
  ['9223372036854775807 + 1', 'numeric_overflow'],
];

for (const [expression, code] of failures) {
  test(`${expression} fails with ${code}`, () => {
    const outcome = evaluate(expression);
    assert.equal(outcome.state === 'failed' ? outcome.code : outcome.state, code);
  });
}

test('a value of another type than its field is said so, also where it was asked for optionally', () => {
  const record = person({job: {payRate: 'twenty'}, person: {email: {work: 'a@b.c'}, tags: 'picker'}});
  assert.deepEqual(evaluate('job.payRate * 40', record), {state: 'misfit', path: 'job.payRate'});
  assert.deepEqual(evaluate('job.?payRate', record), {state: 'misfit', path: 'job.payRate'});
  assert.deepEqual(evaluate('person.email', record), {state: 'misfit', path: 'person.email'});
  assert.deepEqual(evaluate('person.tags', record), {state: 'misfit', path: 'person.tags'});
  assert.deepEqual(evaluate('application.status', record), {state: 'value', value: 'accepted'});
});

test('text of a number or of yes and no is one where the field is declared so, and numbers are text where text is', () => {
  const record = person({job: {payRate: '24.50', title: 7}, person: {active: 'Yes'}});
  assert.deepEqual(evaluate('job.payRate', record), {state: 'value', value: 24.5});
  assert.deepEqual(evaluate('job.title', record), {state: 'value', value: '7'});
  assert.deepEqual(evaluate('person.active', record), {state: 'value', value: true});
});

test('columns with any name are read in brackets', () => {
  const columns = createLanguage({source: file, settings: []});
  const record = {data: {row: {'First name': ' Aroha ', "Manager's name": 'Mere', 'E-mail': ''}}};
  assert.deepEqual(evaluate("row['First name']", record, columns), {state: 'value', value: 'Aroha'});
  assert.deepEqual(evaluate("row['Manager\\'s name']", record, columns), {state: 'value', value: 'Mere'});
  assert.deepEqual(evaluate("row['E-mail']", record, columns), {state: 'missing', path: 'row.E-mail'});
  assert.deepEqual(evaluate("first(row['E-mail'], row['First name'])", record, columns), {
    state: 'value',
    value: 'Aroha',
  });
  assert.deepEqual(evaluate("row[?'E-mail'].hasValue()", record, columns), {state: 'value', value: false});
});

test('identifiers of other systems are read, and missing where there are none', () => {
  const record = {...person(), identifiers: {astute: 'A-7'}};
  assert.deepEqual(evaluate('identifiers.astute', record), {state: 'value', value: 'A-7'});
  assert.deepEqual(evaluate('identifiers.vista', record), {state: 'missing', path: 'identifiers.vista'});
  assert.deepEqual(evaluate('identifiers.astute'), {state: 'missing', path: 'identifiers.astute'});
});

test('objects without declared fields keep their values, nulls and blanks left out', () => {
  const record = person({person: {custom: {team: ' A ', empty: '', none: null, list: [null, 'x', ' ']}}});
  assert.deepEqual(evaluate('person.custom', record), {state: 'value', value: {team: 'A', list: ['x']}});
  assert.deepEqual(evaluate('person.custom.team', record), {state: 'value', value: 'A'});
  assert.deepEqual(evaluate('person.custom.none', record), {state: 'missing', path: 'person.custom.none'});
});

test('names that JavaScript inherits are no values', () => {
  const hostile: JsonObject = JSON.parse('{"person": {"__proto__": {"email": "x"}, "constructor": "y"}}');
  assert.deepEqual(evaluate('person.email', {data: hostile}), {state: 'missing', path: 'person.email'});
  const custom: JsonObject = JSON.parse('{"person": {"custom": {"__proto__": {"a": 1}}}}');
  assert.deepEqual(evaluate('person.custom.toString', {data: custom}), {
    state: 'missing',
    path: 'person.custom.toString',
  });
});

test('what an expression reads is known, and whether it always does', () => {
  const {reads, readsToday} = language.compile('has(person.email) ? lower(person.email) : job.title + today');
  assert.deepEqual(
    reads.map(read => [read.path.join('.'), read.always, read.how]),
    [
      ['person.email', false, 'has'],
      ['person.email', false, 'plain'],
      ['job.title', false, 'plain'],
    ],
  );
  assert.ok(readsToday);
});

test('the day counts as read where a function reads it, and only then', () => {
  assert.ok(language.compile('age(person.dateOfBirth)').readsToday);
  assert.ok(!language.compile("age(person.dateOfBirth, '2026-01-01')").readsToday);
  assert.ok(!language.compile("'today'").readsToday);
});

test('the longest expression is accepted, one character more is not', () => {
  const text = (length: number) => `'${'x'.repeat(length - 2)}'`;
  assert.ok(language.compile(text(maxExpressionLength)).program);
  assert.deepEqual(
    language.compile(text(maxExpressionLength + 1)).issues.map(issue => issue.code),
    ['expression.too_long'],
  );
});

test('no text makes the compiler throw, and each issue has a place within the text', () => {
  const piece = fc.constantFrom(
    ...[
      'person',
      '.email',
      '.?',
      "['x']",
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      ':',
      ',',
      "'",
      '"',
      '+',
      '&&',
      '||',
      '!',
      '? ',
    ],
    ...['has', 'first', 'lower', 'cel.bind', 'today', '1', '2.5', '0x', 'null', ' ', '\n', '\\', '🙂', '\u0000', 'b"'],
    ...[
      '.matches',
      '.map',
      '.all(x,',
      'in',
      '==',
      '//',
      'timestamp',
      'job.payRate',
      'row',
      '@',
      '`',
      '1e999',
      '99999999999999999999',
    ],
  );
  fc.assert(
    fc.property(fc.array(piece, {maxLength: 12}), pieces => {
      const text = pieces.join('');
      const {program, issues} = language.compile(text);
      assert.equal(program === undefined, issues.length > 0);
      for (const issue of issues) {
        assert.ok(issue.start >= 0 && issue.start <= issue.end && issue.end <= text.length, JSON.stringify(issue));
      }
      if (program) program.evaluate(language.reader([program])(person(), context));
    }),
    {numRuns: 500},
  );
});

test('no data makes an evaluation throw', () => {
  const expressions = [
    'person.email',
    'job.payRate * 2',
    'person.tags.map(t, t)',
    'person.custom.x',
    'size(person.tags)',
  ];
  const programs = expressions.flatMap(expression => language.compile(expression).program ?? []);
  assert.equal(programs.length, expressions.length);
  const read = language.reader(programs);
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('person', 'job', 'x'), fc.jsonValue({maxDepth: 4})), data => {
      const seen = read({data: JSON.parse(JSON.stringify(data))}, context);
      for (const program of programs) assert.ok(program.evaluate(seen).state);
    }),
  );
});
