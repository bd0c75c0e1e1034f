import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {functionLibrary} from './functions.ts';
import {createLanguage, type Outcome} from './language.ts';
import {context, directory, person, settings} from './testing/resources.ts';

const tables = {orchards: {N: 'North block', S: 'South block'}};
const language = createLanguage({source: directory, settings, country: 'NZ', tables});

function evaluate(expression: string, record = person()): Outcome {
  const {program, issues} = language.compile(expression);
  assert.ok(program, `${expression}: ${JSON.stringify(issues)}`);
  return program.evaluate(language.reader([program])(record, context));
}

const values: readonly (readonly [expression: string, value: unknown])[] = [
  // text
  ["lower('ÅSA Ngata')", 'åsa ngata'],
  ["upper('straße')", 'STRASSE'],
  ["trim('  a b ')", 'a b'],
  ['title("o\'BRIEN-smith van der berg")', "O'Brien-Smith Van Der Berg"],
  ["title('ÉMILE zola')", 'Émile Zola'],
  ["replace('a.b.c', '.', '-')", 'a-b-c'],
  ["replace('aaa', '', 'x')", 'aaa'],
  ["replace('a', 'a', '$&$&')", '$&$&'],
  ["left('Aroha', 2)", 'Ar'],
  ["left('Aroha', 20)", 'Aroha'],
  ["left('a😀b', 2)", 'a'], // half a character is none
  ["right('Aroha', 2)", 'ha'],
  ["right('b😀', 1) + 'x'", 'x'],
  ["right('Aroha', size('ab'))", 'ha'],
  ["pad('7', 3, '0')", '007'],
  ["pad('1234', 3, '0')", '1234'],
  ["digits('IRD 123-456 789')", '123456789'],
  ["plain('Māori Ñandú Ø’Neill Łódź!')", "Maori Nandu O'Neill Lodz"],
  ["words(' a  b\tc ')", ['a', 'b', 'c']],
  ["join(words('a b'), '|')", 'a|b'],
  ['join([1.5, 2.0], "; ")', '1.5; 2'],
  ['join([1, 2], "; ")', '1; 2'],
  ['join(person.tags, ", ")', 'picker, driver'],
  ["initials('aroha mere ngata')", 'AMN'],
  ['text(24.5)', '24.5'],
  ['text(24)', '24'],
  // choice
  ['first(person.preferredName, person.givenName)', 'Aroha'],
  ["first(person.preferredName, person.address.city, 'none')", 'none'],
  ["lookup({'a': 'Apple', 'b': 'Berry'}, 'b')", 'Berry'],
  ["lookup({'a': 1}, 'z', 2)", 2],
  ["lookup({'a': 'Apple'}, 'toString', 'none')", 'none'],
  ["lookup('orchards', 'N')", 'North block'],
  ["lookup('orchards', 'X', 'none')", 'none'],
  ["lookup('orchards', 'constructor', 'none')", 'none'],
  ["matchesAny('Yes', ['yes', 'y'])", true],
  ["matchesAny('no', ['yes', 'y'])", false],
  // numbers
  ["number('24.50')", 24.5],
  ["number(' 7 ')", 7],
  ['number(7)', 7],
  ['round(2.345, 2)', 2.35],
  ['round(-2.5, 0)', -3],
  ['round(7, 2)', 7],
  ['money(24.5)', '24.50'],
  ['money(0.1 + 0.2)', '0.30'],
  ['money(1.005)', '1.01'],
  ['money(24)', '24.00'],
  ['money(24, 0)', '24'],
  ["money('24.5')", '24.50'],
  ["money('24.555', 3)", '24.555'],
  ['money(job.payRate * 40)', '980.00'],
  ['min(2, 3.5)', 2],
  ['max(2, 3.5)', 3.5],
  // ids
  ["md5('')", 'd41d8cd98f00b204e9800998ecf8427e'],
  ["md5('a@b.c')", '5d60d4e28066df254d5452f92c910092'],
  ["size(sha256('a'))", 64],
  ["size(code('a@b.c', 8))", 8],
  ["code('a', 8) == code('a', 8)", true],
  ["code('a', 8) == code('b', 8)", false],
  // phones
  ["phone('021 555 0100', 'spaced')", '64 21 555 0100'],
  ["phone('021 555 0100', 'e164')", '+64215550100'],
  ["phone('0412 345 678', 'spaced', 'AU')", '61 412 345 678'],
  // dates
  ["date('2026-02-08', 'dd/MM/yyyy')", '08/02/2026'],
  ["parseDate('8 Feb 2026', 'd MMM yyyy')", '2026-02-08'],
  ["date(parseDate('08/02/2026', 'dd/MM/yyyy'), 'yyyyMMdd')", '20260208'],
  ["addDays('2026-02-28', 1)", '2026-03-01'],
  ["addDays('2026-03-01', -1)", '2026-02-28'],
  ["addMonths('2026-01-31', 1)", '2026-02-28'],
  ["daysBetween('2026-02-28', '2026-03-01')", 1],
  ["daysBetween('2026-03-01', '2026-02-28')", -1],
  ['age(person.dateOfBirth)', 36],
  ["age(person.dateOfBirth, '2000-05-01')", 10],
  ["later('2026-01-01', '2026-02-01')", '2026-02-01'],
  ["earlier('2026-01-01', '2026-02-01')", '2026-01-01'],
  ["dateIn('2026-06-14T22:30:00Z', 'Pacific/Auckland')", '2026-06-15'],
  ["dateIn('2026-06-14T22:30:00Z', 'UTC')", '2026-06-14'],
  ["dateIn('2026-06-14T22:30+12:00', 'Europe/Amsterdam')", '2026-06-14'],
  ['addDays(today, 1)', '2026-06-16'],
];

