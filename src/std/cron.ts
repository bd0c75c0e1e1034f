// When a cron expression is due in a time zone. The library finds the times on the clock's face, without a zone; which
// instants those are is reckoned here, since no library we tried gets every night on which clocks change right
// (docs/decisions/0025-schedules.md).
import {CronExpressionParser} from 'cron-parser';

export type Rhythm = {
  /** Five parts: minute, hour, day of the month, month, day of the week. */
  readonly cron: string;
  /** An IANA zone, such as `Pacific/Auckland`. */
  readonly zone: string;
};

export const cronParts = ['minute', 'hour', 'day', 'month', 'weekday'] as const;

/** What is wrong with an expression: not five parts, one of the parts, or a day that never comes. */
export type CronFault = 'count' | 'never' | (typeof cronParts)[number];

const minuteMs = 60_000;
/** Clocks are never put forward or back by more: two hours in Antarctica/Troll, one or half a one elsewhere. */
const largestJumpMs = 3 * 3_600_000;
const dayMs = 24 * 3_600_000;

/** Undefined when it can be used. */
export function cronFault(cron: string): CronFault | undefined {
  const parts = cron.trim().split(/\s+/);
  if (parts.length !== cronParts.length) return 'count';
  const wrong = parts.findIndex((part, at) => !isPart(part, at));
  if (wrong >= 0) return cronParts[wrong];
  return parses(cron) ? undefined : 'never';
}

export function isZone(zone: string): boolean {
  // Offsets like +12:00 are taken too by what follows, but know nothing of summer time.
  return /^[A-Za-z]/.test(zone) && canFormat(zone);
}

/**
 * The next instants after `after`, in order. On a night when clocks go forward, a time that is left out is due as much
 * later as was left out; when they go back, a time that comes twice is due the first time, and with every hour named,
 * both times.
 */
export function slotsAfter({cron, zone}: Rhythm, after: Date, count: number): readonly Date[] {
  const faceAt = clockFace(zone);
  const from = faceAt(after.getTime()) - largestJumpMs - minuteMs;
  const due = CronExpressionParser.parse(cron, {tz: 'UTC', currentDate: new Date(from)});
  const everyHour = due.fields.hour.values.length === 24;
  const found = new Set<number>();
  for (;;) {
    const face = due.next().getTime();
    const slots = [...found].toSorted((a, b) => a - b).slice(0, count);
    const last = slots[count - 1];
    // Faces come in order, instants nearly: none found later can be earlier than these.
    if (last !== undefined && face > faceAt(last) + largestJumpMs) return slots.map(slot => new Date(slot));
    const [first, ...again] = instantsOf(face, faceAt);
    for (const instant of everyHour ? [first, ...again] : [first]) if (instant > after.getTime()) found.add(instant);
  }
}

/** The instants at which the clocks show `face`: one, two when they were put back, and when it is left out the one that it stands for. */
function instantsOf(face: number, faceAt: (instant: number) => number): readonly [number, ...number[]] {
  const [before, later] = [face - dayMs, face + dayMs].map(instant => faceAt(instant) - instant) as [number, number]; // of two
  const shown = [face - before, face - later].filter(instant => faceAt(instant) === face).toSorted((a, b) => a - b);
  const [first, second] = shown;
  if (first === undefined) return [face - before];
  return second === undefined || second === first ? [first] : [first, second];
}

/** What clocks show at an instant, as if it were UTC: whole seconds. */
function clockFace(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('sv-SE', {timeZone: zone, dateStyle: 'short', timeStyle: 'medium'});
  return instant => Date.parse(`${format.format(instant).replace(' ', 'T')}Z`);
}

/** Each part alone, so that it can be said which does not fit. H is the library's own: another time at each look. */
function isPart(part: string, at: number): boolean {
  return !/h(?!u)/i.test(part) && parses(cronParts.map((_, other) => (other === at ? part : '*')).join(' '));
}

function parses(cron: string): boolean {
  try {
    CronExpressionParser.parse(cron, {tz: 'UTC', currentDate: new Date(0)}).next();
    return true;
  } catch {
    return false; // the library says no by throwing, and in words for programmers
  }
}

function canFormat(zone: string): boolean {
  try {
    return Intl.DateTimeFormat('en', {timeZone: zone}).format(0) !== '';
  } catch {
    return false; // so does the platform
  }
}
