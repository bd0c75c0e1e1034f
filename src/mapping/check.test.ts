import assert from 'node:assert/strict';
import {test} from 'node:test';
import {messageText} from '../messages/text.ts';
import {checkExpression, type GivenType} from './check.ts';
import {directory, file, settings} from './testing/resources.ts';
import {threadMs} from './testing/thread-time.ts';

function check(expression: string, source: Parameters<typeof checkExpression>[0]['source'] = directory) {
  return checkExpression({source, settings, expression});
}

const types: readonly (readonly [expression: string, type: GivenType])[] = [
  ['person.email', 'text'],
  ['lower(person.email)', 'text'],
  ['job.payRate * 40', 'number'],
  ['size(person.tags)', 'number'],
  ['person.active', 'boolean'],
  ['has(person.email)', 'boolean'],
  ['job.payRate in [24, 25]', 'boolean'],
  ['person.tags', 'list'],
  ["person.email.split('@')", 'list'],
  ['person.address', 'object'],
  ['person.custom', 'object'],
  ['person.custom.anything', 'any'],
  ['person.tags[0]', 'any'],
  ['first(person.preferredName, person.givenName)', 'text'],
  ['person.?email', 'text'],
  ['person.dateOfBirth', 'text'],
  ['settings.sectors', 'list'],
  ['identifiers.astute', 'any'],
  ['money(job.payRate * 1.08)', 'text'],
  ['person.tags.map(a, person.tags.map(b, a + b))', 'list'],
];

for (const [expression, type] of types) {
  test(`${expression} is fine and gives ${type}`, () => {
    const checked = check(expression);
    assert.deepEqual(checked.issues, []);
    assert.ok(checked.ok);
    assert.equal(checked.type, type);
  });
}

/** The place is what stands between the marks. */
const refusals: readonly (readonly [marked: string, code: string, says?: RegExp])[] = [
  ['person.«emial»', 'unknown_field', /person\.emial; the nearest is person\.email/],
  ['has(person.«typo»)', 'unknown_field'],
  ['person.?«emial»', 'unknown_field', /person\.email/],
  ["person[«'emial'»]", 'unknown_field', /person\.email/],
  ['«persn».email', 'unknown_field', /nearest is person$/],
  ['person.address.«cty»', 'unknown_field', /person\.address\.city/],
  ['has(person.email.«x»)', 'unknown_field'],
  ['settings.«acountType»', 'unknown_field', /settings\.accountType/],
  ['person.tags.exists(t, «u» == t)', 'unknown_field'],
  ['«lowr»(person.email)', 'unknown_function', /nearest is lower/],
  ['person.email.«strip»()', 'unknown_function'],
  ['«person.email == null»', 'compares_null', /never null/],
  ['«null != person.email»', 'compares_null'],
  ['«person.email + 1»', 'wrong_types', /text \+ number/],
  ['«left(person.email)»', 'wrong_arguments', /left\(text\) does not work; wanted is left\(text, number\)/],
  ["«left(person.email, 'x')»", 'wrong_arguments'],
  ['«person.email.lower()»', 'wrong_arguments', /wanted is lower\(text\)/],
  ['«first(person.preferredName)»', 'wrong_arguments'],
  ["«has(person.email) ? 'x' : 1»", 'mixed_types'],
  ["[1, «'x'»]", 'mixed_types'],
  ['«person.email» ? 1 : 2', 'not_condition'],
  ['«person.active && person.email»', 'not_condition'],
  ["has(«person['email']»)", 'has_argument', /has\(\)/],
  ["«timestamp('2026-01-01T00:00:00Z')»", 'time_function', /timestamp\(\)/],
  ["«duration('1h')»", 'time_function'],
  ['«dyn(today).getFullYear()»', 'time_function'],
  ["«bytes('x')»", 'refused', /bytes/],
  ["«b'abc'»", 'refused'],
  ["«person.tags.join(',')»", 'join_method'],
  ["person.email.matches(«'^(a+)+$'»)", 'pattern_repeats'],
  ["person.email.matches(«'(?=a)'»)", 'pattern_look_around'],
  ["person.email.matches(«'(a)\\\\1'»)", 'pattern_back_reference'],
  ["person.email.matches(«'('»)", 'pattern_invalid'],
  ['«person.email.matches(person.phone)»', 'pattern_not_literal'],
  ['person.tags.all(a, person.tags.all(b, «person.tags.all(c, a == b)»))', 'too_nested', /2 deep/],
  ['person[«person.email»]', 'computed_field'],
  [`«${'9'.repeat(1000)}» == 1`, 'number_too_large'],
  ['person.email +«»', 'unfinished'],
  ['lower(person.email«»', 'unfinished'],
  ['«»', 'unfinished'],
  ["«'abc»", 'text_unclosed'],
  ['«@»', 'syntax', /"@"/],
  ["person.email == 'a' «b»", 'syntax', /"b"/],
];

