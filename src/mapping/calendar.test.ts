import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {addMonths, dateFormat, dateOfDayNumber, dayNumber, isoOf, parseIsoDate, yearsBetween} from './calendar.ts';

const isoCases: readonly (readonly [text: string, iso: string | undefined])[] = [
  ['2026-02-28', '2026-02-28'],
  ['2024-02-29', '2024-02-29'],
  ['2000-02-29', '2000-02-29'],
  ['2026-02-28T00:00:00', '2026-02-28'],
  ['2026-02-28T00:00:00.000Z', '2026-02-28'],
  ['2026-02-30', undefined],
  ['2023-02-29', undefined],
  ['1900-02-29', undefined],
  ['2026-04-31', undefined],
  ['2026-13-01', undefined],
  ['2026-00-10', undefined],
  ['2026-01-00', undefined],
  ['0000-01-01', undefined],
  ['2026-2-8', undefined],
  ['90-01-02', undefined],
  ['20260208', undefined],
  ['08/02/2026', undefined],
  ['Employee 1', undefined],
  ['', undefined],
  [' 2026-02-28', undefined],
  ['2026-02-28T10:30:00Z', undefined], // which day it is depends on the zone
  ['2026-02-28T00:00:00+13:00', undefined],
];

for (const [text, iso] of isoCases) {
  test(`"${text}" is ${iso ?? 'no calendar date'}`, () => {
    const date = parseIsoDate(text);
    assert.equal(date && isoOf(date), iso);
  });
}

const written: readonly (readonly [text: string, pattern: string, iso: string | undefined])[] = [
  ['28/02/2026', 'dd/MM/yyyy', '2026-02-28'],
  ['2/8/2026', 'M/d/yyyy', '2026-02-08'],
  ['02/08/2026', 'M/d/yyyy', '2026-02-08'],
  ['8 Feb 2026', 'd MMM yyyy', '2026-02-08'],
  ['8 FEB 2026', 'd MMM yyyy', '2026-02-08'],
  ['20260208', 'yyyyMMdd', '2026-02-08'],
  ['08.02.2026', 'dd.MM.yyyy', '2026-02-08'],
  ['08x02x2026', 'dd.MM.yyyy', undefined], // a point is a point
  ['8/2/2026', 'dd/MM/yyyy', undefined],
  ['30/02/2026', 'dd/MM/yyyy', undefined],
  ['31/13/2026', 'dd/MM/yyyy', undefined],
  ['28/02/26', 'dd/MM/yyyy', undefined],
  ['8 Feber 2026', 'd MMM yyyy', undefined],
  ['8 Feb 2026 ', 'd MMM yyyy', undefined],
  ['28/02/2026 10:00', 'dd/MM/yyyy', undefined],
  ['', 'dd/MM/yyyy', undefined],
  ['dd/MM/yyyy', 'dd/MM/yyyy', undefined],
];

for (const [text, pattern, iso] of written) {
  test(`"${text}" read as ${pattern} is ${iso ?? 'no date'}`, () => {
    const date = dateFormat(pattern)?.parse(text);
    assert.equal(date && isoOf(date), iso);
  });
}

const refusedPatterns = [
  '',
  'yyyy',
  'yy-MM-dd',
  'yyyy-MM',
  'yyyy-MM-dd HH',
  'yyyy-MM-MM',
  'DD/MM/YYYY',
  'dd MMMM yyyy',
];

for (const pattern of refusedPatterns) {
  test(`"${pattern}" is no date format`, () => assert.equal(dateFormat(pattern), undefined));
}

test('a date is written in each form', () => {
  const date = {year: 2026, month: 2, day: 8};
  const forms = ['yyyy-MM-dd', 'dd/MM/yyyy', 'd.M.yyyy', 'd MMM yyyy', 'yyyyMMdd'];
  assert.deepEqual(
    forms.map(form => dateFormat(form)?.format(date)),
    ['2026-02-08', '08/02/2026', '8.2.2026', '8 Feb 2026', '20260208'],
  );
});

const months: readonly (readonly [from: string, months: number, to: string | undefined])[] = [
  ['2026-01-31', 1, '2026-02-28'],
  ['2024-01-31', 1, '2024-02-29'],
  ['2026-01-15', 12, '2027-01-15'],
  ['2026-01-15', -1, '2025-12-15'],
  ['2026-03-31', -13, '2025-02-28'],
  ['9999-12-31', 1, undefined],
];

for (const [from, count, to] of months) {
  test(`${count} months after ${from} is ${to ?? 'out of reach'}`, () => {
    const start = parseIsoDate(from);
    const end = start && addMonths(start, count);
    assert.equal(end && isoOf(end), to);
  });
}

const ages: readonly (readonly [birth: string, on: string, years: number])[] = [
  ['1990-05-01', '2026-04-30', 35],
  ['1990-05-01', '2026-05-01', 36],
  ['2008-02-29', '2026-02-28', 17],
  ['2008-02-29', '2026-03-01', 18],
  ['2008-02-29', '2028-02-29', 20],
];

for (const [birth, on, years] of ages) {
  test(`somebody born on ${birth} is ${years} on ${on}`, () => {
    const [from, to] = [parseIsoDate(birth), parseIsoDate(on)];
    assert.equal(from && to && yearsBetween(from, to), years);
  });
}

const anyDate = fc
  .integer({min: -700_000, max: 2_900_000})
  .map(days => dateOfDayNumber(days))
  .filter(date => date !== undefined);

test('a date survives being written and read in every format', () => {
  const format = fc.constantFrom('yyyy-MM-dd', 'dd/MM/yyyy', 'd.M.yyyy', 'M/d/yyyy', 'd MMM yyyy', 'yyyyMMdd');
  fc.assert(
    fc.property(anyDate, format, (date, pattern) => {
      const form = dateFormat(pattern);
      assert.deepEqual(form?.parse(form.format(date)), date);
    }),
  );
});

test('a date is its day number and back, and days count one by one', () => {
  fc.assert(
    fc.property(anyDate, date => {
      assert.deepEqual(dateOfDayNumber(dayNumber(date)), date);
      const next = dateOfDayNumber(dayNumber(date) + 1);
      if (next) assert.ok(isoOf(next) > isoOf(date));
    }),
  );
});

test('no text is ever taken for a date that it does not name', () => {
  fc.assert(
    fc.property(fc.string({maxLength: 30}), text => {
      const date = parseIsoDate(text);
      if (date) assert.ok(text.startsWith(isoOf(date)));
    }),
  );
});
