// History: every run and preview, the newest first.
import {NativeSelect} from '@mantine/core';
import {useSuspenseInfiniteQuery, useSuspenseQuery} from '@tanstack/react-query';
import {getRouteApi, Link} from '@tanstack/react-router';
import type {Run} from '../../../src/api/contract/run.ts';
import {askPages, syncs} from '../api/queries.ts';
import {formatCount, formatDuration, Instant} from '../parts/instant.tsx';
import {RunState} from '../parts/phase.tsx';
import {Page} from '../shell/page.tsx';
import {Empty} from '../shell/states.tsx';
import {type Column, DataTable} from '../shell/table.tsx';
import {t} from '../text.ts';

const route = getRouteApi('/app/history');

const columns: readonly Column<Run>[] = [
  {
    title: t.runs.sync,
    cell: run => (
      <>
        <Link to="/runs/$runId" params={{runId: run.id}} className="row-link">
          {run.syncName}
        </Link>
        <div className="small-print">
          {run.save ? t.runs.save : t.runs.preview} · {t.syncs.version(run.syncVersion)}
        </div>
        <div className="small-print visible-narrow">
          <Instant at={run.startedAt} none={t.runs.notStarted} />
        </div>
      </>
    ),
  },
  {title: t.runs.status, cell: run => <RunState {...run} failures={run.totals.failures} />},
  {title: t.runs.started, wide: true, cell: run => <Instant at={run.startedAt} none={t.runs.notStarted} />},
  {title: t.runs.duration, wide: true, numeric: true, cell: run => formatDuration(run.durationMs)},
  {title: t.runs.by, wide: true, cell: run => run.startedBy},
  {title: t.runs.total, numeric: true, cell: ({save, totals}) => <Count save={save} count={totals.total} />},
  {
    title: t.runs.errors,
    wide: true,
    numeric: true,
    cell: ({save, totals}) => <Count save={save} count={totals.errors} bad />,
  },
  {
    title: t.runs.warnings,
    wide: true,
    numeric: true,
    cell: ({save, totals}) => <Count save={save} count={totals.warnings} bad />,
  },
  {title: t.runs.failures, numeric: true, cell: ({save, totals}) => <Count save={save} count={totals.failures} bad />},
];

function Count({save, count, bad = false}: {save: boolean; count: number; bad?: boolean}) {
  return (
    <>
      <span className={bad ? (count ? 'bad-count' : 'dimmed') : undefined}>{formatCount(count)}</span>
      {!save && <div className="small-print">{t.runs.wouldBe}</div>}
    </>
  );
}

export function HistoryPage() {
  const {sync, status} = route.useSearch();
  const navigate = route.useNavigate();
  const {data: all} = useSuspenseQuery(syncs());
  const list = useSuspenseInfiniteQuery({
    ...askPages('GET /runs', {query: {sync, status}}),
    refetchInterval: query => (query.state.data?.pages[0]?.items.some(run => run.finishedAt === null) ? 3000 : false),
  });
  const filtered = sync !== undefined || status !== undefined;
  return (
    <Page title={t.history.title} subtitle={t.history.about}>
      <div className="filters">
        <NativeSelect
          label={t.runs.sync}
          data={[
            {value: '', label: t.history.allSyncs},
            ...all.items.map(item => ({value: item.id, label: item.name})),
          ]}
          value={sync ?? ''}
          onChange={event => navigate({search: {status, sync: event.currentTarget.value || undefined}})}
        />
        <NativeSelect
          label={t.runs.status}
          data={[
            {value: '', label: t.history.allStatuses},
            ...Object.entries(t.runStatuses).map(([value, label]) => ({value, label})),
          ]}
          value={status ?? ''}
          onChange={event =>
            navigate({search: {sync, status: (event.currentTarget.value || undefined) as typeof status}})
          } // only those are offered
        />
      </div>
      {list.data.items.length ? (
        <DataTable
          label={t.history.title}
          columns={columns}
          rows={list.data.items}
          rowKey={run => run.id}
          more={list}
        />
      ) : (
        <Empty {...(filtered ? t.history.noneFound : t.history.empty)} />
      )}
    </Page>
  );
}
