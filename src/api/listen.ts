// The HTTP server around the API. Stopping ends event streams at once, lets answers in progress finish, and cuts what is
// left after a grace period: an open stream would otherwise keep the process for ever.
import type {AddressInfo} from 'node:net';
import {createAdaptorServer} from '@hono/node-server';
import type {Hono} from 'hono';
import type {RequestState} from './errors.ts';

export type ListenOptions = {
  /** 0 for any free one. */
  readonly port: number;
  /** Every address of the machine by default. */
  readonly host?: string;
  /** Aborted by `stop`; the same whose signal `createApi` was given. */
  readonly stopping: AbortController;
};

export type Listening = AsyncDisposable & {
  readonly port: number;
  /** Resolves when the last connection is gone, after `graceMs` (5,000 by default) at the latest. May be called twice. */
  stop(graceMs?: number): Promise<void>;
};

/** Rejects with the system's error (EADDRINUSE, EACCES) when the port cannot be had. */
export async function listen(app: Hono<RequestState>, {port, host, stopping}: ListenOptions): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    overrideGlobalObjects: false,
    // A 200 MB file over a slow line takes its time; headers do not.
    serverOptions: {requestTimeout: 600_000, headersTimeout: 30_000},
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  let stopped: Promise<void> | undefined;
  const stop = (graceMs = 5000) => {
    stopped ??= new Promise(resolve => {
      stopping.abort();
      // Only http1 servers are made above, and these can close connections.
      const connections = server as import('node:http').Server;
      const timer = setTimeout(() => connections.closeAllConnections(), graceMs);
      server.close(() => {
        clearTimeout(timer);
        resolve();
      });
      connections.closeIdleConnections();
    });
    return stopped;
  };
  const address = server.address() as AddressInfo; // listening on a port, so it is neither a path nor null
  return {port: address.port, stop, [Symbol.asyncDispose]: () => stop()};
}
