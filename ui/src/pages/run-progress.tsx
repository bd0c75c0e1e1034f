// How far a run is: a bar with rate and time left while it goes, and its counters, each a link to the rows behind it.
import {Progress} from '@mantine/core';
import {Link} from '@tanstack/react-router';
import type {Run} from '../../../src/api/contract/run.ts';
import {isOver, useFollowedRun} from '../api/follow-run.ts';
import {formatCount, formatDuration} from '../parts/instant.tsx';
import {Phase} from '../parts/phase.tsx';
import {t} from '../text.ts';

type Filter = {
  phase?: 'held' | 'complete' | 'skipped' | 'error' | 'error,held';
  operation?: 'create' | 'update' | 'link' | 'deactivate';
};

export function RunProgress({run}: {run: Run}) {
  const {latest, perSecond} = useFollowedRun(run);
  const {totals} = run;
  const issueCounts = run.save ? t.runs.issueCounts : t.runs.issueCountsWould;
  return (
    <>
      {!isOver(run) && (
        <div className="progress">
          <Bar run={run} perSecond={perSecond} />
          {latest && (
            <p className="latest">
              <span>{latest.name || latest.externalId}</span>{' '}
              <Phase phase={latest.phase} status={latest.status} save={run.save} />{' '}
              <span className="dimmed">{latest.message}</span>
            </p>
          )}
        </div>
      )}
      <ul className="counters" aria-label={run.save ? t.runs.counters : t.runs.countersWould}>
        <Counter run={run} name="total" count={totals.total} filter={{}} />
        <Counter run={run} name="created" count={totals.created} filter={{phase: 'complete', operation: 'create'}} />
        <Counter run={run} name="updated" count={totals.updated} filter={{phase: 'complete', operation: 'update'}} />
        <Counter run={run} name="linked" count={totals.linked} filter={{phase: 'complete', operation: 'link'}} />
        <Counter
          run={run}
          name="deactivated"
          count={totals.deactivated}
          filter={{phase: 'complete', operation: 'deactivate'}}
        />
        <Counter run={run} name="unchanged" count={totals.unchanged} />
        <Counter run={run} name="skipped" count={totals.skipped} filter={{phase: 'skipped'}} />
        <Counter run={run} name="held" count={totals.held} filter={{phase: 'held'}} />
        <Counter
          run={run}
          name="failures"
          count={totals.failures}
          filter={{phase: totals.held > 0 ? 'error,held' : 'error'}}
        />
      </ul>
      <p className="small-print">{issueCounts(totals.errors, totals.warnings, totals.infos)}</p>
    </>
  );
}

function Bar({run, perSecond}: {run: Run; perSecond: number | undefined}) {
  const {total} = run.totals;
  const settled = Math.max(0, total - (run.pending ?? 0));
  const known = run.stage === 'deliver' && total > 0;
  const left = perSecond && run.pending ? formatDuration((run.pending / perSecond) * 1000) : undefined;
  return (
    <>
      <div className="progress-words" role="status">
        <strong>{t.runs.stages[run.stage]}</strong>
        <span>
          {known ? t.runs.settledOf(formatCount(settled), formatCount(total)) : t.runs.considered(formatCount(total))}
        </span>
        {perSecond !== undefined && <span className="dimmed">{t.runs.rate(formatCount(Math.round(perSecond)))}</span>}
        {left && <span className="dimmed">{t.runs.left(left)}</span>}
      </div>
      <Progress
        value={known ? (100 * settled) / total : 100}
        animated={!known}
        striped={!known}
        aria-label={t.runs.progress}
      />
    </>
  );
}

type CounterName = Exclude<keyof Run['totals'], 'errors' | 'warnings' | 'infos'>;

function Counter({run, name, count, filter}: {run: Run; name: CounterName; count: number; filter?: Filter}) {
  const word = (run.save ? t.runs.totals : t.runs.totalsWould)[name];
  const inside = (
    <>
      <strong>{formatCount(count)}</strong> <span>{word}</span>
    </>
  );
  return (
    <li className={`counter${count === 0 ? ' zero' : ''}${name === 'failures' && count > 0 ? ' bad' : ''}`}>
      {filter && count > 0 ? (
        <Link to="/runs/$runId" params={{runId: run.id}} search={filter}>
          {inside}
        </Link>
      ) : (
        <div>{inside}</div>
      )}
    </li>
  );
}
