// The records of a run: what became of each, or would in a preview; filtered by address.
import {NativeSelect} from '@mantine/core';
import {useSuspenseInfiniteQuery, useSuspenseQuery} from '@tanstack/react-query';
import {getRouteApi, Link, useParams} from '@tanstack/react-router';
import type {EventSummary, Run} from '../../../src/api/contract/run.ts';
import {isOver} from '../api/follow-run.ts';
import {askPages, problems} from '../api/queries.ts';
import {Instant} from '../parts/instant.tsx';
import {Phase} from '../parts/phase.tsx';
import {SearchField} from '../parts/search-field.tsx';
import {Section} from '../shell/page.tsx';
import {Empty} from '../shell/states.tsx';
import {type Column, DataTable} from '../shell/table.tsx';
import {t} from '../text.ts';

const route = getRouteApi('/app/runs/$runId');

const columnsOf = (save: boolean): readonly Column<EventSummary>[] => [
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
  {title: t.events.phase, cell: event => <Phase phase={event.phase} status={event.status} save={save} />},
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

function phaseWords(save: boolean): Record<string, string> {
  if (save) return {...t.phases, ...t.events.phaseGroups};
  const {held, skipped, error} = t.phasesWould;
  return {...t.events.phaseGroupsWould, held, skipped, error};
}

/** Why no record is listed: "not yet" only while some may still come. */
function noneOf(run: Run) {
  if (run.unchangedSince) return t.events.nothingNew;
  if (!isOver(run)) return t.events.empty;
  return run.status === 'complete' ? t.events.sourceEmpty : t.events.endedEarly;
}

export function RunRecords({run}: {run: Run}) {
  const {id: runId, save, unchangedSince} = run;
  const {phase, operation, issue, field, search} = route.useSearch();
  const navigate = route.useNavigate();
  const {eventId} = useParams({strict: false});
  const query = {phase, operation, issue, field, search};
  const {data: known} = useSuspenseQuery(problems(runId));
  const problem = known.items.find(one => one.code === issue && (field === undefined || one.field === field));
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
          data={all(t.events.allPhases, phaseWords(save))}
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
            {issue ? t.events.clearIssue(problem?.message ?? issue) : t.events.clear}
          </Link>
        )}
      </div>
      {list.data.items.length ? (
        <DataTable
          label={t.events.title}
          columns={columnsOf(save)}
          rows={list.data.items}
          rowKey={event => event.id}
          current={eventId}
          more={list}
        />
      ) : (
        <Empty {...(filtered && !unchangedSince ? t.events.noneFound : noneOf(run))} />
      )}
    </Section>
  );
}
