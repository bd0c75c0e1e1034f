import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {messageText} from '../messages/text.ts';
import type {Field} from '../model/field.ts';
import type {Mapping} from '../model/leg.ts';
import type {JsonObject} from '../std/json.ts';
import {compileMapping, type MappableRecord, type MappedRecord} from './mapping.ts';
import {context, directory, employee, person, settings} from './testing/resources.ts';

function field(name: string, more: Partial<Field> = {}): Field {
  return {name, label: name, description: '', type: 'text', sensitivity: 'ordinary', ...more};
}

function compile(mapping: Mapping, fields: readonly Field[] = employee.fields) {
  return compileMapping({source: directory, destination: {fields}, mapping, settings, country: 'NZ'});
}

async function applyTo(record: MappableRecord, mapping: Mapping, fields?: readonly Field[]): Promise<MappedRecord> {
  const [mapped] = await compile(mapping, fields).apply([record], context);
  return mapped ?? assert.fail('no result');
}

function codes(mapped: MappedRecord): readonly string[] {
  return mapped.issues.map(issue => `${issue.field} ${issue.code}`);
}

test('a whole person is mapped with nothing mapped by hand', async () => {
  assert.deepEqual(await applyTo(person(), {}), {
    values: {
      firstName: 'Aroha',
      employeeId: 'af745498c2976008d8ab3edcc6a51d29',
      dateOfBirth: '1990-05-01',
      phoneNumber: '64 21 555 0100',
      wageRate: '24.5',
      accountType: 'Staff',
      sectors: 'North|South',
      deactivate: 'FALSE',
    },
    issues: [],
  });
});

test('the user’s mapping replaces the default, null switches it off', async () => {
  const {values} = await applyTo(person(), {
    firstName: 'upper(person.givenName)',
    phoneNumber: null,
    deactivate: "'TRUE'",
  });
  assert.equal(values['firstName'], 'AROHA');
  assert.equal(values['deactivate'], 'TRUE');
  assert.ok(!('phoneNumber' in values));
});

test('all issues of a record are found, in the order of the destination', async () => {
  const record = person({
    person: {email: null, phone: '123456789012345678', dateOfBirth: '1990-02-30'},
    job: {payRate: 24.555},
  });
  const mapped = await applyTo(record, {accountType: "'Robot'"});
  assert.deepEqual(codes(mapped), [
    'firstName mapping.value_missing',
    'employeeId mapping.value_missing',
    'dateOfBirth value.not_date',
    'phoneNumber value.too_many_digits',
    'wageRate value.too_many_decimals',
    'accountType value.not_choice',
  ]);
  assert.deepEqual(
    mapped.issues.map(issue => messageText(issue.code, issue.params).text),
    [
      'First name: required, but the source has no value (person.givenName)',
      'Employee id: required, but the source has no value (person.email)',
      'Date of birth: not a calendar date; wanted is yyyy-MM-dd',
      'Phone number: 18 digits given, 15 at most, single spaces, no + sign',
      'Wage rate: 3 decimals given, 2 at most',
      'Account type: not one of Staff, Contractor',
    ],
  );
});

const blanks: readonly (readonly [name: string, value: JsonObject])[] = [
  ['absent', {}],
  ['null', {email: null}],
  ['empty', {email: ''}],
  ['blank', {email: ' \u00a0\t'}],
];

