// The process behind the shared test server: starts it, and ends it and itself when no test process has had a seat for
// a while. The server is ephemeral, so it also ends if this process is killed: nothing is ever left running.
// Run by database-session.ts: node database-server.ts <data directory>
import {setTimeout as wait} from 'node:timers/promises';
import pg from 'pg';
import {isRunning} from '../../src/db/embedded/alive.ts';
import {type EmbeddedServer, startEmbedded} from '../../src/db/embedded.ts';
import {seatLock} from './database-session.ts';

/** Long enough for the pause between two test files or two calls of `npm test`, short enough not to be in the way. */
const idleSeconds = 15;

const server = await startEmbedded({dataDir: process.argv[2] ?? '', ephemeral: true});
if (server.adopted) {
  // Another process was faster, and its server is the one.
  process.stdout.write('ready\n', () => process.exit(0));
} else {
  await serve(server);
}

async function serve({connection, stop}: EmbeddedServer): Promise<void> {
  const session = new pg.Client({...connection, ssl: false, database: 'postgres', application_name: 'test server'});
  session.on('error', () => process.exit(1)); // the server is gone, so this process has no purpose
  await session.connect();
  await dropLeftovers(session);
  process.stdout.on('error', () => {}); // who started this may be gone already
  process.stdout.write('ready\n');
  for (let idle = 0; idle < idleSeconds; ) {
    await wait(1000);
    if (!(await ask(session, 'select pg_try_advisory_lock($1) as answer'))) idle = 0;
    else if (++idle < idleSeconds) await ask(session, 'select pg_advisory_unlock($1) as answer');
  }
  // The lock is kept: who comes now waits for it, is cut off by the stop, and starts a new server.
  session.removeAllListeners('error').on('error', () => {});
  await stop();
}

async function ask(session: pg.Client, question: string): Promise<boolean> {
  const {rows} = await session.query<{answer: boolean}>(question, [seatLock]);
  return rows[0]?.answer === true;
}

/** Databases of test processes that were killed. */
async function dropLeftovers(session: pg.Client): Promise<void> {
  const {rows} = await session.query<{datname: string}>(
    `select datname from pg_database where datname like 'test\\_%'`,
  );
  const dead = rows.filter(({datname}) => !isRunning(Number(datname.split('_')[1])));
  for (const {datname} of dead) await session.query(`drop database ${pg.escapeIdentifier(datname)} with (force)`);
}
