// One event's panel: what happened to one record, with which values, why, and every call it took.
import {Anchor} from '@mantine/core';
import {useSuspenseQuery} from '@tanstack/react-query';
import {getRouteApi, Link} from '@tanstack/react-router';
import type {Event} from '../../../src/api/contract/run.ts';
import {event, run} from '../api/queries.ts';
import {Icon} from '../parts/icons.tsx';
import {Identifier} from '../parts/identifier.tsx';
import {formatDuration, Instant, WholeInstant} from '../parts/instant.tsx';
import {Issues} from '../parts/issues.tsx';
import {Panel} from '../parts/panel.tsx';
import {Phase} from '../parts/phase.tsx';
import {Body} from '../parts/value.tsx';
import {Section} from '../shell/page.tsx';
import {t} from '../text.ts';
import {EventActions} from './event-actions.tsx';
import {FollowUps} from './event-follow-ups.tsx';
import {EventValues} from './event-values.tsx';

const route = getRouteApi('/app/runs/$runId/events/$eventId');

export function EventPanel() {
  const {eventId, runId} = route.useParams();
  const navigate = route.useNavigate();
  const {data} = useSuspenseQuery({
    ...event(eventId),
    refetchInterval: query => (isOpen(query.state.data) ? 1500 : false),
  });
  const {save} = useSuspenseQuery(run(data.run)).data;
  return (
    <Panel
      title={data.name || data.externalId}
      onClose={() => navigate({to: '/runs/$runId', params: {runId}, search: true})}
    >
      <div className={`callout tone-${toneOf(data)}`} role="status">
        <Phase phase={data.phase} status={data.status} save={save} /> <strong>{data.message}</strong>
        {data.hint && <div>{data.hint}</div>}
      </div>
      <EventActions data={data} />
      <Facts data={data} />
      {data.issues.length > 0 && (
        <Section title={t.events.issues}>
          <Issues issues={data.issues} label={t.events.issues} />
        </Section>
      )}
      {data.values.length > 0 && (
        <Section title={t.events.values}>
          <EventValues data={data} />
        </Section>
      )}
      <Section title={t.events.calls}>
        {data.calls.length ? <Calls calls={data.calls} /> : <p className="dimmed">{t.events.noCalls}</p>}
      </Section>
      {data.data && <Body title={t.events.sourceRecord} body={data.data} />}
    </Panel>
  );
}

function Facts({data}: {data: Event}) {
  return (
    <dl className="facts">
      <dt>{t.events.record}</dt>
      <dd>
        <Identifier id={data.externalId} label={t.events.recordId} />
        <Link to="/people/$recordId" params={{recordId: data.record}}>
          {t.events.openPerson}
        </Link>
      </dd>
      {data.destinationId && (
        <>
          <dt>{t.events.destination}</dt>
          <dd>
            <Identifier id={data.destinationId} label={t.events.destinationId} />
            {data.destinationUrl && (
              <Anchor href={data.destinationUrl} target="_blank" rel="noreferrer" size="sm">
                {t.events.openDestination} <Icon name="open" size={12} />
              </Anchor>
            )}
          </dd>
        </>
      )}
      <dt>{t.events.operation}</dt>
      <dd>
        {t.operations[data.operation]}
        {data.status !== null && <span className="small-print"> {t.events.status(data.status)}</span>}
      </dd>
      <dt>{t.events.at}</dt>
      <dd>
        <WholeInstant at={data.at} />{' '}
        {data.durationMs !== null && <span className="dimmed">{formatDuration(data.durationMs)}</span>}
        {data.attempt > 1 && <span className="dimmed"> {t.events.attempt(data.attempt)}</span>}
      </dd>
      <FollowUps data={data} />
      <dt>{t.events.id}</dt>
      <dd>
        <Identifier id={data.id} label={t.events.id} />
      </dd>
    </dl>
  );
}

function Calls({calls}: {calls: Event['calls']}) {
  return (
    <ol className="calls">
      {calls.map(call => (
        <li key={call.id}>
          <div className="call-line">
            <code className="method">{call.method}</code>
            <code className="wrap path">{call.path}</code>
            <span className={call.status !== null && call.status < 400 ? 'tone-green' : 'tone-red'}>
              {call.status ?? call.outcome}
            </span>
            <span className="dimmed">{formatDuration(call.durationMs)}</span>
          </div>
          <div className="small-print">
            {t.events.attempt(call.attempt)} · <Instant at={call.at} />
          </div>
          <Body title={t.events.request} body={call.request} />
          <Body title={t.events.response} body={call.response} />
        </li>
      ))}
    </ol>
  );
}

/** More is to come of it: itself, or what a person made of it. */
function isOpen(data: Event | undefined): boolean {
  const phases = [data?.phase, ...(data?.followedBy ?? []).map(({phase}) => phase ?? 'queued')];
  return phases.some(phase => phase === 'queued' || phase === 'in_progress');
}

function toneOf({phase}: Event): string {
  if (phase === 'error') return 'red';
  if (phase === 'held') return 'amber';
  return phase === 'complete' ? 'green' : 'grey';
}