/** What each policy makes of a source value that is not there. */
const policies: readonly (readonly [
  name: string,
  mapping: Mapping[string],
  more: Partial<Field>,
  value: unknown,
  codes: readonly string[],
])[] = [
  ['leave', 'person.email', {}, undefined, []],
  ['leave, said so', {value: 'person.email', missing: 'leave'}, {}, undefined, []],
  ['leave with the field’s default', 'person.email', {default: 'none'}, 'none', []],
  ['leave where required', 'person.email', {required: true}, undefined, ['mapping.value_missing']],
  ['leave where required with a default', 'person.email', {required: true, default: 'none'}, 'none', []],
  ['clear', {value: 'person.email', missing: 'clear'}, {default: 'none'}, null, []],
  [
    'clear where required',
    {value: 'person.email', missing: 'clear'},
    {required: true},
    null,
    ['mapping.value_missing'],
  ],
  ['another value', {value: 'person.email', missing: {default: 'x@y.z'}}, {required: true}, 'x@y.z', []],
  [
    'another value that does not fit',
    {value: 'person.email', missing: {default: 'long'}},
    {constraint: {maxLength: 3}},
    'long',
    ['value.too_long'],
  ],
  ['reject', {value: 'person.email', missing: 'reject'}, {default: 'none'}, undefined, ['mapping.value_missing']],
];

for (const [state, data] of blanks) {
  for (const [name, mapping, more, value, expected] of policies) {
    test(`${state}, policy ${name}: ${JSON.stringify(value)} ${expected.join()}`, async () => {
      const mapped = await applyTo({data: {person: data}}, {to: mapping ?? null}, [field('to', more)]);
      assert.deepEqual(mapped.values, value === undefined ? {} : {to: value});
      assert.deepEqual(
        mapped.issues.map(issue => issue.code),
        expected,
      );
    });
  }
}

for (const [state, data] of blanks) {
  test(`every field of the employee with all its sources ${state}: issues where required, values of defaults, no crash`, async () => {
    const value = Object.values(data)[0] ?? null;
    const names = ['givenName', 'email', 'phone', 'dateOfBirth'];
    const of: JsonObject = state === 'absent' ? {} : Object.fromEntries(names.map(name => [name, value]));
    const mapped = await applyTo({data: {person: of, job: state === 'absent' ? {} : {payRate: value}}}, {});
    assert.deepEqual(codes(mapped), ['firstName mapping.value_missing', 'employeeId mapping.value_missing']);
    assert.deepEqual(mapped.values, {accountType: 'Staff', sectors: 'North|South', deactivate: 'FALSE'});
  });
}

const bad: readonly (readonly [expression: string, saved: string, applied: string])[] = [
  ['person.emial', 'mapping.path_unknown', 'mapping.path_unknown'],
  ['has(person.typo)', 'mapping.path_unknown', 'mapping.path_unknown'],
  ['lowr(person.email)', 'expression.unknown_function', 'mapping.unusable'],
  ['person.email == null', 'expression.compares_null', 'mapping.unusable'],
  ['person.email +', 'expression.unfinished', 'mapping.unusable'],
  ['', 'expression.unfinished', 'mapping.unusable'],
  ["person.email.matches('^(a+)+$')", 'expression.pattern_repeats', 'mapping.unusable'],
  ['person.tags.all(a, person.tags.all(b, person.tags.all(c, a == b)))', 'expression.too_nested', 'mapping.unusable'],
  ['person.tags', 'expression.wrong_result', 'mapping.wrong_type'],
  ['1/0', '', 'mapping.divides_by_zero'],
  ['person.email.substring(99)', '', 'mapping.failed'],
  ["lookup({'a': 'b'}, person.email)", '', 'mapping.not_in_table'],
  ["lookup('none', person.email)", '', 'mapping.failed'],
  ["date(person.email, 'dd/MM/yyyy')", '', 'value.not_date'],
  ['money(person.email)', '', 'value.not_number'],
  ["phone(person.email, 'e164')", '', 'value.not_phone'],
];

for (const [expression, saved, applied] of bad) {
  test(`${expression || 'an empty expression'}: ${saved || 'fine'} when saved, ${applied} on the record, which keeps its other values`, async () => {
    const fields = [field('to', {label: 'To'}), field('name')];
    const compiled = compile({to: expression, name: 'person.givenName'}, fields);
    assert.deepEqual(
      compiled.issues.map(issue => `${issue.field} ${issue.code}`),
      saved ? [`to ${saved}`] : [],
    );
    const [mapped] = await compiled.apply([person()], context);
    assert.deepEqual(
      mapped?.issues.map(issue => issue.code),
      [applied],
    );
    assert.equal(mapped?.values['name'], 'Aroha');
    for (const {code, params} of [...compiled.issues, ...(mapped?.issues ?? [])]) {
      const {text} = messageText(code, params);
      assert.ok(text.length <= 160 && !/[{}]/.test(text), text);
      assert.ok(!text.includes('Aroha'), text);
    }
  });
}

