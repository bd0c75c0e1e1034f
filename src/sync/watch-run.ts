// Looks at a run again and again while somebody follows it. By asking, not by LISTEN/NOTIFY: notifications take a lock of
// the whole database at every commit, need a session of their own that no connection pooler may share, and would still
// have to be followed by the same two reads of indexed rows. All who follow one run in this process share each look.
import {inCompany} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import {eventsById} from '../store/event-pages.ts';
import {type EventRow, tablesOf} from '../store/event-rows.ts';
import {findShownRun, type ShownRun} from '../store/run-pages.ts';
import {runPulse} from '../store/run-pulse.ts';
import type {Hub} from './hub.ts';

export type RunNews = {
  readonly run: ShownRun;
  /** The latest that ended and the first that have not: what a page can show of a run of a million. */
  readonly events: readonly EventRow[];
};

export type Watched = {readonly companyId: string; readonly runId: string};

const intervalMs = 250;
/** Looks younger than this are shared; less than the interval, so that nobody is shown the same one twice. */
const freshMs = 200;
const mostEvents = 50;

/** What there is now, then every look until the run is over or the signal aborts. */
export async function* watchRun(hub: Hub, watched: Watched, signal: AbortSignal): AsyncGenerator<RunNews> {
  const watch = joinWatch(hub, watched);
  try {
    while (!signal.aborted) {
      const news = await watch.look();
      yield news;
      if (news.run.finishedAt !== null) return;
      // Rejects when the signal aborts, which is no failure but the end.
      await hub.clock.wait(intervalMs, signal).catch(() => {});
    }
  } finally {
    leaveWatch(hub, watch);
  }
}

/** One for each run that somebody follows in this process. Keyed by hub: two hubs in one process share nothing. */
const watches = new WeakMap<Hub, Map<string, RunWatch>>();

function joinWatch(hub: Hub, watched: Watched): RunWatch {
  const ofHub = watches.get(hub) ?? new Map<string, RunWatch>();
  watches.set(hub, ofHub);
  const watch = ofHub.get(watched.runId) ?? new RunWatch(hub, watched);
  ofHub.set(watched.runId, watch);
  watch.followers++;
  return watch;
}

function leaveWatch(hub: Hub, watch: RunWatch): void {
  watch.followers--;
  if (watch.followers === 0) watches.get(hub)?.delete(watch.watched.runId);
}

class RunWatch {
  readonly watched: Watched;
  followers = 0;
  readonly #hub: Hub;
  #look: Promise<RunNews> | undefined;
  #lookedAtMs = 0;
  #last = '';
  #open: readonly string[] = [];
  readonly #ended = new Map<string, EventRow>();

  constructor(hub: Hub, watched: Watched) {
    this.#hub = hub;
    this.watched = watched;
  }

  look(): Promise<RunNews> {
    const nowMs = this.#hub.clock.now().getTime();
    if (this.#look && nowMs - this.#lookedAtMs < freshMs) return this.#look;
    this.#lookedAtMs = nowMs;
    const before = this.#look ?? Promise.resolve();
    const look = before.then(
      () => this.#lookNow(),
      () => this.#lookNow(), // the one before failed for those who asked then
    );
    this.#look = look;
    return look;
  }

  async #lookNow(): Promise<RunNews> {
    const {companyId, runId} = this.watched;
    const {run, rows, open} = await inCompany(this.#hub.db, companyId, async tx => {
      const run = await findShownRun(tx, runId);
      if (!run) throw new MusterError('request.not_found', {params: {what: 'run'}});
      const {finished, open} = await runPulse(tx, run, this.#last, mostEvents);
      // Asked for by id again: those that were open at the last look, wherever they are now.
      const ids = new Set([...this.#open, ...open, ...finished]);
      this.#last = finished[0] ?? this.#last;
      return {run, open, rows: await eventsById(tx, [...ids], tablesOf(run))};
    });
    this.#open = open;
    const isOpen = new Set(open);
    for (const row of rows) if (!isOpen.has(row.id)) this.#ended.set(row.id, row);
    for (const id of this.#ended.keys()) {
      if (this.#ended.size <= mostEvents) break;
      this.#ended.delete(id);
    }
    return {run, events: [...this.#ended.values(), ...rows.filter(row => isOpen.has(row.id))]};
  }
}
