// One event, with everything that explains it, and what a person may do about it.
import {inCompany} from '../db/transaction.ts';
import {explainEvent} from '../sync/explain-event.ts';
import {retryEvent} from '../sync/retry.ts';
import {presentEvent} from './present-event.ts';
import {presentRun} from './present-run.ts';
import type {Endpoints} from './route.ts';
import {runIn} from './runs.ts';

type Names = 'GET /events/{id}' | 'POST /events/{id}/retry';

export const events: Endpoints<Names> = {
  'GET /events/{id}': async (hub, {actor, params}) => presentEvent(await explainEvent(hub, actor.companyId, params.id)),

  'POST /events/{id}/retry': async (hub, {actor, params, body, settle}) =>
    inCompany(hub.db, actor.companyId, async tx => {
      const {id} = await retryEvent(hub, tx, params.id, {...body, who: actor.id});
      const run = presentRun(await runIn(tx, id));
      await settle(tx, run);
      return run;
    }),
};
