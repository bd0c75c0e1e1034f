// One run: how far it is or how it ended, what went wrong most, and every record's outcome.
import {NativeSelect} from '@mantine/core';
import {useSuspenseInfiniteQuery, useSuspenseQuery} from '@tanstack/react-query';
import {getRouteApi, Link, Outlet, useParams} from '@tanstack/react-router';
import type {EventSummary, Run} from '../../../src/api/contract/run.ts';
import {isOver} from '../api/follow-run.ts';
import {askPages, problems, run} from '../api/queries.ts';
import {formatDuration, Instant} from '../parts/instant.tsx';
import {Phase, RunState} from '../parts/phase.tsx';
import {SearchField} from '../parts/search-field.tsx';
import {Page, Section} from '../shell/page.tsx';
import {Empty} from '../shell/states.tsx';
import {type Column, DataTable} from '../shell/table.tsx';
import {t} from '../text.ts';
import {RunActions, RunOrigin} from './run-actions.tsx';
import {Problems} from './run-problems.tsx';
import {RunProgress} from './run-progress.tsx';

const route = getRouteApi('/app/runs/$runId');

const columns: readonly Column<EventSummary>[] = [
  {
    title: t.events.record,
    cell: event => (
      <>
        <Link
          to="/runs/$runId/events/$eventId"
          params={{runId: event.run, eventId: event.id}}
          search={true}
          className="row-link"
        >
          {event.name || event.externalId}
        </Link>
        <div className="small-print">
          <code>{event.externalId}</code>
        </div>
        {event.phase !== 'complete' && <div className="small-print visible-narrow">{event.message}</div>}
      </>
    ),
  },
  {title: t.events.phase, cell: event => <Phase phase={event.phase} status={event.status} />},
  {title: t.events.operation, wide: true, cell: event => t.operations[event.operation]},
  {
    title: t.events.message,
    wide: true,
    cell: event => (
      <>
        <div>{event.message}</div>
        {event.issues.slice(0, 2).map(issue => (
          <div key={`${issue.code} ${issue.field}`} className="small-print">
            {issue.message}
          </div>
        ))}
      </>
    ),
  },
  {title: t.events.at, wide: true, cell: event => <Instant at={event.at} />},
];

export function RunPage() {
  const {runId} = route.useParams();
  const {data} = useSuspenseQuery(run(runId));
  const {data: found} = useSuspenseQuery(problems(runId));
  return (
    <Page
      title={data.syncName}
      back={{to: '/history', label: t.history.title}}
      mark={
        <>
          {!data.save && <span className="pill tone-blue">{t.runs.preview}</span>}
          <RunState status={data.status} result={data.result} />
        </>
      }
      subtitle={
        <>
          {t.runs.startedBy} {data.startedBy} <Instant at={data.startedAt ?? data.queuedAt} />
          {isOver(data) && data.durationMs !== null && ` · ${formatDuration(data.durationMs)}`} ·{' '}
          <Link to="/syncs/$syncId" params={{syncId: data.sync}}>
            {t.runs.openSync}
          </Link>
          <RunOrigin run={data} />
        </>
      }
      actions={<RunActions run={data} />}
    >
      {!data.save && <p className="callout tone-blue">{t.runs.noGuarantee}</p>}
      {(data.message ?? data.waitingFor) && (
        <p className={`callout tone-${data.status === 'failed' ? 'red' : 'amber'}`} role="status">
          <strong>{data.message ?? data.waitingFor}</strong> {data.hint}
        </p>
      )}
      <RunProgress run={data} />
      {found.items.length > 0 && <Problems run={data} items={found.items} />}
      <Events run={data} />
      <Outlet />
    </Page>
  );
}

function UnchangedSince({run, startedAt, records}: NonNullable<Run['unchangedSince']>) {
  return (
    <>
      {t.runs.unchangedSince(records)}{' '}
      <Link to="/runs/$runId" params={{runId: run}}>
        {t.runs.unchangedRun}
      </Link>{' '}
      (<Instant at={startedAt} />) {t.runs.unchangedAbout}
    </>
  );
}

function Events({run: {id: runId, unchangedSince}}: {run: Run}) {
  const {phase, operation, issue, search} = route.useSearch();
  const navigate = route.useNavigate();
  const {eventId} = useParams({strict: false});
  const query = {phase, operation, issue, search};
  const list = useSuspenseInfiniteQuery(askPages('GET /runs/{id}/events', {params: {id: runId}, query}));
  const filter = (change: Partial<typeof query>) => navigate({search: old => ({...old, ...change}), replace: true});
  const all = (every: string, words: Record<string, string>) => [
    {value: '', label: every},
    ...Object.entries(words).map(([value, label]) => ({value, label})),
  ];
  const filtered = Object.values(query).some(Boolean);
  return (
    <Section title={t.events.title} description={unchangedSince && <UnchangedSince {...unchangedSince} />}>
      <div className="filters">
        <SearchField
          label={t.events.search}
          value={search ?? ''}
          onChange={text => filter({search: text || undefined})}
        />
        <NativeSelect
          aria-label={t.events.phase}
          data={all(t.events.allPhases, {...t.phases, ...t.events.phaseGroups})}
          value={phase ?? ''}
          onChange={event => filter({phase: (event.currentTarget.value || undefined) as typeof phase})} // only those are offered
        />
        <NativeSelect
          aria-label={t.events.operation}
          data={all(t.events.allOperations, t.operations)}
          value={operation ?? ''}
          onChange={event => filter({operation: (event.currentTarget.value || undefined) as typeof operation})} // as above
        />
        {filtered && (
          <Link to="/runs/$runId" params={{runId}} className="clear">
            {issue ? t.events.clearIssue(issue) : t.events.clear}
          </Link>
        )}
      </div>
      {list.data.items.length ? (
        <DataTable
          label={t.events.title}
          columns={columns}
          rows={list.data.items}
          rowKey={event => event.id}
          current={eventId}
          more={list}
        />
      ) : (
        <Empty {...(unchangedSince ? t.events.nothingNew : filtered ? t.events.noneFound : t.events.empty)} />
      )}
    </Section>
  );
}
