// A database of its own for each test, cloned in a moment from a migrated template. All test processes of a checkout
// share one embedded server: whoever comes first starts it (database-server.ts), and it ends by itself some seconds
// after the last of them has gone, however they went. Nothing has to be installed, started or cleaned up.
import {createHash, randomBytes} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import pg from 'pg';
import {connectDatabase} from '../../src/db/connect.ts';
import type {EmbeddedConnection} from '../../src/db/embedded.ts';
import {migrate, migrationsDirectory, readMigrations} from '../../src/db/migrate.ts';
import type {OwnerConfig} from '../../src/db/pool.ts';
import {asOwner, type Db} from '../../src/db/transaction.ts';
import {createLog} from '../../src/log.ts';
import {Queue} from '../../src/queue/queue.ts';
import {keepPartitions} from '../../src/store/partitions.ts';
import {queueNames} from '../../src/work/queues.ts';
import {joinTestServer, type TestServer} from './database-session.ts';

export type TestDatabase = AsyncDisposable & {
  readonly db: Db;
  readonly name: string;
  /** A target for `connectDatabase`. */
  readonly connection: EmbeddedConnection;
  /** The same as a DATABASE_URL, for processes that a test starts. */
  readonly url: string;
  /** For pg-boss: the plain settings of `pg`, as owner. */
  readonly ownerConfig: OwnerConfig;
};

let joined: Promise<TestServer> | undefined;
let prepared: Promise<string> | undefined;

/** The shared server; the same one for every call of a process. */
export function testServer(): Promise<TestServer> {
  joined ??= joinTestServer();
  return joined;
}

/**
 * A new, migrated, empty database. `await using database = await testDatabase()` drops it at the end of the block.
 * Costs some 50 to 100 ms.
 */
export async function testDatabase(): Promise<TestDatabase> {
  prepared ??= prepareTemplate();
  const template = await prepared;
  return createDatabase(`template ${template} strategy file_copy`);
}

/** A new database without any table, for tests of migrations themselves. */
export function emptyTestDatabase(): Promise<TestDatabase> {
  return createDatabase('template template1 strategy file_copy');
}

async function createDatabase(how: string): Promise<TestDatabase> {
  const server = await testServer();
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`;
  await server.run(`create database ${name} ${how}`);
  const connection = {...server.connection, database: name};
  const db = await connectDatabase({connection}, {applicationName: name});
  return {
    db,
    name,
    connection,
    url: `postgresql://${connection.user}@localhost/${name}?host=${encodeURIComponent(connection.host)}`,
    ownerConfig: db.ownerConfig,
    async [Symbol.asyncDispose]() {
      await db.close();
      await server.run(`drop database if exists ${name} with (force)`);
    },
  };
}

/** Arbitrary: taken while a template is made, so that processes which start together make it once. */
const templateLock = 20251;

/** The template's name holds the hash of what it is made from: after a change it is simply another one. */
async function prepareTemplate(): Promise<string> {
  const {run, connection} = await testServer();
  const template = `muster_template_${await hashOfIngredients()}`;
  await run(`select pg_advisory_lock(${templateLock})`);
  try {
    const rows = await run<{datname: string}>(
      `select datname from pg_database where starts_with(datname, 'muster_template_') or datname = 'template_draft'`,
    );
    if (rows.some(({datname}) => datname === template)) return template;
    for (const {datname} of rows) await run(`drop database ${pg.escapeIdentifier(datname)} with (force)`);
    await run('create database template_draft strategy file_copy');
    await using db = await connectDatabase({connection: {...connection, database: 'template_draft'}});
    await migrate(db);
    await asOwner(db, tx => keepPartitions(tx, new Date()));
    const queue = new Queue({ownerConfig: db.ownerConfig, db, log: createLog('silent')});
    await queue.start(queueNames);
    await queue.stop(2_000);
    await db.close();
    await run(`alter database template_draft rename to ${template}`);
    return template;
  } finally {
    await run(`select pg_advisory_unlock(${templateLock})`);
  }
}

/** Migrations, the version of pg-boss, and the month for which there are partitions. */
async function hashOfIngredients(): Promise<string> {
  const hash = createHash('sha256');
  hash.update(await readFile(new URL('../../package.json', import.meta.url)));
  hash.update(new Date().toISOString().slice(0, 7));
  for (const {name, sha256} of await readMigrations(migrationsDirectory)) hash.update(`${name} ${sha256}\n`);
  return hash.digest('hex').slice(0, 16);
}
