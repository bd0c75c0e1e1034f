import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {decimalOf, parseDecimal, placesOf, roundDecimal} from './decimal.ts';

const parsed: readonly (readonly [text: string, decimal: string | undefined])[] = [
  ['24', '24'],
  ['24.5', '24.5'],
  ['24.50', '24.50'],
  ['+007.50', '7.50'],
  ['-3', '-3'],
  ['-0', '0'],
  ['-0.00', '0.00'],
  ['000', '0'],
  ['', undefined],
  ['.5', undefined],
  ['5.', undefined],
  ['24,50', undefined],
  ['1,000.00', undefined],
  ['$24', undefined],
  ['24 NZD', undefined],
  ['1e3', undefined],
  ['0x10', undefined],
  ['Infinity', undefined],
  ['NaN', undefined],
  ['١٢', undefined],
  ['9'.repeat(309), undefined],
  ['1'.repeat(401), undefined],
];

for (const [text, decimal] of parsed) {
  test(`"${text}" is read as ${decimal ?? 'no decimal'}`, () => assert.equal(parseDecimal(text), decimal));
}

const doubles: readonly (readonly [value: number, decimal: string | undefined])[] = [
  [0, '0'],
  [-0, '0'],
  [24.5, '24.5'],
  [1e21, '1000000000000000000000'],
  [1.5e22, '15000000000000000000000'],
  [1e-7, '0.0000001'],
  [-1.25e-8, '-0.0000000125'],
  [0.1 + 0.2, '0.30000000000000004'],
  [Number.NaN, undefined],
  [Number.POSITIVE_INFINITY, undefined],
];

for (const [value, decimal] of doubles) {
  test(`the double ${value} is written ${decimal ?? 'not at all'}`, () => assert.equal(decimalOf(value), decimal));
}

const rounded: readonly (readonly [decimal: string, places: number, result: string])[] = [
  ['24.5', 2, '24.50'],
  ['24', 2, '24.00'],
  ['1.005', 2, '1.01'], // the double 1.005 lies below the half
  ['1.004999', 2, '1.00'],
  ['-1.005', 2, '-1.01'],
  ['-0.004', 2, '0.00'],
  ['0.30000000000000004', 2, '0.30'],
  ['9.995', 2, '10.00'],
  ['0.5', 0, '1'],
  ['1234567890123456789.125', 2, '1234567890123456789.13'],
];

for (const [decimal, places, result] of rounded) {
  test(`${decimal} to ${places} places is ${result}`, () => assert.equal(roundDecimal(decimal, places), result));
}

test('places are counted without the zeros at the end', () => {
  assert.equal(placesOf('24'), 0);
  assert.equal(placesOf('24.5'), 1);
  assert.equal(placesOf('24.500'), 1);
  assert.equal(placesOf('24.505'), 3);
});

test('every double is the same double again after it was written and read', () => {
  fc.assert(
    fc.property(fc.double({noNaN: true, noDefaultInfinity: true, min: -1e30, max: 1e30}), value => {
      const text = decimalOf(value) ?? '';
      assert.equal(Number(text), value === 0 ? 0 : value);
      assert.doesNotMatch(text, /e/);
    }),
  );
});

test('amounts of cents survive: what was rounded to two places is exact', () => {
  fc.assert(
    fc.property(fc.integer({min: -10_000_000, max: 10_000_000}), cents => {
      const text = roundDecimal(decimalOf(cents / 100) ?? '', 2);
      assert.equal(Number(text.replace('.', '')), cents === 0 ? 0 : cents);
    }),
  );
});

test('rounding twice changes nothing', () => {
  fc.assert(
    fc.property(fc.double({noNaN: true, min: -1e9, max: 1e9}), fc.nat(6), (value, places) => {
      const once = roundDecimal(decimalOf(value) ?? '', places);
      assert.equal(roundDecimal(once, places), once);
    }),
  );
});
