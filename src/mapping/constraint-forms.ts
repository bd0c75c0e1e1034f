// The forms in which values leave, one step each: dates, phone numbers, digits, decimals, lengths, patterns. A step gives the
// value on in its form, or reports what is wrong with it in words that never hold the value.
import type {Field} from '../model/field.ts';
import type {Issue} from '../model/issue.ts';
import type {Json} from '../std/json.ts';
import {dateFormat, isoOf, parseIsoDate} from './calendar.ts';
import {clip} from './check-words.ts';
import type {FitOptions} from './constraints.ts';
import {decimalOf, placesOf} from './decimal.ts';
import {checkPattern} from './pattern.ts';
import {countDigits, formatPhone, isFormattedPhone} from './phone-number.ts';

export type Report = (code: string, params?: Issue['params']) => void;
/** Gives the value on, in its form, or undefined where it reported that there is nothing to go on with. */
export type Step = (value: Json, report: Report) => Json | undefined;

export function refused(report: Report, code: string, params?: Issue['params']): undefined {
  report(code, params);
  return undefined;
}

/** A scalar's text; nothing of lists and objects, whose own toString is data too. */
export function textOf(value: Json): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? (decimalOf(value) ?? '') : '';
}

export function decimalsStep(field: Field): Step {
  const limit = field.constraint?.maxDecimals;
  return (value, report) => {
    if (limit === undefined) return value;
    const found = placesOf(textOf(value));
    if (found > limit) return refused(report, 'value.too_many_decimals', {found, limit});
    // "24.500" is exact with two places, but would not be let in as such.
    return typeof value === 'string' && value.includes('.') ? withoutSpareZeros(value, limit) : value;
  };
}

function withoutSpareZeros(decimal: string, limit: number): string {
  const [whole = '', fraction = ''] = decimal.split('.');
  return fraction.length > limit ? [whole, fraction.slice(0, limit)].filter(part => part !== '').join('.') : decimal;
}

export function dateStep(field: Field, formatted: boolean): Step {
  const pattern = field.constraint?.dateFormat ?? 'yyyy-MM-dd';
  const format = dateFormat(pattern);
  return (value, report) => {
    const text = typeof value === 'string' ? value : '';
    const date = (formatted ? undefined : parseIsoDate(text)) ?? format?.parse(text);
    if (!date) return refused(report, 'value.not_date', {wanted: pattern});
    return format ? format.format(date) : isoOf(date);
  };
}

const instant = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/;

export function isInstant(text: string): boolean {
  const day = instant.exec(text)?.[1];
  return day !== undefined && parseIsoDate(day) !== undefined;
}

export function phoneStep(field: Field, options: FitOptions): Step {
  const style = field.constraint?.phoneStyle ?? 'e164';
  const digits = digitsStep(field);
  return (value, report) => {
    const text = textOf(value);
    if (options.formatted || isFormattedPhone(text, style)) return digits(text, report);
    const formatted = formatPhone(text, style, options.country);
    if (formatted !== undefined) return digits(formatted, report);
    phoneIssue(field, countDigits(text), report);
    return undefined;
  };
}

/** Says what is wrong with a number that is none: too many digits, where that is plain to see. */
export function phoneIssue(field: Field, digits: number, report: Report): void {
  const limit = field.constraint?.maxDigits;
  if (limit !== undefined && digits > limit) report('value.too_many_digits', digitsParams(field, digits, limit));
  else report('value.not_phone');
}

export function digitsStep(field: Field): Step {
  const limit = field.constraint?.maxDigits;
  return (value, report) => {
    const found = limit === undefined ? 0 : countDigits(textOf(value));
    return limit !== undefined && found > limit
      ? refused(report, 'value.too_many_digits', digitsParams(field, found, limit))
      : value;
  };
}

function digitsParams(field: Field, found: number, limit: number) {
  const style = field.constraint?.phoneStyle;
  const usual =
    style === 'spaced' ? 'single spaces, no + sign' : style === 'e164' ? 'a + sign and digits only' : 'digits';
  return {found, limit, wanted: field.constraint?.wanted ?? usual};
}

/** Something with one @ and a point behind it; whether it exists, only a letter to it can tell. */
export function isEmail(value: Json): boolean {
  return (
    typeof value === 'string' && value.length <= 254 && /^[^\s@,;<>]+@[^\s@,;<>.]+(?:\.[^\s@,;<>.]+)+$/.test(value)
  );
}

export function lengthStep(field: Field): Step {
  const {minLength, maxLength} = field.constraint ?? {};
  return (value, report) => {
    const found = typeof value === 'string' ? value.length : undefined;
    if (found === undefined) return value;
    if (maxLength !== undefined && found > maxLength) report('value.too_long', {found, limit: maxLength});
    if (minLength !== undefined && found < minLength) report('value.too_short', {found, limit: minLength});
    return value;
  };
}

/** A pattern that could take for ever (checkPattern) is not tried: the mapping says so when it is saved. */
export function patternStep(source: string, field: Field): Step {
  const checked = checkPattern(`^(?:${source})$`);
  const wanted = clip(field.constraint?.wanted ?? source);
  return (value, report) => {
    if ('pattern' in checked && typeof value === 'string' && !checked.pattern.test(value))
      report('value.format', {wanted});
    return value;
  };
}
