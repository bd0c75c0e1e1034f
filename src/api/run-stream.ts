// A run followed live, as server-sent events: `run` whenever it moved, `event` for each step of its latest records, until
// the run is over. What went by between two looks is told too, in order: no stage and no phase can be skipped.
import {inCompany} from '../db/transaction.ts';
import {isFinal, type Phase} from '../model/phase.ts';
import {type RunStage, runStages} from '../model/run.ts';
import type {EventRow} from '../store/event-rows.ts';
import type {ShownRun} from '../store/run-pages.ts';
import type {Hub} from '../sync/hub.ts';
import {type RunNews, watchRun} from '../sync/watch-run.ts';
import {presentEventSummary} from './present-event.ts';
import {presentRun} from './present-run.ts';
import type {Endpoints} from './route.ts';
import {runIn} from './runs.ts';
import {eventStream, type ServerSentEvent} from './server-sent-events.ts';

export const runStream: Endpoints<'GET /runs/{id}/stream'> = {
  'GET /runs/{id}/stream': async (hub, {actor, params, request, signal}) => {
    await inCompany(hub.db, actor.companyId, tx => runIn(tx, params.id));
    const lastId = request.headers.get('last-event-id') ?? '';
    return eventStream(tellRun(hub, actor.companyId, params.id, lastId, signal));
  },
};

async function* tellRun(
  hub: Hub,
  companyId: string,
  runId: string,
  lastId: string,
  signal: AbortSignal,
): AsyncGenerator<ServerSentEvent> {
  const told: Told = {run: '', stage: undefined, phases: new Map(), since: lastId, isNew: lastId === ''};
  let quietLooks = 0;
  for await (const news of watchRun(hub, {companyId, runId}, signal)) {
    const messages = [...tell(told, news)];
    quietLooks = messages.length === 0 ? quietLooks + 1 : 0;
    yield* quietLooks % mostQuietLooks === mostQuietLooks - 1 ? [ping] : messages;
  }
}

// Some fifteen seconds: proxies cut what has been silent for a minute.
const mostQuietLooks = 60;
const ping: ServerSentEvent = {event: 'ping', data: null};

type Told = {
  run: string;
  stage: RunStage | undefined;
  /** The last phase told of each event, of as many as a watch keeps in view. */
  phases: Map<string, Phase>;
  /** Finished events up to here were told on an earlier connection. */
  readonly since: string;
  /** Nothing was told before: then from the first stage on. */
  readonly isNew: boolean;
};

function* tell(told: Told, {run, events}: RunNews): Generator<ServerSentEvent> {
  yield* tellStages(told, run);
  const before = told.phases;
  told.phases = new Map();
  for (const event of events) {
    const last = before.get(event.id);
    told.phases.set(event.id, event.phase);
    if (last === undefined && isFinal(event.phase) && event.id <= told.since) continue;
    for (const phase of phasesBetween(last, event)) yield tellEvent(event, phase);
  }
  yield* tellState(told, run);
}

/** Stages that have begun since the last look, each once; the one it is in comes with the run's state. */
function* tellStages(told: Told, run: ShownRun): Generator<ServerSentEvent> {
  const now = runStages.indexOf(run.stage);
  const first = told.isNew && run.startedAt !== null ? 0 : now;
  const from = told.stage === undefined ? first : runStages.indexOf(told.stage) + 1;
  for (const stage of runStages.slice(from, now)) {
    if (stage === 'deliver' && !run.save) continue;
    const then = {...run, stage, status: 'running', finishedAt: null, reasonCode: null, reasonParams: null} as const;
    yield {event: 'run', data: presentRun(then)};
  }
  told.stage = run.stage;
}

function* tellState(told: Told, run: ShownRun): Generator<ServerSentEvent> {
  const shown = presentRun(run);
  // How long it has been running is known without being told.
  const state = JSON.stringify({...shown, durationMs: null});
  if (state === told.run) return;
  told.run = state;
  yield {event: 'run', data: shown};
}

/** The way an event took since `last`. One that has attempts was queued and on its way before it ended. */
export function phasesBetween(
  last: Phase | undefined,
  {phase, attempt}: Pick<EventRow, 'phase' | 'attempt'>,
): readonly Phase[] {
  if (last === phase) return [];
  const sent = phase === 'in_progress' || attempt > 0;
  const way: readonly Phase[] = phase === 'queued' || !sent ? [phase] : ['queued', 'in_progress', phase];
  const whole = way.filter((step, at) => way.indexOf(step) === at);
  return last === undefined ? whole : whole.slice(whole.indexOf(last) + 1);
}

function tellEvent(event: EventRow, phase: Phase): ServerSentEvent {
  if (phase === event.phase) {
    const id = isFinal(phase) ? {id: event.id} : {};
    return {event: 'event', data: presentEventSummary(event), ...id};
  }
  const then = {...event, phase, status: null, reasonCode: null, reasonParams: null, destinationId: null};
  return {event: 'event', data: presentEventSummary(then)};
}
