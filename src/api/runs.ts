// Runs: started, followed, stopped, and what came of them.
import {type CompanyTx, inCompany} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import {eventsById, runEvents} from '../store/event-pages.ts';
import {tablesOf} from '../store/event-rows.ts';
import {filesOfRun} from '../store/file-pages.ts';
import {runProblems} from '../store/problems.ts';
import {findShownRun, runPage, type ShownRun} from '../store/run-pages.ts';
import {cancelRun} from '../sync/cancel-run.ts';
import type {Hub} from '../sync/hub.ts';
import {retryRun} from '../sync/retry.ts';
import {releaseRun} from '../sync/safeguards.ts';
import {applyPlanIn, startRunIn} from '../sync/start-run.ts';
import {presentEventSummary} from './present-event.ts';
import {presentAll, presentPage} from './present-page.ts';
import {presentFile} from './present-record.ts';
import {presentProblem, presentRun} from './present-run.ts';
import type {Endpoints} from './route.ts';

type Names =
  | 'GET /runs'
  | 'POST /runs'
  | 'GET /runs/{id}'
  | 'POST /runs/{id}/cancellation'
  | 'POST /runs/{id}/release'
  | 'POST /runs/{id}/retries'
  | 'GET /runs/{id}/events'
  | 'GET /runs/{id}/problems'
  | 'GET /runs/{id}/files';

export const runs: Endpoints<Names> = {
  'GET /runs': async (hub, {actor, query}) => {
    const {sync: syncId, status, ...page} = query;
    return presentPage(await inCompany(hub.db, actor.companyId, tx => runPage(tx, {syncId, status}, page)), presentRun);
  },

  'POST /runs': async (hub, {actor, body, settle}) => {
    const only = body.only ? {only: body.only} : {};
    return inCompany(hub.db, actor.companyId, async tx => {
      const {id} =
        'plan' in body
          ? await applyPlanIn(hub, tx, {plan: body.plan, ...only, startedBy: actor.id})
          : await startRunIn(hub, tx, {
              syncId: body.sync,
              save: body.save,
              inputs: {...body.inputs, ...only},
              startedBy: actor.id,
            });
      const run = presentRun(await runIn(tx, id));
      await settle(tx, run);
      return run;
    });
  },

  'GET /runs/{id}': async (hub, {actor, params}) => presentRun(await shownRun(hub, actor.companyId, params.id)),

  'POST /runs/{id}/cancellation': async (hub, {actor, params}) => {
    await cancelRun(hub, {companyId: actor.companyId, runId: params.id, who: actor.id});
    return presentRun(await shownRun(hub, actor.companyId, params.id));
  },

  'POST /runs/{id}/release': async (hub, {actor, params, body}) => {
    await releaseRun(hub, {companyId: actor.companyId, runId: params.id, who: actor.id, only: body.only});
    return presentRun(await shownRun(hub, actor.companyId, params.id));
  },

  'POST /runs/{id}/retries': async (hub, {actor, params, body, settle}) => {
    const {mapping, ...filter} = body;
    return inCompany(hub.db, actor.companyId, async tx => {
      const {id} = await retryRun(hub, tx, params.id, filter, {mapping, who: actor.id});
      const run = presentRun(await runIn(tx, id));
      await settle(tx, run);
      return run;
    });
  },

  'GET /runs/{id}/events': async (hub, {actor, params, query}) => {
    const {phase: phases, operation, issue, field, search, ...page} = query;
    const filter = {phases, operation, issue, field, search: search === '' ? undefined : search};
    const found = await inCompany(hub.db, actor.companyId, async tx =>
      runEvents(tx, await runIn(tx, params.id), filter, page),
    );
    return presentPage(found, presentEventSummary);
  },

  'GET /runs/{id}/problems': async (hub, {actor, params}) => {
    const {problems, samples} = await inCompany(hub.db, actor.companyId, async tx => {
      const run = await runIn(tx, params.id);
      const problems = await runProblems(tx, run);
      const ids = problems.map(problem => problem.sampleId);
      return {problems, samples: await eventsById(tx, ids, tablesOf(run))};
    });
    const byId = new Map(samples.map(event => [event.id, event]));
    return presentAll(problems, problem => presentProblem(problem, byId.get(problem.sampleId)));
  },

  'GET /runs/{id}/files': async (hub, {actor, params}) => {
    const files = await inCompany(hub.db, actor.companyId, async tx => {
      const run = await runIn(tx, params.id);
      return filesOfRun(tx, run.id);
    });
    return presentAll(files, presentFile);
  },
};

function shownRun(hub: Hub, companyId: string, runId: string): Promise<ShownRun> {
  return inCompany(hub.db, companyId, tx => runIn(tx, runId));
}

/** @throws MusterError `request.not_found` */
export async function runIn(tx: CompanyTx, runId: string): Promise<ShownRun> {
  const run = await findShownRun(tx, runId);
  if (!run) throw new MusterError('request.not_found', {params: {what: 'run'}});
  return run;
}
