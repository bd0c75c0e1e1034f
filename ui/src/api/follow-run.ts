// Follows a run while it is not over: server-sent events, and polling where those do not come through.
import {useQueryClient} from '@tanstack/react-query';
import {useEffect, useState} from 'react';
import type {EventSummary, Run} from '../../../src/api/contract/run.ts';
import {run as runQuery} from './queries.ts';

const listsAtMostEveryMs = 1000;
const pollMs = 2000;
const rateWindowMs = 10_000;
/** What says how a run went: out of date once it has ended. */
const namesRuns = ['GET /runs/{id}/events', 'GET /runs/{id}/problems', 'GET /runs', 'GET /syncs', 'GET /syncs/{id}'];

export function isOver(run: Run): boolean {
  return run.finishedAt !== null || ['complete', 'failed', 'cancelled'].includes(run.status);
}

export type Following = {
  /** What happened last, while it runs. */
  readonly latest: EventSummary | undefined;
  /** Records per second over the last ten seconds; undefined until two counts are known. */
  readonly perSecond: number | undefined;
};

type Sample = {at: number; settled: number};

export function useFollowedRun(run: Run): Following {
  const queries = useQueryClient();
  const [latest, setLatest] = useState<EventSummary>();
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  const over = isOver(run);
  useEffect(() => {
    if (over) return;
    let due: ReturnType<typeof setTimeout> | undefined;
    let poll: ReturnType<typeof setInterval> | undefined;
    const refreshLists = () => {
      due ??= setTimeout(() => {
        due = undefined;
        void queries.invalidateQueries({queryKey: ['GET /runs/{id}/events']});
        void queries.invalidateQueries({queryKey: ['GET /runs/{id}/problems']});
      }, listsAtMostEveryMs);
    };
    const show = (now: Run) => {
      queries.setQueryData(runQuery(run.id).queryKey, now);
      const sample = {at: Date.now(), settled: now.totals.total - (now.pending ?? 0)};
      setSamples(old => [...old.filter(one => sample.at - one.at < rateWindowMs), sample]);
      refreshLists();
    };
    const stream = new EventSource(`/api/v1/runs/${encodeURIComponent(run.id)}/stream`);
    stream.addEventListener('run', message => show(JSON.parse(message.data)));
    stream.addEventListener('event', message => {
      setLatest(JSON.parse(message.data));
      refreshLists();
    });
    stream.addEventListener('error', () => {
      if (stream.readyState !== EventSource.CLOSED || poll) return; // the browser connects again by itself
      poll = setInterval(() => {
        void queries.invalidateQueries({queryKey: runQuery(run.id).queryKey});
        refreshLists();
      }, pollMs);
    });
    return () => {
      stream.close();
      clearTimeout(due);
      clearInterval(poll);
      for (const name of namesRuns) void queries.invalidateQueries({queryKey: [name]});
    };
  }, [run.id, over, queries]);
  return {latest: over ? undefined : latest, perSecond: rateOf(samples)};
}

function rateOf(samples: readonly Sample[]): number | undefined {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.at - first.at < 1000) return undefined;
  const rate = ((last.settled - first.settled) * 1000) / (last.at - first.at);
  return rate > 0 ? rate : undefined;
}
