// What an event follows from and what came of it: the event before a retry or decision, and those after.
import {Link} from '@tanstack/react-router';
import type {Event} from '../../../src/api/contract/run.ts';
import {Instant} from '../parts/instant.tsx';
import {Phase} from '../parts/phase.tsx';
import {t} from '../text.ts';

/** Rows of the event's list of facts. */
export function FollowUps({data: {follows, followedBy}}: {data: Event}) {
  return (
    <>
      {follows && (
        <div>
          <dt>{t.retry.of[follows.kind]}</dt>
          <dd>
            <To followUp={follows} words={t.retry.earlierEvent} /> <Who followUp={follows} />
          </dd>
        </div>
      )}
      {followedBy.map(one => (
        <div key={one.run}>
          <dt>{t.retry.became[one.kind]}</dt>
          <dd>
            {one.phase && <Phase phase={one.phase} />}
            <To followUp={one} words={one.event ? t.retry.asEvent : t.retry.asRun} /> <Who followUp={one} />
          </dd>
        </div>
      ))}
    </>
  );
}

type FollowUp = Event['followedBy'][number];

function To({followUp: {run: runId, event: eventId}, words}: {followUp: FollowUp; words: string}) {
  if (eventId === null) {
    return (
      <Link to="/runs/$runId" params={{runId}}>
        {words}
      </Link>
    );
  }
  return (
    <Link to="/runs/$runId/events/$eventId" params={{runId, eventId}}>
      {words}
    </Link>
  );
}

function Who({followUp: {by, at}}: {followUp: FollowUp}) {
  return (
    <span className="dimmed">
      {t.retry.by(by)} <Instant at={at} />
    </span>
  );
}
