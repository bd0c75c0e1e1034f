// Records pushed into a connection, and the word that one is gone.
import {pushRecords, removeRecord} from '../sync/push-records.ts';
import type {Endpoints} from './route.ts';

type Names = 'POST /connections/{id}/records' | 'DELETE /connections/{id}/records/{resource}/{externalId}';

export const push: Endpoints<Names> = {
  'POST /connections/{id}/records': (hub, {actor, params, body}) =>
    pushRecords(hub, actor.companyId, {connectionId: params.id, ...body}),

  'DELETE /connections/{id}/records/{resource}/{externalId}': async (hub, {actor, params}) => {
    const {id: connectionId, resource, externalId} = params;
    await removeRecord(hub, actor.companyId, {connectionId, resource, externalId});
    return undefined;
  },
};
