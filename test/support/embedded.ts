// Data directories and processes for the tests of the embedded server, where the shared one of database.ts will not do.
import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdir, mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {setTimeout as wait} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {livePostmaster} from '../../src/db/embedded/alive.ts';

export type DataFolder = AsyncDisposable & {readonly path: string; readonly cluster: string};

/** An empty data directory. At the end its server, if a failed test left one, is stopped and everything removed. */
export async function dataFolder(): Promise<DataFolder> {
  const parent = await mkdtemp(join(tmpdir(), 'muster-data-'));
  const path = join(parent, 'data');
  await mkdir(path, {mode: 0o700});
  const cluster = join(path, 'pg');
  return {
    path,
    cluster,
    async [Symbol.asyncDispose]() {
      await endServer(cluster);
      await rm(parent, {recursive: true, force: true});
    },
  };
}

/** Ends a server at once, as a power cut would; does nothing if there is none. */
export async function endServer(cluster: string): Promise<void> {
  const live = await livePostmaster(cluster);
  if (!live) return;
  process.kill(live.pid, 'SIGQUIT');
  await until(async () => (await livePostmaster(cluster)) === undefined);
}

/** Waits for what another process is about to do; the test runner's own limit ends it if that never comes. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await wait(5);
}

export type Child = AsyncDisposable & {
  readonly process: ChildProcess;
  /** The next line it prints; rejects with what it complained of when it ends instead. */
  line(): Promise<string>;
  /** kill -9, and waits until it is gone. */
  kill(): Promise<void>;
};

export type ChildOptions = {
  readonly env?: NodeJS.ProcessEnv;
  readonly user?: number;
};

/** Runs embedded-child.ts: see there for the words. */
export function startChild(dataDir: string, words: readonly string[], {env, user}: ChildOptions = {}): Child {
  const script = fileURLToPath(new URL('embedded-child.ts', import.meta.url));
  const identity = user === undefined ? {} : {uid: user, gid: user};
  const child = spawn(process.execPath, [script, dataDir, ...words], {
    env: {PATH: process.env['PATH'], ...env},
    stdio: ['pipe', 'pipe', 'pipe'],
    ...identity,
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const lines = createInterface({input: child.stdout})[Symbol.asyncIterator]();
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return {
    process: child,
    async line() {
      const {value, done} = await lines.next();
      if (done) throw new Error(`The child ended: ${complaint}`);
      return value;
    },
    kill,
    [Symbol.asyncDispose]: kill,
  };
}
