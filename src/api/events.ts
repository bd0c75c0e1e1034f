// One event, with everything that explains it.
import {explainEvent} from '../sync/explain-event.ts';
import {presentEvent} from './present-event.ts';
import type {Endpoints} from './route.ts';

export const events: Endpoints<'GET /events/{id}'> = {
  'GET /events/{id}': async (hub, {actor, params}) => presentEvent(await explainEvent(hub, actor.companyId, params.id)),
};
