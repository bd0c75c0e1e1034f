// A test process's seat at the shared server: one session that holds a shared lock for as long as the process lives.
// The server's own process (database-server.ts) tries the same lock exclusively: it gets it only when nobody is left.
import {spawn} from 'node:child_process';
import {createHash} from 'node:crypto';
import {accessSync, constants, mkdirSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import pg from 'pg';
import {ownerName} from '../../src/db/embedded/cluster.ts';
import {port, socketDirOf} from '../../src/db/embedded/socket.ts';
import type {EmbeddedConnection} from '../../src/db/embedded.ts';

export type TestServer = {
  readonly connection: EmbeddedConnection;
  /** Runs a statement as superuser in the database `postgres`. Between statements the seat lets the process end. */
  run<Row extends pg.QueryResultRow>(statement: string): Promise<readonly Row[]>;
};

/** The lock of the seats; any number that nothing else locks in the database `postgres`. */
export const seatLock = 20250;

/** Joins the server of this checkout, starting it if need be. */
export async function joinTestServer(): Promise<TestServer> {
  const dataDir = testDataDir();
  const connection = {host: socketDirOf(dataDir), port, user: ownerName, database: 'postgres'};
  for (let attempt = 1; ; attempt += 1) {
    const seat = await takeSeat(connection);
    if (seat) return {connection, run: statementsOf(seat)};
    if (attempt === 5) throw new Error(`The test server in ${dataDir} starts but takes no session; see postgres.log.`);
    await startServerProcess(dataDir);
  }
}

/** In the checkout, for each user one; in the directory for temporary files if the checkout belongs to somebody else. */
function testDataDir(): string {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const user = process.getuid?.() ?? 0;
  const inside = join(root, 'node_modules', '.cache', `test-database-${user}`);
  try {
    mkdirSync(inside, {recursive: true, mode: 0o700});
    accessSync(inside, constants.W_OK);
    return inside;
  } catch {
    const checkout = createHash('sha256').update(root).digest('hex').slice(0, 12);
    const outside = join(tmpdir(), `muster-test-${user}-${checkout}`);
    mkdirSync(outside, {recursive: true, mode: 0o700});
    return outside;
  }
}

/** Undefined when there is no server, or one that is just starting or ending. */
async function takeSeat(connection: EmbeddedConnection): Promise<Seat | undefined> {
  const client = new pg.Client({...connection, ssl: false, application_name: `seat ${process.pid}`}) as Seat; // see Seat
  client.on('error', () => {}); // the server ended; the statement in progress says so
  try {
    await client.connect();
    await client.query('select pg_advisory_lock_shared($1)', [seatLock]);
  } catch {
    await client.end().catch(() => {});
    return undefined;
  }
  client.unref();
  return client;
}

/** pg 8.23 has these two, its types have not. */
type Seat = pg.Client & {ref(): void; unref(): void};

function statementsOf(seat: Seat): TestServer['run'] {
  let waiting = 0;
  return async statement => {
    waiting += 1;
    seat.ref();
    try {
      return (await seat.query(statement)).rows;
    } finally {
      waiting -= 1;
      if (waiting === 0) seat.unref();
    }
  };
}

/** Returns when the server takes sessions, be it that process's own or one that was faster. */
async function startServerProcess(dataDir: string): Promise<void> {
  const script = fileURLToPath(new URL('database-server.ts', import.meta.url));
  const {NODE_TEST_CONTEXT: _, ...env} = process.env; // it is no test file
  const child = spawn(process.execPath, [script, dataDir], {
    detached: true, // outlives this process and Ctrl+C
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const {promise, resolve, reject} = Promise.withResolvers<void>();
  let complaint = '';
  child.stdout.once('data', () => resolve());
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  child.on('error', reject);
  child.on('close', () => reject(new Error(`The test server did not start.\n${complaint}`)));
  try {
    await promise;
  } finally {
    child.stdout.destroy();
    child.stderr.destroy();
    child.unref();
  }
}
