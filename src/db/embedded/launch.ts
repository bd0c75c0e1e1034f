// One attempt to start a server, and how it is stopped again.
import {access} from 'node:fs/promises';
import {basename, dirname} from 'node:path';
import {commandPrefix} from './account.ts';
import {removeStaleLocks} from './alive.ts';
import {makeCluster} from './cluster.ts';
import {reasonOf, runCommand} from './command.ts';
import {type Guard, startGuard} from './guard.ts';
import type {Place} from './place.ts';
import {readLog, turnLog} from './server-log.ts';
import {serverOptions} from './settings.ts';

/** Recovery after a crash replays at most `max_wal_size`: a minute or two on a slow disk. */
export const patienceMs = 5 * 60_000;

export type Launch =
  | {readonly state: 'launched'; readonly guard: Guard | undefined}
  | {readonly state: 'failed'; readonly reason: string};

/**
 * Makes the cluster if there is none, then starts a server on it and waits until it takes sessions. It fails when
 * another process was faster. The signal ends the making of a cluster, not a start: cut short, that would leave a server
 * which nobody stops.
 */
export async function launch(place: Place, signal?: AbortSignal, log?: (line: string) => void): Promise<Launch> {
  const {cluster, connection, binaries, durability, logFile} = place;
  const directory = dirname(cluster);
  const prefix = await commandPrefix(cluster);
  if (!(await exists(cluster))) {
    log?.('Preparing the built-in PostgreSQL for its first start.');
    await makeCluster({initdb: [...prefix, binaries.initdb], cluster, durability, signal});
  }
  await removeStaleLocks(cluster, connection.host);
  const logStart = await turnLog(logFile);
  const guard = durability === 'ephemeral' ? startGuard(stopCommand(place, prefix), directory) : undefined;
  const options = serverOptions(connection.host, durability);
  const start = [...pgCtl(place, prefix), 'start', '-l', basename(logFile), '-o', options];
  const started = await runCommand(start, {directory});
  if (started.ok) return {state: 'launched', guard};
  guard?.dismiss();
  const said = await readLog(logFile, logStart);
  return {state: 'failed', reason: reasonOf(said === '' ? started.output : said)};
}

/** Stops the server as PostgreSQL calls `fast`: open transactions are rolled back, everything is written, then it ends. */
export async function halt(place: Place): Promise<void> {
  await runCommand(stopCommand(place, await commandPrefix(place.cluster)), {directory: dirname(place.cluster)});
}

function stopCommand(place: Place, prefix: readonly string[]): readonly string[] {
  return [...pgCtl(place, prefix), 'stop', '-m', 'fast'];
}

// pg_ctl hands its paths to a shell, between double quotes and no more: so it works in the data directory and gets bare
// names. What is in the options is quoted by us.
function pgCtl({binaries, cluster}: Place, prefix: readonly string[]): readonly string[] {
  return [...prefix, binaries.pgCtl, '-D', basename(cluster), '-w', '-t', String(patienceMs / 1000)];
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
