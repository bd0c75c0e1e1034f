// Functions over calendar dates, which are ISO text (yyyy-MM-dd) throughout; comparing them as text compares the dates.
import {
  addMonths,
  type CalendarDate,
  type DateFormat,
  dateFormat,
  dateOfDayNumber,
  dayNumber,
  isoOf,
  parseIsoDate,
  yearsBetween,
} from '../calendar.ts';
import {count, FunctionFailure, type FunctionRow, type Host} from './row.ts';

const farthest = 4_000_000; // days; more than lie between the years 1 and 9999

export function dateFunctions(host: Host): readonly FunctionRow[] {
  const formatOf = formatReader();
  return [
    {
      signature: 'date(string, string): string',
      description: "A date in another form: date(person.dateOfBirth, 'dd/MM/yyyy').",
      run: (text: string, pattern: string) => formatOf(pattern).format(dateOf(text)),
    },
    {
      signature: 'parseDate(string, string): string',
      description: "A date read from another form: parseDate(row['Born'], 'd MMM yyyy').",
      run: (text: string, pattern: string) => isoOf(existing(formatOf(pattern).parse(text.trim()))),
    },
    {
      signature: 'addDays(string, double): string',
      description: 'So many days later.',
      run: (text: string, days: number) =>
        isoOf(existing(dateOfDayNumber(dayNumber(dateOf(text)) + count(days, -farthest, farthest)))),
    },
    {
      signature: 'addMonths(string, double): string',
      description: "So many months later, at most the month's last day.",
      run: (text: string, months: number) => isoOf(existing(addMonths(dateOf(text), count(months, -120_000, 120_000)))),
    },
    {
      signature: 'daysBetween(string, string): double',
      description: 'Days from the first date to the second.',
      run: (from: string, to: string) => dayNumber(dateOf(to)) - dayNumber(dateOf(from)),
    },
    {
      signature: 'age(string): double',
      description: 'Whole years from the date to today.',
      run: (birth: string) => yearsBetween(dateOf(birth), dateOf(host.today)),
      readsToday: true,
    },
    {
      signature: 'age(string, string): double',
      description: 'Whole years from the first date to the second.',
      run: (birth: string, on: string) => yearsBetween(dateOf(birth), dateOf(on)),
    },
    {
      signature: 'later(string, string): string',
      description: 'The later of two dates.',
      run: (one: string, other: string) => isoOf(compare(one, other) >= 0 ? dateOf(one) : dateOf(other)),
    },
    {
      signature: 'earlier(string, string): string',
      description: 'The earlier of two dates.',
      run: (one: string, other: string) => isoOf(compare(one, other) <= 0 ? dateOf(one) : dateOf(other)),
    },
    {
      signature: 'dateIn(string, string): string',
      description: "The calendar date of an instant in a zone: dateIn(job.startsAt, 'Pacific/Auckland').",
      run: dateInZone(),
    },
  ];
}

function dateOf(text: string): CalendarDate {
  return existing(parseIsoDate(text));
}

function existing(date: CalendarDate | undefined): CalendarDate {
  if (!date) throw new FunctionFailure('not_date');
  return date;
}

const mostFormats = 50;

/** Formats cost ten times their use to make: the patterns of the expressions, a handful of literals, are kept. */
function formatReader(): (pattern: string) => DateFormat {
  const formats = new Map<string, DateFormat>();
  return pattern => {
    const known = formats.get(pattern);
    if (known) return known;
    const format = dateFormat(pattern);
    if (!format) throw new FunctionFailure('format_unknown');
    if (formats.size < mostFormats) formats.set(pattern, format);
    return format;
  };
}

function compare(one: string, other: string): number {
  return dayNumber(dateOf(one)) - dayNumber(dateOf(other));
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/;

/** Formatters cost 50 µs to make and 1 µs to use: one is kept for each zone that is asked for, of a few hundred there are. */
function dateInZone(): (text: string, zone: string) => string {
  const formatters = new Map<string, Intl.DateTimeFormat>();
  return (text, zone) => {
    const at = new Date(text);
    // The date part is checked apart, because Date rolls 30 February over.
    if (!instant.test(text) || Number.isNaN(at.getTime()) || !parseIsoDate(text.slice(0, 10)))
      throw new FunctionFailure('not_date');
    let formatter = formatters.get(zone);
    if (!formatter) {
      formatter = zoneFormatter(zone);
      formatters.set(zone, formatter);
    }
    return formatter.format(at);
  };
}

function zoneFormatter(zone: string): Intl.DateTimeFormat {
  if (!/^[A-Za-z_+\-0-9/]{1,64}$/.test(zone)) throw new FunctionFailure('zone_unknown');
  try {
    return new Intl.DateTimeFormat('en-CA', {timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit'});
  } catch {
    throw new FunctionFailure('zone_unknown');
  }
}
