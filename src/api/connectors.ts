// Connectors: what this installation can talk to. Nothing here belongs to a company.
import {MusterError} from '../errors.ts';
import {presentConnector} from './present-connector.ts';
import {presentAll} from './present-page.ts';
import type {Endpoints} from './route.ts';

export const connectors: Endpoints<'GET /connectors' | 'GET /connectors/{id}'> = {
  'GET /connectors': async hub => presentAll([...hub.connectors.values()], presentConnector),

  'GET /connectors/{id}': async (hub, {params}) => {
    const connector = hub.connectors.get(params.id);
    if (!connector) throw new MusterError('request.not_found', {params: {what: 'connector'}});
    return presentConnector(connector);
  },
};
