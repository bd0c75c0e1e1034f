// Whether the process lives and whether it can work: for load balancers and whoever watches the installation.
import {isDatabaseReady} from '../store/installation.ts';
import {type Endpoints, Reply} from './route.ts';

export function installationEndpoints(version: string, stopping: AbortSignal): Endpoints<'GET /health' | 'GET /ready'> {
  return {
    'GET /health': async () => ({status: 'ok', version}),
    'GET /ready': async ({db}) => {
      const database = (await isDatabaseReady(db)) ? 'ok' : 'unreachable';
      const status = stopping.aborted ? 'stopping' : database === 'ok' ? 'ready' : 'starting';
      return new Reply({status, database}, {status: status === 'ready' ? 200 : 503});
    },
  };
}
