// Events and calls as the API shows them.
import type {CallRow} from '../store/call-pages.ts';
import type {EventRow} from '../store/event-rows.ts';
import type {FollowUp} from '../store/follow-ups.ts';
import type {ExplainedEvent} from '../sync/explain-event.ts';
import type {Call, Event, EventSummary} from './contract/run.ts';
import {presentIssue, presentReason} from './present-issue.ts';
import type {Frozen} from './route.ts';

export function presentEventSummary(event: EventRow): Frozen<EventSummary> {
  return {
    id: event.id,
    run: event.runId,
    record: event.recordId,
    person: event.personId,
    externalId: event.externalId,
    name: event.name,
    destinationId: event.destinationId,
    operation: event.operation,
    phase: event.phase,
    status: event.status,
    message: reasonOf(event).message ?? '',
    reason: event.reasonCode,
    at: event.at.toISOString(),
    durationMs: event.durationMs,
    attempt: event.attempt,
    issues: event.issues.map(presentIssue),
  };
}

export function presentEvent(explained: ExplainedEvent): Frozen<Event> {
  const {event, record} = explained;
  return {
    ...presentEventSummary(event),
    sync: event.syncId,
    syncName: explained.syncName,
    hint: reasonOf(event).hint ?? '',
    destinationUrl: explained.destinationUrl,
    values: explained.values,
    calls: explained.calls.map(presentCall),
    held: explained.held,
    follows: explained.follows && presentFollowUp(explained.follows),
    followedBy: explained.followedBy.map(presentFollowUp),
    data: record?.data ?? null,
  };
}

function presentFollowUp({kind, runId, eventId, phase, by, at}: FollowUp): Frozen<Event['followedBy'][number]> {
  return {kind, run: runId, event: eventId, phase, by, at: at.toISOString()};
}

export function presentCall(call: CallRow): Frozen<Call> {
  return {
    id: call.id,
    event: call.eventId,
    connection: call.connectionId,
    method: call.method,
    path: call.path,
    status: call.status,
    outcome: call.outcome,
    durationMs: call.durationMs,
    attempt: call.attempt,
    request: call.request,
    response: call.response,
    at: call.at.toISOString(),
  };
}

/** Why it is where it is; an event that simply waits its turn or is on its way needs no stored reason. */
function reasonOf(event: EventRow) {
  const ordinary = event.phase === 'queued' || event.phase === 'in_progress' ? `event.${event.phase}` : null;
  return presentReason(event.reasonCode ?? ordinary, event.reasonParams);
}