for (const [marked, code, says] of refusals) {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  const expression = marked.replace(/[«»]/g, '');
  test(`${expression.slice(0, 70) || 'nothing'} is refused: ${code}`, () => {
    const checked = check(expression);
    assert.ok(!checked.ok);
    const [issue] = checked.issues;
    assert.equal(issue?.code, `expression.${code}`, JSON.stringify(checked.issues));
    // Nothing between the marks: whatever place the library gives, as long as it begins there.
    assert.equal(issue?.start, start);
    if (end > start) assert.equal(issue?.end, end);
    const {text} = messageText(issue?.code ?? '', issue?.params);
    assert.ok(text.length <= 160 && !/[{}]/.test(text), text);
    if (says) assert.match(text, says);
  });
}

test('binding a name is refused, whose doubling nothing bounds', () => {
  assert.ok(check('cel.bind(x, person.email, x + x)').issues.some(issue => issue.code === 'expression.refused'));
});

test('every problem with names and constructs is listed, in the order of the text', () => {
  const {issues} = check("lowr(person.emial) + persn.x + person.email.matches('(a+)+')");
  assert.deepEqual(
    issues.map(issue => [issue.code, issue.start]),
    [
      ['expression.unknown_function', 0],
      ['expression.unknown_field', 12],
      ['expression.unknown_field', 21],
      ['expression.pattern_repeats', 52],
    ],
  );
});

test('reads are told even of an expression that cannot be used', () => {
  const {reads, ok} = check('lowr(person.email)');
  assert.ok(!ok);
  assert.deepEqual(reads, [{path: 'person.email', start: 5, end: 17, always: true}]);
});

test('places behind first() are those of the text that was written', () => {
  const expression = 'first(person.preferredName, person.givenName) + 1';
  const [issue] = check(expression).issues;
  assert.deepEqual([issue?.start, issue?.end], [0, expression.length]);
});

test('columns of a file are suggested as they must be written', () => {
  const [issue] = check("row['Frist name']", file).issues;
  assert.equal(issue?.params['suggestion'], "row['First name']");
  assert.ok(check("row['First name'] + row[\"Manager's name\"]", file).ok);
});

const wanted = [
  ['person.email', 'text', true],
  ['person.email', 'number', true], // files know only text
  ['person.email', 'date', true],
  ['person.email', 'boolean', true],
  ['job.payRate', 'text', true],
  ['job.payRate', 'decimal', true],
  ['job.payRate', 'date', false],
  ['job.payRate', 'boolean', false],
  ['person.tags', 'text', false],
  ['person.tags', 'list', true],
  ['person.address', 'text', false],
  ['person.address', 'object', true],
  ['person.active', 'number', false],
  ['person.email', 'object', false],
  ['person.custom.x', 'date', true],
  ['job.payRate > 20', 'boolean', true],
] as const;

for (const [expression, type, ok] of wanted) {
  test(`${expression} ${ok ? 'can' : 'cannot'} fill a field of type ${type}`, () => {
    const checked = checkExpression({source: directory, settings, expression, wanted: type});
    assert.equal(checked.ok, ok);
    if (!ok) assert.equal(checked.issues[0]?.code, 'expression.wrong_result');
  });
}

test('a condition is yes or no and nothing else', () => {
  const codes = (expression: string) =>
    checkExpression({source: directory, settings, expression, wanted: 'condition'}).issues.map(issue => issue.code);
  assert.deepEqual(codes('job.payRate > 20'), []);
  assert.deepEqual(codes('person.custom.flag'), []);
  assert.deepEqual(codes('person.email'), ['expression.not_condition']);
});

const clumsy: readonly (readonly [name: string, expression: string])[] = [
  ['five thousand terms', `1${'+1'.repeat(999)}`],
  ['a thousand negations', `${'!'.repeat(1500)}true`],
  ['a thousand parentheses', `${'('.repeat(900)}1${')'.repeat(900)}`],
  ['a number of a thousand digits', '9'.repeat(1000)],
  ['three hundred entries', `[${'1,'.repeat(300)}1]`],
  ['nested ternaries', `${'true ? 1 : '.repeat(150)}1`],
  ['too long', 'x'.repeat(2001)],
];

for (const [name, expression] of clumsy) {
  test(`${name}: refused within its time, not a crash`, async () => {
    const ms = await threadMs(() => assert.ok(!check(expression).ok));
    assert.ok(ms < 500, `${ms} ms`);
  });
}
