// Whether the process lives and whether it can work: for load balancers and whoever watches the installation.
import {isDatabaseReady} from '../store/installation.ts';
import {type Endpoints, Reply} from './route.ts';

type Facts = {readonly version: string; readonly supportUrl: string | undefined; readonly stopping: AbortSignal};

export function installationEndpoints({version, supportUrl, stopping}: Facts): Endpoints<'GET /health' | 'GET /ready'> {
  return {
    'GET /health': async () => ({status: 'ok', version, supportUrl: supportUrl ?? null}),
    'GET /ready': async ({db}) => {
      const database = (await isDatabaseReady(db)) ? 'ok' : 'unreachable';
      const status = stopping.aborted ? 'stopping' : database === 'ok' ? 'ready' : 'starting';
      return new Reply({status, database}, {status: status === 'ready' ? 200 : 503});
    },
  };
}
