// Schedules: listed with when they are due next, made, changed, paused and deleted.
import {inCompany} from '../db/transaction.ts';
import {slotsAfter} from '../std/cron.ts';
import {runsById, type ShownRun} from '../store/run-pages.ts';
import type {RunInputs} from '../store/runs.ts';
import {type ScheduleRow, schedulePage} from '../store/schedules.ts';
import {
  changeSchedule,
  defineSchedule,
  loadSchedule,
  nextSlots,
  removeSchedule,
  rhythmIssues,
} from '../sync/define-schedule.ts';
import type {Hub} from '../sync/hub.ts';
import type {Schedule} from './contract/schedule.ts';
import {presentReason} from './present-issue.ts';
import {presentLastRun} from './present-sync.ts';
import type {Endpoints, Frozen} from './route.ts';

type Names =
  | 'GET /schedules'
  | 'POST /schedules'
  | 'GET /schedules/{id}'
  | 'PATCH /schedules/{id}'
  | 'DELETE /schedules/{id}'
  | 'POST /schedules/checks';

const slotsShown = 3;

export const schedules: Endpoints<Names> = {
  'GET /schedules': async (hub, {actor, query}) => {
    const {sync: syncId, ...request} = query;
    const {page, runs} = await inCompany(hub.db, actor.companyId, async tx => {
      const page = await schedulePage(tx, {syncId}, request);
      const ids = page.items.flatMap(({lastRunId}) => lastRunId ?? []);
      return {page, runs: await runsById(tx, ids)};
    });
    const runOf = new Map(runs.map(run => [run.id, run]));
    return {items: page.items.map(row => present(row, runOf.get(row.lastRunId ?? ''))), next: page.next};
  },

  'POST /schedules': async (hub, {actor, body, settle}) => {
    const {sync: syncId, inputs, ...content} = body;
    const input = {syncId, ...content, inputs: runInputs(inputs)};
    return present(
      await defineSchedule(hub, actor.companyId, input, actor.id, (tx, row) => settle(tx, present(row, undefined))),
      undefined,
    );
  },

  'GET /schedules/{id}': async (hub, {actor, params}) => shown(hub, actor.companyId, params.id),

  'PATCH /schedules/{id}': async (hub, {actor, params, body}) => {
    const {inputs, ...content} = body;
    const change = {...content, inputs: inputs && runInputs(inputs)};
    await changeSchedule(hub, actor.companyId, params.id, change, actor.id);
    return shown(hub, actor.companyId, params.id);
  },

  'DELETE /schedules/{id}': async (hub, {actor, params}) => {
    await removeSchedule(hub, actor.companyId, params.id, actor.id);
    return undefined;
  },

  'POST /schedules/checks': async (hub, {body}) => {
    const issues = rhythmIssues(body);
    const slots = issues.length > 0 ? [] : nextSlots(hub, body, slotsShown);
    return {nextRuns: slots.map(slot => slot.toISOString()), issues};
  },
};

function shown(hub: Hub, companyId: string, id: string): Promise<Frozen<Schedule>> {
  return inCompany(hub.db, companyId, async tx => {
    const row = await loadSchedule(tx, id);
    const [run] = await runsById(tx, row.lastRunId === null ? [] : [row.lastRunId]);
    return present(row, run);
  });
}

function present(row: ScheduleRow, lastRun: ShownRun | undefined): Frozen<Schedule> {
  const {id, name, syncId: sync, syncName, cron, zone, save, enabled, lastSkippedAt} = row;
  const {message, hint} = presentReason(row.skippedCode, row.skippedParams);
  return {
    ...{id, name, sync, syncName, cron, zone, save, enabled},
    inputs: row.inputs as Frozen<Schedule['inputs']>, // read from JSON, so nothing in it is undefined
    nextRuns: nextRuns(row).map(slot => slot.toISOString()),
    lastRun: presentLastRun(lastRun),
    lastSkipped: lastSkippedAt && message ? {at: lastSkippedAt.toISOString(), message, hint: hint ?? ''} : null,
    createdAt: row.createdAt.toISOString(),
  };
}

function runInputs({only, ...others}: Schedule['inputs']): RunInputs {
  return only ? {...others, only} : others;
}

/** The first is the stored one: that is what will be started. */
function nextRuns({nextAt, ...rhythm}: ScheduleRow): readonly Date[] {
  return nextAt ? [nextAt, ...slotsAfter(rhythm, nextAt, slotsShown - 1)] : [];
}
