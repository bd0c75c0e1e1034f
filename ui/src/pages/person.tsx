// One person's panel: what the source says, what is wrong with it, and what happened to it in every sync.
import {useSuspenseInfiniteQuery, useSuspenseQuery} from '@tanstack/react-query';
import {getRouteApi, Link} from '@tanstack/react-router';
import type {Field} from '../../../src/api/contract/connector.ts';
import type {EventSummary} from '../../../src/api/contract/run.ts';
import {askPages, connection, record} from '../api/queries.ts';
import {Identifier} from '../parts/identifier.tsx';
import {Instant} from '../parts/instant.tsx';
import {Issues} from '../parts/issues.tsx';
import {Panel} from '../parts/panel.tsx';
import {Phase} from '../parts/phase.tsx';
import {Value, valueAt} from '../parts/value.tsx';
import {Section} from '../shell/page.tsx';
import {type Column, DataTable} from '../shell/table.tsx';
import {t} from '../text.ts';

const route = getRouteApi('/app/people/$recordId');

const columns: readonly Column<EventSummary>[] = [
  {
    title: t.events.outcome,
    cell: event => (
      <>
        <Phase phase={event.phase} status={event.status} />
        <div>
          <Link to="/runs/$runId/events/$eventId" params={{runId: event.run, eventId: event.id}} className="row-link">
            {event.message || t.phases[event.phase]}
          </Link>
        </div>
      </>
    ),
  },
  {title: t.events.at, cell: event => <Instant at={event.at} />},
];

export function PersonPanel() {
  const {recordId} = route.useParams();
  const navigate = route.useNavigate();
  const {data} = useSuspenseQuery(record(recordId));
  const {data: source} = useSuspenseQuery(connection(data.connection));
  const events = useSuspenseInfiniteQuery(askPages('GET /records/{id}/events', {params: {id: recordId}}));
  const fields = source.resources.find(item => item.name === data.resource)?.fields ?? [];
  return (
    <Panel title={data.name || data.externalId} onClose={() => navigate({to: '/people', search: true})}>
      <dl className="facts">
        <dt>{t.people.id}</dt>
        <dd>
          <Identifier id={data.externalId} label={t.people.id} />
        </dd>
        <dt>{t.people.received}</dt>
        <dd>
          <Instant at={data.stagedAt} />
        </dd>
        {data.goneAt && (
          <>
            <dt>{t.people.gone}</dt>
            <dd>
              <Instant at={data.goneAt} />
            </dd>
          </>
        )}
      </dl>
      {data.issues.length > 0 && (
        <Section title={t.people.issues}>
          <Issues issues={data.issues} label={t.people.issues} />
        </Section>
      )}
      <Section title={t.people.data} description={t.people.dataFrom(source.name)}>
        <Facts fields={fields} data={data.data} />
      </Section>
      <Section title={t.people.happened}>
        {events.data.items.length ? (
          <DataTable
            label={t.people.happened}
            columns={columns}
            rows={events.data.items}
            rowKey={event => event.id}
            more={events}
          />
        ) : (
          <p className="dimmed">{t.people.nothingHappened}</p>
        )}
      </Section>
    </Panel>
  );
}

function Facts({fields, data}: {fields: readonly Field[]; data: unknown}) {
  const given = fields.filter(field => valueAt(data, field.name) !== undefined);
  return (
    <dl className="facts">
      {given.map(field => (
        <div key={field.name}>
          <dt title={field.name}>{field.label}</dt>
          <dd>
            <Value value={valueAt(data, field.name)} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
