// serve, api, worker: the processes that stay. They stop on SIGINT and SIGTERM, after what is in progress has ended.
import {once} from 'node:events';
import {listen} from '../api/listen.ts';
import {createApi} from '../api/server.ts';
import {ownerLink} from '../auth/owner.ts';
import type {Config} from '../config.ts';
import type {Log} from '../log.ts';
import {type StartedHub, startHub} from '../start.ts';
import {distDir, version} from './package.ts';
import {say} from './terminal.ts';

export type Parts = {readonly api: boolean; readonly worker: boolean};

/** Runs until a signal to stop. */
export async function serve(config: Config, log: Log, parts: Parts): Promise<void> {
  const stop = stopSignal();
  await using started = await startHub(config, log);
  await using _serving = await serveHub(config, started, parts);
  await aborted(stop);
  say('Stopping: what is in progress ends first.');
}

/** Starts the parts of a hub that serve; also for the demo. */
export async function serveHub(config: Config, started: StartedHub, parts: Parts): Promise<AsyncDisposable> {
  await using undo = new AsyncDisposableStack();
  if (parts.worker) await started.work();
  if (parts.api) {
    const stopping = new AbortController();
    const {auth, hub} = started;
    const {publicUrl, supportUrl, port} = config;
    const api = createApi(hub, {auth, publicUrl, version, supportUrl, distDir, stopping: stopping.signal});
    undo.use(await listen(api, {port, stopping, ...hostOf(publicUrl)}));
    say(`Muster ${version} answers at ${publicUrl}`);
    const link = await ownerLink(hub.db, publicUrl);
    if (link) say(`Nobody owns this installation yet. Open this link within a day; it works once:\n  ${link}`);
  }
  return undo.move();
}

/** A hub that is only reached as localhost only listens there. */
function hostOf(publicUrl: string): {readonly host?: string} {
  return ['localhost', '127.0.0.1'].includes(new URL(publicUrl).hostname) ? {host: '127.0.0.1'} : {};
}

/** Aborts at the first SIGINT or SIGTERM; the second ends the process as usual. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}

export async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
