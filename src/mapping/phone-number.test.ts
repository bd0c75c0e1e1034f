import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {countDigits, formatPhone, isFormattedPhone} from './phone-number.ts';

const numbers: readonly (readonly [text: string, spaced: string | undefined, country?: string])[] = [
  ['021 555 0100', '64 21 555 0100', 'NZ'],
  ['(03) 366 1234', '64 3 366 1234', 'NZ'],
  ['+64 (0)21 555 0100', '64 21 555 0100', 'NZ'],
  ['0064 21 555 0100', '64 21 555 0100', 'NZ'],
  ['64 21 555 0100', '64 21 555 0100', 'NZ'],
  ['０２１ ５５５ ０１００', '64 21 555 0100', 'NZ'], // full-width digits
  ['\u202a+64 21 555 0100\u202c', '64 21 555 0100', 'NZ'], // marks that copying from a page leaves
  ['+64 21 555 0100 ext. 12', '64 21 555 0100', 'NZ'],
  ['+61 412 345 678', '61 412 345 678', 'NZ'],
  ['+1 213 373 4253', '1 213 373 4253'],
  ['+64 21 555 0100', '64 21 555 0100'],
  ['021 555 0100', '64 21 555 0100', 'nz'],
  ['021 555 0100', undefined], // no country to read it by
  ['021 555 0100', undefined, 'Narnia'],
  ['0412 345 678', undefined, 'NZ'], // possible, but valid nowhere
  ['021 555 0100 / 022 555 0101', undefined, 'NZ'],
  ['2.15E8', undefined, 'NZ'],
  ['123456789012345678', undefined, 'NZ'],
  ['none', undefined, 'NZ'],
  ['', undefined, 'NZ'],
  ['+', undefined, 'NZ'],
];

for (const [text, spaced, country] of numbers) {
  test(`"${text}" ${country ? `in ${country} ` : ''}is ${spaced ?? 'no valid number'}`, () => {
    assert.equal(formatPhone(text, 'spaced', country), spaced);
    const e164 = formatPhone(text, 'e164', country);
    assert.equal(e164, spaced && `+${spaced.replaceAll(' ', '')}`);
  });
}

test('a number in its style already is recognised, a national one is not taken for it', () => {
  assert.ok(isFormattedPhone('64 21 555 0100', 'spaced'));
  assert.ok(isFormattedPhone('+64215550100', 'e164'));
  assert.ok(!isFormattedPhone('021 555 0100', 'spaced'));
  assert.ok(!isFormattedPhone('+64 21 555 0100', 'spaced'));
  assert.ok(!isFormattedPhone('64  21 555 0100', 'spaced'));
});

test('digits are counted in any script, other characters are not', () => {
  assert.equal(countDigits('+64 (0)21-555'), 8);
  assert.equal(countDigits('０２１'), 3);
  assert.equal(countDigits(''), 0);
});

test('what was formatted is formatted, and formatting never throws', () => {
  fc.assert(
    fc.property(fc.string({maxLength: 40}), fc.constantFrom('spaced', 'e164'), (text, style) => {
      const formatted = formatPhone(text, style, 'NZ');
      if (formatted !== undefined) assert.ok(isFormattedPhone(formatted, style));
    }),
  );
});

test('every New Zealand mobile number of eight digits leaves as digits with single spaces', () => {
  fc.assert(
    fc.property(fc.integer({min: 2_000_000, max: 8_999_999}), rest => {
      assert.match(formatPhone(`021${rest}`, 'spaced', 'NZ') ?? '', /^64 21 \d{3} \d{4}$/);
    }),
  );
});
