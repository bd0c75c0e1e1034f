// Times are relative, with the exact instant and its zone on hover or beside it; the page's clock ticks once for all of them.
import {useSyncExternalStore} from 'react';
import {t} from '../text.ts';

const units = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;
const relative = new Intl.RelativeTimeFormat(t.locale, {numeric: 'auto'});
const short = new Intl.DateTimeFormat(t.locale, {dateStyle: 'medium', timeStyle: 'long'});
const exact = new Intl.DateTimeFormat(t.locale, {dateStyle: 'full', timeStyle: 'long'});

export function Instant({at, none = t.never}: {at: string | null; none?: string}) {
  const now = useNow();
  if (!at) return <span className="dimmed">{none}</span>;
  return (
    <time dateTime={at} title={exact.format(new Date(at))} className="instant">
      {fromNow(new Date(at).getTime(), now)}
    </time>
  );
}

/** Where there is room: also in full, for those who cannot hover. */
export function WholeInstant({at, none}: {at: string | null; none?: string}) {
  return (
    <>
      <Instant at={at} {...(none !== undefined && {none})} />
      {at && <span className="small-print"> {short.format(new Date(at))}</span>}
    </>
  );
}

export function fromNow(at: number, now: number): string {
  const seconds = Math.round((at - now) / 1000);
  const unit = units.find(([, size]) => Math.abs(seconds) >= size);
  return unit ? relative.format(Math.trunc(seconds / unit[1]), unit[0]) : t.justNow;
}

/** 850 ms, 4.2 s, 2 min 5 s, 3 h 10 min. */
export function formatDuration(ms: number | null): string {
  if (ms === null) return '';
  if (ms < 1000) return `${ms} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `${minutes} min ${Math.round((ms % 60_000) / 1000)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export const formatCount = (count: number) => new Intl.NumberFormat(t.locale).format(count);

let now = Date.now();
const listeners = new Set<() => void>();
setInterval(() => {
  now = Date.now();
  for (const listener of listeners) listener();
}, 15_000);

function useNow(): number {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => Math.max(now, 0),
  );
}
