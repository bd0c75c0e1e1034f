// Calendar dates: strict, without zones and without Date.parse, which takes "2026-02-30" for 2 March and "Employee 1" for
// the year 2001. Inside Muster a date is ISO text; other forms are read and written by a fixed set of tokens.

export type CalendarDate = {readonly year: number; readonly month: number; readonly day: number};

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const isoDate = /^(\d{4})-(\d\d)-(\d\d)$/;
// Systems that know no dates send midnight; any other time of day is an instant, which only a zone makes a date.
const midnight = /T00:00(?::00(?:\.0{1,9})?)?Z?$/;

/** A date as `yyyy-MM-dd`, or as midnight of it; undefined for anything else, 30 February included. */
export function parseIsoDate(text: string): CalendarDate | undefined {
  const match = isoDate.exec(text.length > 10 ? text.replace(midnight, '') : text);
  return match ? checked(Number(match[1]), Number(match[2]), Number(match[3])) : undefined;
}

export function isoOf(date: CalendarDate): string {
  return `${pad(date.year, 4)}-${pad(date.month, 2)}-${pad(date.day, 2)}`;
}

type Part = {readonly token: Token} | {readonly text: string};
type Token = 'yyyy' | 'MMM' | 'MM' | 'M' | 'dd' | 'd';

export type DateFormat = {
  parse(text: string): CalendarDate | undefined;
  format(date: CalendarDate): string;
};

/**
 * A format of yyyy, MM, M, MMM (English), dd, d and punctuation; undefined where it has other letters, a part twice or not
 * all three. There are no two-digit years: nobody can say which century a date of birth is in.
 */
export function dateFormat(pattern: string): DateFormat | undefined {
  const parts = splitPattern(pattern);
  if (!parts) return undefined;
  const expression = new RegExp(`^${parts.map(sourceOf).join('')}$`, 'i');
  const tokens = parts.flatMap(part => ('token' in part ? [part.token] : []));
  return {
    parse(text) {
      const match = expression.exec(text);
      if (!match) return undefined;
      const found = {year: 0, month: 0, day: 0};
      tokens.forEach((token, index) => {
        const written = match[index + 1] ?? '';
        if (token === 'yyyy') found.year = Number(written);
        else if (token === 'MMM') found.month = monthNumber(written);
        else if (token === 'MM' || token === 'M') found.month = Number(written);
        else found.day = Number(written);
      });
      return checked(found.year, found.month, found.day);
    },
    format: date => parts.map(part => ('token' in part ? written(part.token, date) : part.text)).join(''),
  };
}

/** Days since 1 January 1970, for differences and sums. */
export function dayNumber(date: CalendarDate): number {
  return Math.round(utcOf(date.year, date.month, date.day) / 86_400_000);
}

export function dateOfDayNumber(days: number): CalendarDate | undefined {
  const at = new Date(days * 86_400_000);
  return checked(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate());
}

/** `months` later, on the same day or the month's last: 31 January + 1 is 28 or 29 February. */
export function addMonths(date: CalendarDate, months: number): CalendarDate | undefined {
  const index = date.year * 12 + date.month - 1 + months;
  const year = Math.floor(index / 12);
  const month = index - year * 12 + 1;
  return checked(year, month, Math.min(date.day, daysIn(year, month)));
}

/** Whole years from `birth` to `on`; someone born on 29 February has a birthday on 1 March of common years. */
export function yearsBetween(birth: CalendarDate, on: CalendarDate): number {
  const before = on.month < birth.month || (on.month === birth.month && on.day < birth.day);
  return on.year - birth.year - (before ? 1 : 0);
}

function checked(year: number, month: number, day: number): CalendarDate | undefined {
  if (!(year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1)) return undefined;
  return day <= daysIn(year, month) ? {year, month, day} : undefined;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function utcOf(year: number, month: number, day: number): number {
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day); // not Date.UTC, which takes the year 90 for 1990
  return at.getTime();
}

function splitPattern(pattern: string): readonly Part[] | undefined {
  const parts: Part[] = (pattern.match(/[A-Za-z]+|[^A-Za-z]+/g) ?? []).flatMap(run =>
    /[A-Za-z]/.test(run) ? (run.match(/(.)\1*/g) ?? []).map(asPart) : [{text: run}],
  );
  const tokens = parts.flatMap(part => ('token' in part ? [part.token] : []));
  const letters = parts.some(part => 'text' in part && /[A-Za-z]/.test(part.text));
  const kinds = tokens.map(token => token.charAt(0)).sort();
  return !letters && kinds.join('') === 'Mdy' ? parts : undefined;
}

const tokens: readonly Token[] = ['yyyy', 'MMM', 'MM', 'M', 'dd', 'd'];

function asPart(run: string): Part {
  const token = tokens.find(known => known === run);
  return token ? {token} : {text: run};
}

function sourceOf(part: Part): string {
  if ('text' in part) return part.text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  const sources = {
    yyyy: '(\\d{4})',
    MMM: `(${monthNames.join('|')})`,
    MM: '(\\d\\d)',
    M: '(\\d{1,2})',
    dd: '(\\d\\d)',
    d: '(\\d{1,2})',
  };
  return sources[part.token];
}

function monthNumber(name: string): number {
  return monthNames.findIndex(known => known.toLowerCase() === name.toLowerCase()) + 1;
}

function written(token: Token, date: CalendarDate): string {
  switch (token) {
    case 'yyyy':
      return pad(date.year, 4);
    case 'MMM':
      return monthNames[date.month - 1] ?? '';
    case 'MM':
      return pad(date.month, 2);
    case 'M':
      return String(date.month);
    case 'dd':
      return pad(date.day, 2);
    case 'd':
      return String(date.day);
    default:
      return token satisfies never;
  }
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