test('a source value of the wrong type is an issue that names its path', async () => {
  const mapped = await applyTo(person({job: {payRate: 'twenty'}}), {});
  assert.deepEqual(codes(mapped), ['wageRate mapping.source_type']);
  assert.equal(mapped.issues[0]?.params['path'], 'job.payRate');
});

test('required fields that nothing reaches are told when saved and on each record', async () => {
  const fields = [
    field('taxNumber', {required: true, label: 'Tax number'}),
    field('other', {required: true, default: 'x'}),
  ];
  const compiled = compile({}, fields);
  assert.deepEqual(
    compiled.missingRequired.map(missing => missing.name),
    ['taxNumber'],
  );
  assert.deepEqual(codes((await compiled.apply([person()], context))[0] ?? assert.fail()), [
    'taxNumber mapping.not_mapped',
  ]);
});

test('a field that the destination no longer has is told when saved', async () => {
  const {issues} = compile({fristName: 'person.givenName'});
  assert.deepEqual(
    issues.map(issue => [issue.field, issue.code, issue.params['suggestion']]),
    [['fristName', 'mapping.destination_unknown', 'firstName']],
  );
});

test('rules add their issues in their own level and do not hold back the value', async () => {
  const rules = [
    {check: 'age(person.dateOfBirth) >= 16', else: 'warning', message: 'Under 16'},
    {check: "person.email.endsWith('@example.com')", else: 'error', message: 'Not one of ours'},
    {check: "person.gender == 'x'", else: 'error', message: 'never: the value is missing'},
  ] as const;
  const record = person({person: {givenName: 'Tama', email: 'a@b.c', dateOfBirth: '2015-01-01'}});
  const compiled = compile({firstName: {value: 'person.givenName', rules}});
  const [mapped] = await compiled.apply([record], context);
  assert.equal(mapped?.values['firstName'], 'Tama');
  assert.deepEqual(
    mapped?.issues.map(issue => [issue.level, issue.code, issue.params['why']]),
    [
      ['warning', 'mapping.rule', 'Under 16'],
      ['error', 'mapping.rule', 'Not one of ours'],
    ],
  );
  assert.ok(compiled.readsToday);
  assert.ok(compiled.reads.includes('person.gender'));
});

test('a rule must be a condition, and one that is broken holds for no record', async () => {
  const rule = (check: string) => ({
    firstName: {value: 'person.givenName', rules: [{check, else: 'error' as const, message: 'x'}]},
  });
  assert.deepEqual(
    compile(rule('person.email')).issues.map(issue => issue.code),
    ['expression.not_condition'],
  );
  assert.deepEqual(codes(await applyTo(person(), rule('person.emial == 1'))), ['firstName mapping.path_unknown']);
});

test('the compiled form tells expression, policies and reads of each mapped field', async () => {
  const compiled = compile({firstName: {value: 'person.givenName', missing: 'reject', write: 'onCreate'}});
  const [first, second] = compiled.fields;
  assert.deepEqual(
    [first?.field.name, first?.expression, first?.missing, first?.write, first?.reads],
    ['firstName', 'person.givenName', 'reject', 'onCreate', ['person.givenName']],
  );
  assert.deepEqual([second?.field.name, second?.missing, second?.write], ['employeeId', 'leave', 'always']);
  assert.ok(!compiled.readsToday);
});

test('a default of a policy that does not fit is told when saved', async () => {
  const {issues} = compile({accountType: {value: 'settings.accountType', missing: {default: 'Robot'}}});
  assert.deepEqual(
    issues.map(issue => issue.code),
    ['value.not_choice'],
  );
});

