// People: the records of the company's own directory, with search; a person opens in the panel.
import {NativeSelect} from '@mantine/core';
import {useSuspenseInfiniteQuery, useSuspenseQuery} from '@tanstack/react-query';
import {getRouteApi, Link, Outlet, useParams} from '@tanstack/react-router';
import type {ReactNode} from 'react';
import type {ConnectionDetail} from '../../../src/api/contract/connection.ts';
import type {Resource} from '../../../src/api/contract/connector.ts';
import type {Record} from '../../../src/api/contract/record.ts';
import {ask, askPages, connection, connections} from '../api/queries.ts';
import {Action} from '../parts/action.tsx';
import {Instant} from '../parts/instant.tsx';
import {State} from '../parts/phase.tsx';
import {capitalise, mainResource} from '../parts/resource-words.ts';
import {SearchField} from '../parts/search-field.tsx';
import {FieldValue} from '../parts/value.tsx';
import {Page} from '../shell/page.tsx';
import {Empty} from '../shell/states.tsx';
import {type Column, DataTable} from '../shell/table.tsx';
import {t} from '../text.ts';

const route = getRouteApi('/app/people');
/** By meaning, so that the columns do not depend on how a directory names its fields. */
const shownMeanings = ['job.title', 'job.startDate', 'application.status', 'person.email'];

function columnsOf(resource: Resource | undefined): Column<Record>[] {
  const meant = shownMeanings.flatMap(meaning => resource?.fields.find(field => field.standard === meaning) ?? []);
  return [
    {
      title: t.people.name,
      cell: record => (
        <>
          <Link to="/people/$recordId" params={{recordId: record.id}} search={true} className="row-link">
            {record.name || record.externalId}
          </Link>
          <div className="small-print">
            <code>{record.externalId}</code>
          </div>
          {record.goneAt && <State tone="grey" icon="dash" word={t.people.removed} />}
        </>
      ),
    },
    ...meant.map(field => ({
      title: field.label,
      wide: field.standard !== 'application.status',
      cell: (record: Record) => <FieldValue field={field} data={record.data} />,
    })),
    {
      title: t.people.issues,
      cell: record =>
        record.issues.length > 0 && (
          <State tone="amber" icon="warning" word={t.people.issueCount(record.issues.length)} />
        ),
    },
    {title: t.people.received, wide: true, cell: record => <Instant at={record.stagedAt} />},
  ];
}

export function PeoplePage() {
  const {search = '', resource: wanted} = route.useSearch();
  const navigate = route.useNavigate();
  const {recordId} = useParams({strict: false});
  const {data: all} = useSuspenseQuery(connections());
  const directory = all.items.find(item => item.connector === 'directory');
  if (!directory) return <Empty title={t.people.title} text={t.people.noDirectory} />;
  const filling = (
    <>
      <Action icon="upload" variant="default" right="push" link={{to: '/people/import', search: true}}>
        {t.people.import}
      </Action>
      <Action icon="plus" right="push" link={{to: '/people/new', search: true}}>
        {t.people.add}
      </Action>
    </>
  );
  return (
    <Page title={t.people.title} subtitle={t.people.about} actions={filling}>
      <People
        directoryId={directory.id}
        search={search}
        wanted={wanted}
        current={recordId}
        empty={<div className="actions">{filling}</div>}
        onFilter={filter => navigate({search: old => ({...old, ...filter}), replace: true})}
      />
      <Outlet />
    </Page>
  );
}

type PeopleProps = {
  directoryId: string;
  search: string;
  wanted: string | undefined;
  current: string | undefined;
  empty: ReactNode;
  onFilter: (filter: {search?: string | undefined; resource?: string}) => void;
};

/** The main kind of record; where there is none of it and nobody chose, the kind of what came last. */
function useShownResource({id, resources}: ConnectionDetail, wanted: string | undefined): Resource | undefined {
  const main = mainResource(resources);
  const newest = (resource?: string) => ask('GET /records', {query: {connection: id, resource, limit: 1}});
  const {data: ofMain} = useSuspenseQuery(newest(main?.name));
  const {data: ofAny} = useSuspenseQuery(newest());
  const shown = wanted ?? (ofMain.items[0] ?? ofAny.items[0])?.resource;
  return resources.find(item => item.name === shown) ?? main;
}

function People({directoryId, search, wanted, current, empty, onFilter}: PeopleProps) {
  const {data: directory} = useSuspenseQuery(connection(directoryId));
  const resource = useShownResource(directory, wanted);
  const query = {connection: directoryId, resource: resource?.name, search: search || undefined};
  const list = useSuspenseInfiniteQuery(askPages('GET /records', {query}));
  const none = search ? (
    <Empty title={t.nothingFound} text={t.people.noneFound(search)} />
  ) : (
    <Empty {...t.people.empty} action={empty} />
  );
  return (
    <>
      <div className="filters">
        <SearchField label={t.people.search} value={search} onChange={text => onFilter({search: text || undefined})} />
        {directory.resources.length > 1 && (
          <NativeSelect
            aria-label={t.people.kind}
            data={directory.resources.map(item => ({value: item.name, label: capitalise(item.plural)}))}
            value={resource?.name ?? ''}
            onChange={event => onFilter({resource: event.currentTarget.value})}
          />
        )}
      </div>
      {list.data.items.length ? (
        <DataTable
          label={t.people.title}
          columns={columnsOf(resource)}
          rows={list.data.items}
          rowKey={record => record.id}
          current={current}
          more={list}
        />
      ) : (
        none
      )}
    </>
  );
}
