// What people choose and the cron expression that says the same. An expression that the choices cannot say stays as it is.
import {t} from '../text.ts';

export type Kind = keyof typeof t.schedules.kinds;

export type Rhythm = {
  readonly kind: Kind;
  /** `07:00` */
  readonly time: string;
  /** Past the hour. */
  readonly minute: number;
  /** From Sunday, 0. */
  readonly weekday: number;
  readonly cron: string;
};

const usual: Rhythm = {kind: 'workday', time: '07:00', minute: 0, weekday: 1, cron: '0 7 * * 1-5'};

export function rhythmOf(cron: string): Rhythm {
  const [, minute = '', hour = '', day = '', weekday = ''] =
    /^([0-5]?\d) (\*|[01]?\d|2[0-3]) (\*|1) \* (\*|1-5|[0-6])$/.exec(cron) ?? [];
  const kind = kindOf(hour, day, weekday);
  if (kind === 'cron') return {...usual, kind, cron};
  const time = hour === '*' ? usual.time : `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  const onDay = kind === 'week' ? Number(weekday) : usual.weekday;
  return {kind, time, minute: kind === 'hour' ? Number(minute) : 0, weekday: onDay, cron};
}

function kindOf(hour: string, day: string, weekday: string): Kind {
  if (hour === '') return 'cron';
  if (hour === '*') return day === '*' && weekday === '*' ? 'hour' : 'cron';
  if (day === '1') return weekday === '*' ? 'month' : 'cron';
  if (weekday === '*') return 'day';
  return weekday === '1-5' ? 'workday' : 'week';
}

export function cronOf({kind, time, minute, weekday, cron}: Rhythm): string {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const at = `${minutes} ${hours}`;
  switch (kind) {
    case 'hour':
      return `${minute} * * * *`;
    case 'day':
      return `${at} * * *`;
    case 'workday':
      return `${at} * * 1-5`;
    case 'week':
      return `${at} * * ${weekday}`;
    case 'month':
      return `${at} 1 * *`;
    case 'cron':
      return cron;
    default:
      return kind satisfies never;
  }
}

export function rhythmWords(cron: string): string {
  const {kind, time, minute, weekday} = rhythmOf(cron);
  const {words} = t.schedules;
  switch (kind) {
    case 'hour':
      return words.hour(minute);
    case 'week':
      return words.week(weekday, time);
    case 'cron':
      return words.cron(cron);
    default:
      return words[kind](time);
  }
}

/** The zones that the browser knows, UTC, and the one there is already. */
export function knownZones(present: string): readonly string[] {
  return [...new Set(['UTC', present, ...Intl.supportedValuesOf('timeZone')])].toSorted();
}

export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** An instant as clocks show it in that zone: `Thu 26 Nov 2026, 07:00 NZDT`. */
export function formatIn(zone: string, at: string): string {
  const format = new Intl.DateTimeFormat(t.locale, {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  });
  return format.format(new Date(at));
}