test('a pattern of the destination that cannot be checked is a warning when saved', async () => {
  const {issues} = compile({to: 'person.email'}, [field('to', {constraint: {pattern: '(a+)+'}})]);
  assert.deepEqual(
    issues.map(issue => [issue.level, issue.code]),
    [['warning', 'mapping.pattern_unusable']],
  );
});

test('a list fills a text field that joins, without a complaint about its type', async () => {
  const compiled = compile({to: 'person.tags'}, [field('to', {constraint: {joinedBy: '|'}})]);
  assert.deepEqual(compiled.issues, []);
  assert.deepEqual((await compiled.apply([person()], context))[0]?.values, {to: 'picker|driver'});
});

test('an expression that is too slow on one record is an issue there and leaves the others alone', async () => {
  const tags = Array.from({length: 6000}, (_, index) => `tag ${index}`);
  const compiled = compile(
    {to: "person.tags.all(a, person.tags.all(b, a + b != 'x')) ? 1 : 2", name: 'person.givenName'},
    [field('to'), field('name')],
  );
  const slow = {data: {person: {givenName: 'Slow', tags}}};
  const results = await compiled.apply([person(), slow, person()], context);
  assert.deepEqual(
    results.map(mapped => mapped.values['name']),
    ['Aroha', 'Slow', 'Aroha'],
  );
  assert.deepEqual(results.map(codes), [[], ['to mapping.too_slow'], []]);
});

test('a source that changed under a saved mapping is an issue on the field, not a crash', async () => {
  const source = {fields: directory.fields.filter(known => known.name !== 'person.phone')};
  const compiled = compileMapping({
    source,
    destination: employee,
    mapping: {phoneNumber: "phone(person.phone, 'spaced')"},
    settings,
    country: 'NZ',
  });
  const [mapped] = await compiled.apply([person()], context);
  assert.deepEqual(mapped && codes(mapped), ['phoneNumber mapping.path_unknown']);
  const [issue] = mapped?.issues ?? [];
  assert.equal(
    messageText(issue?.code ?? '', issue?.params).text,
    'Phone number: the source no longer has a field person.phone',
  );
});

test('tables of the company are looked up', async () => {
  const compiled = compileMapping({
    source: directory,
    destination: {fields: [field('to')]},
    mapping: {to: "lookup('titles', job.title, 'unknown')"},
    settings,
    tables: {titles: {Picker: 'P1'}},
  });
  const results = await compiled.apply([person(), person({job: {title: 'Cook'}})], context);
  assert.deepEqual(
    results.map(mapped => mapped.values['to']),
    ['P1', 'unknown'],
  );
});

test('stack traces are as they were before', async () => {
  const before = Error.stackTraceLimit;
  await applyTo(person({person: {email: 'x'}}), {firstName: '1/0'});
  assert.equal(Error.stackTraceLimit, before);
});

test('whatever the records hold: one result each, no throw, and no issue or value of one on another', async () => {
  const compiled = compile({firstName: 'first(person.preferredName, person.givenName)'});
  const scalar = fc.oneof(
    fc.string({maxLength: 12}),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.constant('2026-02-30'),
  );
  const part = fc.dictionary(
    fc.constantFrom('givenName', 'preferredName', 'email', 'phone', 'dateOfBirth', 'payRate'),
    scalar,
  );
  const data = fc.record({person: part, job: part}, {requiredKeys: []});
  await fc.assert(
    fc.asyncProperty(fc.array(data, {maxLength: 6}), async all => {
      const records = all.map(one => ({data: JSON.parse(JSON.stringify(one))}));
      const together = await compiled.apply(records, context);
      assert.equal(together.length, records.length);
      for (const [index, record] of records.entries()) {
        assert.deepEqual([together[index]], await compiled.apply([record], context));
      }
    }),
    {numRuns: 60},
  );
});
