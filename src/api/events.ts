// One event, with everything that explains it, and what a person may do about it.
import {inCompany} from '../db/transaction.ts';
import type {Decision} from '../model/held.ts';
import {releaseEvent, skipEvent} from '../sync/decide-held.ts';
import {explainEvent} from '../sync/explain-event.ts';
import {retryEvent} from '../sync/retry.ts';
import type {EventRelease} from './contract/run.ts';
import {presentEvent} from './present-event.ts';
import {presentRun} from './present-run.ts';
import type {Endpoints} from './route.ts';
import {runIn} from './runs.ts';

type Names = 'GET /events/{id}' | `POST /events/{id}/${'retry' | 'release' | 'skip'}`;

export const events: Endpoints<Names> = {
  'GET /events/{id}': async (hub, {actor, params}) => presentEvent(await explainEvent(hub, actor.companyId, params.id)),

  'POST /events/{id}/retry': async (hub, {actor, params, body, settle}) =>
    inCompany(hub.db, actor.companyId, async tx => {
      const {id} = await retryEvent(hub, tx, params.id, {...body, who: actor.id});
      const run = presentRun(await runIn(tx, id));
      await settle(tx, run);
      return run;
    }),

  'POST /events/{id}/release': async (hub, {actor, params, body, settle}) =>
    inCompany(hub.db, actor.companyId, async tx => {
      const {id} = await releaseEvent(hub, tx, params.id, decisionOf(body), actor);
      const run = presentRun(await runIn(tx, id));
      await settle(tx, run);
      return run;
    }),

  'POST /events/{id}/skip': async (hub, {actor, params}) => {
    await skipEvent(hub, actor.companyId, params.id, actor);
    return presentEvent(await explainEvent(hub, actor.companyId, params.id));
  },
};

function decisionOf({link, create, again}: EventRelease): Decision {
  if (link !== undefined) return {kind: 'link', destinationId: link};
  if (create) return {kind: 'create'};
  return again ? {kind: 'again'} : {kind: 'go_on'};
}
