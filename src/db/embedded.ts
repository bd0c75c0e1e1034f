// The PostgreSQL that comes with Muster, used when there is no DATABASE_URL: started, adopted when a killed process left
// it running, and stopped by the last process that uses it. Real PostgreSQL, so what was committed survives any kill.
import {setTimeout as wait} from 'node:timers/promises';
import {MusterError} from '../errors.ts';
import {livePostmaster} from './embedded/alive.ts';
import type {Guard} from './embedded/guard.ts';
import {halt, launch, patienceMs} from './embedded/launch.ts';
import {type EmbeddedConnection, type Place, preparePlace} from './embedded/place.ts';
import {joinServer, type Presence} from './embedded/presence.ts';

export type {EmbeddedConnection} from './embedded/place.ts';

export type EmbeddedOptions = {
  /** Holds the cluster (`pg`), the socket (`run`) and `postgres.log`; made, with mode 0700, if missing. */
  readonly dataDir: string;
  readonly signal?: AbortSignal;
  /** Told in words what takes long. */
  readonly log?: (line: string) => void;
  /** For tests: faster, not safe against power cuts, and the server ends with this process, however that ends. */
  readonly ephemeral?: boolean;
};

export type EmbeddedServer = {
  readonly connection: EmbeddedConnection;
  /** The server was running already. */
  readonly adopted: boolean;
  /** Stops the server, unless another process still uses it. End your own pools before. May be called twice. */
  stop(): Promise<void>;
};

/**
 * Starts the server for a data directory, or joins the one at work there. Any number of processes may do so at once.
 * @throws MusterError `database.platform_unsupported` (Windows is), `database.start_failed` with the reason and where
 *   the log is; the signal's reason when aborted
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const {dataDir, signal, log, ephemeral = false} = options;
  const place = await preparePlace(dataDir, ephemeral ? 'ephemeral' : 'durable');
  const deadlineMs = performance.now() + patienceMs;
  const failed = (reason: string) => new MusterError('database.start_failed', {params: {reason, log: place.logFile}});
  let launched: {readonly guard: Guard | undefined} | undefined;
  for (let failures = 0; ; ) {
    const running = await livePostmaster(place.cluster);
    const connection = {...place.connection, host: running?.socketDir ?? place.connection.host};
    const joining = await joinServer(connection);
    if (joining.state === 'joined') {
      const server = describeServer(place, connection, joining.presence, launched);
      if (signal?.aborted) await server.stop();
      signal?.throwIfAborted();
      return server;
    }
    if (performance.now() > deadlineMs) throw failed(`not ready after ${patienceMs / 60_000} minutes`);
    if (running || joining.state === 'not_ready') {
      await wait(20, undefined, options); // it starts, recovers or stops: soon it is ready or gone
      continue;
    }
    const attempt = await launch(place, signal, log);
    launched = attempt.state === 'launched' ? attempt : undefined;
    if (attempt.state === 'launched') continue;
    // Another process was faster, or what is left of a killed server has not let go of its memory yet.
    failures += 1;
    if (failures === 5) throw failed(attempt.reason);
    await wait(100 * failures, undefined, options);
  }
}

function describeServer(
  place: Place,
  connection: EmbeddedConnection,
  presence: Presence,
  launched: {readonly guard: Guard | undefined} | undefined,
): EmbeddedServer {
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    const last = await presence.leave();
    if (launched?.guard) await launched.guard.fire();
    else if (last) await halt(place);
    await presence.end();
  };
  return {
    connection,
    adopted: launched === undefined,
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}
