// The composition root: from settings to a running hub. What is made here is passed down as arguments; nothing below
// makes its own. What was started is stopped in the opposite order, after it has been drained.
import * as connectors from '../connectors/index.ts';
import type {Auth} from './auth/authenticate.ts';
import {createSignIn} from './auth/sign-in.ts';
import type {Config} from './config.ts';
import {connectDatabase} from './db/connect.ts';
import {startEmbedded} from './db/embedded.ts';
import {migrate} from './db/migrate.ts';
import {asOwner} from './db/transaction.ts';
import type {Log} from './log.ts';
import {Queue} from './queue/queue.ts';
import {systemClock} from './std/clock.ts';
import {keepPartitions} from './store/partitions.ts';
import type {Hub} from './sync/hub.ts';
import {watchEveryMs, watchRuns} from './sync/watchdog.ts';
import {createVault} from './vault.ts';
import {queueNames, startWorkers} from './work/queues.ts';
import {ScheduleWatch} from './work/schedules.ts';

const callTimeoutMs = 30_000;
/** How long work in progress may take to end when the process stops. */
const graceMs = 25_000;
const upkeepEveryMs = 6 * 3600 * 1000;

export type StartedHub = AsyncDisposable & {
  readonly hub: Hub;
  readonly auth: Auth;
  /** Another process had started the embedded server already: most likely a hub that works on what is queued. */
  readonly adopted: boolean;
  /** Begins to work on what is queued, and to start what schedules are due for. */
  work(): Promise<void>;
};

/**
 * Opens the database (the embedded one unless DATABASE_URL names another), brings its schema up to date, and puts the hub
 * together. @throws MusterError `database.…` in one sentence when that cannot be
 */
export async function startHub(config: Config, log: Log): Promise<StartedHub> {
  await using undo = new AsyncDisposableStack();
  const embedded = config.databaseUrl === undefined ? await startEmbedded({dataDir: config.dataDir}) : undefined;
  if (embedded) undo.defer(() => embedded.stop());
  const target = embedded ?? {url: config.databaseUrl ?? ''};
  const db = undo.use(await connectDatabase(target));
  await migrate(db);
  await asOwner(db, tx => keepPartitions(tx, systemClock.now()));
  const queue = new Queue({ownerConfig: db.ownerConfig, db, log});
  await queue.start(queueNames);
  undo.defer(() => queue.stop(graceMs));
  const hub: Hub = {
    db,
    queue,
    connectors: new Map(Object.values(connectors).map(connector => [connector.manifest.id, connector])),
    vault: createVault(config.secretKey),
    clock: systemClock,
    log,
    allowedPrivateHosts: config.allowedPrivateHosts,
    callTimeoutMs,
  };
  const upkeep = setInterval(() => {
    asOwner(db, tx => keepPartitions(tx, systemClock.now())).catch(error => log.error('upkeep.failed', {error}));
  }, upkeepEveryMs);
  undo.defer(() => clearInterval(upkeep));
  const {secretKey, publicUrl} = config;
  const auth = {db, signIn: createSignIn({db, log, secretKey, publicUrl})};
  const kept = undo.move();
  return {
    hub,
    auth,
    adopted: embedded?.adopted ?? false,
    async work() {
      await startWorkers(hub);
      const watching = setInterval(() => {
        watchRuns(hub).catch(error => log.error('watchdog.failed', {error}));
      }, watchEveryMs);
      kept.defer(() => clearInterval(watching));
      kept.use(new ScheduleWatch(hub));
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