for (const [expression, value] of values) {
  test(`${expression} is ${JSON.stringify(value)}`, () => {
    assert.deepEqual(evaluate(expression), {state: 'value', value});
  });
}

const failures: readonly (readonly [expression: string, code: string])[] = [
  ["number('abc')", 'not_number'],
  ["number('1,5')", 'not_number'],
  ["money('NZ$ 24')", 'not_number'],
  ['money(1.0, 13)', 'count_out_of_range'],
  ["left('a', -1)", 'count_out_of_range'],
  ["left('a', 1.5)", 'count_out_of_range'],
  ["pad('a', 1000000, 'x')", 'count_out_of_range'],
  ["code('a', 3)", 'count_out_of_range'],
  ["code('a', 33)", 'count_out_of_range'],
  ["addDays('2026-01-01', 99999999)", 'count_out_of_range'],
  ["addDays('9999-12-31', 1)", 'not_date'],
  ["addMonths('9999-12-31', 1)", 'not_date'],
  ["date('2026-02-30', 'dd/MM/yyyy')", 'not_date'],
  ["date('2026-02-28', 'yy')", 'format_unknown'],
  ["parseDate('8 Feb', 'd MMM yyyy')", 'not_date'],
  ["age('soon')", 'not_date'],
  ["dateIn('2026-02-30T10:00:00Z', 'UTC')", 'not_date'],
  ["dateIn('2026-02-28', 'UTC')", 'not_date'],
  ["dateIn('2026-02-28T10:00:00Z', 'Mars/Base')", 'zone_unknown'],
  ["dateIn('2026-02-28T10:00:00Z', '')", 'zone_unknown'],
  ["phone('12', 'spaced')", 'not_phone'],
  ["phone('021 555 0100', 'pretty')", 'style_unknown'],
  ["lookup({'a': 'Apple'}, 'z')", 'not_in_table'],
  ["{'a': 'Apple'}['z']", 'not_in_table'],
  ["lookup('orchards', 'X')", 'not_in_table'],
  ["lookup('vineyards', 'X')", 'no_such_table'],
  ["join([['a']], '')", 'not_text'],
];

