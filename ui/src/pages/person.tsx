// One person's panel: what the source says, what is wrong with it, and what happened to it in every sync.
import {useSuspenseInfiniteQuery, useSuspenseQuery} from '@tanstack/react-query';
import {getRouteApi, Link} from '@tanstack/react-router';
import type {ConnectionDetail} from '../../../src/api/contract/connection.ts';
import type {Field} from '../../../src/api/contract/connector.ts';
import type {Record} from '../../../src/api/contract/record.ts';
import type {EventSummary} from '../../../src/api/contract/run.ts';
import {askPages, connection, record} from '../api/queries.ts';
import {Action} from '../parts/action.tsx';
import {Identifier} from '../parts/identifier.tsx';
import {Instant, WholeInstant} from '../parts/instant.tsx';
import {Issues} from '../parts/issues.tsx';
import {Panel} from '../parts/panel.tsx';
import {Phase} from '../parts/phase.tsx';
import {valueAt} from '../parts/record-draft.ts';
import {FieldValue} from '../parts/value.tsx';
import {Section} from '../shell/page.tsx';
import {type Column, DataTable} from '../shell/table.tsx';
import {t} from '../text.ts';
import {PersonLinks} from './person-links.tsx';

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
      <ByHand record={data} source={source} />
      <dl className="facts">
        <dt>{t.people.id}</dt>
        <dd>
          <Identifier id={data.externalId} label={t.people.id} />
        </dd>
        <dt>{t.people.received}</dt>
        <dd>
          <WholeInstant at={data.stagedAt} />
        </dd>
      </dl>
      {data.issues.length > 0 && (
        <Section title={t.people.issues}>
          <Issues issues={data.issues} label={t.people.issues} />
        </Section>
      )}
      <Section title={t.people.data} description={t.people.dataFrom(source.name)}>
        <Facts fields={fields} data={data.data} />
      </Section>
      <PersonLinks recordId={recordId} />
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

/** What may be done to it here; a removed one says that it is. */
function ByHand({record, source}: {record: Record; source: ConnectionDetail}) {
  const blocked = !takesByHand(source, record.resource) && t.people.notOurs(source.name);
  const params = {recordId: record.id};
  return (
    <>
      {record.goneAt && (
        <p className="callout tone-grey">
          <strong>{t.people.removed}</strong> <Instant at={record.goneAt} />. {!blocked && t.people.removedAbout}
        </p>
      )}
      <div className="actions">
        <Action
          icon="pencil"
          variant="default"
          right="push"
          blocked={blocked}
          link={{to: '/people/$recordId/edit', params, search: true}}
        >
          {t.people.edit}
        </Action>
        <Action
          variant="subtle"
          color="gray"
          right="push"
          blocked={blocked || (record.goneAt !== null && t.people.removedAlready)}
          link={{to: '/people/$recordId/remove', params, search: true}}
        >
          {t.people.remove}
        </Action>
      </div>
    </>
  );
}

/** Only what is received can be entered by hand; what is read from a system would be overwritten by it. */
export function takesByHand(source: ConnectionDetail, resource: string): boolean {
  return source.resources.some(item => item.name === resource && item.capabilities.includes('receive'));
}

function Facts({fields, data}: {fields: readonly Field[]; data: unknown}) {
  const given = fields.filter(field => valueAt(data, field.name) !== undefined);
  return (
    <dl className="facts">
      {given.map(field => (
        <div key={field.name}>
          <dt title={field.name}>{field.label}</dt>
          <dd>
            <FieldValue field={field} data={data} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