for (const [expression, code] of failures) {
  test(`${expression} fails with ${code}`, () => {
    const outcome = evaluate(expression);
    assert.equal(outcome.state, 'failed');
    assert.equal(outcome.state === 'failed' && outcome.code, code);
  });
}

test('an employee id made of the e-mail address does not depend on its case or blanks', () => {
  const id = evaluate('md5(lower(trim(person.email)))');
  assert.deepEqual(id, {state: 'value', value: 'af745498c2976008d8ab3edcc6a51d29'});
  assert.deepEqual(evaluate('md5(lower(trim(person.email)))', person({person: {email: 'AROHA@example.COM'}})), id);
});

test('a phone that is none says how many digits were given, and not which', () => {
  const outcome = evaluate("phone('123456789012345678', 'spaced')");
  assert.deepEqual(outcome, {state: 'failed', code: 'not_phone', digits: 18});
});

test('text cannot be made to grow without bound', () => {
  const x100 = "'".concat('x'.repeat(100), "'");
  const grown = `replace(replace(replace(${x100}, 'x', ${x100}), 'x', ${x100}), 'x', ${x100})`;
  assert.deepEqual(evaluate(grown), {state: 'failed', code: 'too_large', digits: undefined});
});

test('every function has a signature and a sentence, and no two the same signature', () => {
  const rows = functionLibrary({today: '2026-06-15', country: undefined, tables: {}});
  assert.equal(new Set(rows.map(row => row.signature)).size, rows.length);
  for (const row of rows) {
    assert.match(row.signature, /^\w+\(.+\): \S+$/);
    assert.match(row.description, /\.$/);
  }
});

test('functions over text give a value or a code for any text, never a throw', () => {
  const calls = ['title', 'plain', 'words', 'initials', 'digits', 'number', 'money', 'md5'].map(
    name => `${name}(person.email)`,
  );
  const more = ["date(person.email, 'dd/MM/yyyy')", "phone(person.email, 'spaced')", "dateIn(person.email, 'UTC')"];
  const programs = [...calls, ...more].map(expression => language.compile(expression).program);
  fc.assert(
    fc.property(fc.string({unit: 'binary', maxLength: 50}), email => {
      for (const program of programs) {
        assert.ok(program);
        const outcome = program.evaluate(language.reader([program])(person({person: {email}}), context));
        assert.ok(['value', 'missing', 'failed'].includes(outcome.state));
      }
    }),
    {numRuns: 50},
  );
});

test('phone numbers are read in the country of the call, then of the sync, then only with their own', () => {
  const nowhere = createLanguage({source: directory, settings});
  const {program} = nowhere.compile("phone(person.phone, 'spaced')");
  assert.ok(program);
  const over = (phone: string) => program.evaluate(nowhere.reader([program])(person({person: {phone}}), context));
  assert.deepEqual(over('+64 21 555 0100'), {state: 'value', value: '64 21 555 0100'});
  assert.deepEqual(over('021 555 0100'), {state: 'failed', code: 'not_phone', digits: 10});
  assert.deepEqual(evaluate("phone('021 555 0100', 'spaced')"), {state: 'value', value: '64 21 555 0100'});
  assert.deepEqual(evaluate("phone('0412 345 678', 'e164', 'AU')"), {state: 'value', value: '+61412345678'});
});

test('today is the day of the run that is being evaluated', () => {
  const {program} = language.compile('age(person.dateOfBirth) + daysBetween(today, today)');
  assert.ok(program);
  const read = language.reader([program]);
  const onDay = (today: string) => program.evaluate(read(person(), {...context, today}));
  assert.deepEqual(onDay('2026-04-30'), {state: 'value', value: 35});
  assert.deepEqual(onDay('2026-05-01'), {state: 'value', value: 36});
});
