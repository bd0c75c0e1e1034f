// Brings a database to the schema of this version: numbered SQL files, forward only, each in one transaction together
// with its row in `migrations`, so that a file has happened wholly or not at all. Processes that start at once take turns.
import {createHash} from 'node:crypto';
import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type pg from 'pg';
import {MusterError} from '../errors.ts';
import {ensureAppRole} from './role.ts';
import {asStatementError} from './sqlstate.ts';
import type {Db} from './transaction.ts';

export type MigrateOptions = {
  /** Where the files `0001-name.sql`, `0002-name.sql`… are. Default: `migrations` beside this file. */
  readonly directory?: string;
  readonly signal?: AbortSignal;
};

export type Migrated = {
  /** Names of the files applied now, in order; empty when there was nothing to do. */
  readonly applied: readonly string[];
};

/** The schema of this version. */
export const migrationsDirectory = fileURLToPath(new URL('migrations', import.meta.url));

/**
 * Makes the role `muster_app` if it is missing, applies what has not been applied, and checks that a session under
 * `muster_app` can be opened. Cheap when there is nothing to do. Statements that cannot run in a transaction
 * (`create index concurrently`) have no place in a file.
 * @throws MusterError `database.schema_newer`, `database.migration_edited`, `database.role_unsafe`; an error of a
 *   statement as PostgreSQL gave it, everything of that file undone
 */
export async function migrate(db: Db, options: MigrateOptions = {}): Promise<Migrated> {
  const {directory = migrationsDirectory, signal} = options;
  const known = await readMigrations(directory);
  const session = await db.acquire('owner');
  let applied: readonly string[];
  try {
    applied = await migrateAlone(session, known, signal);
  } catch (error) {
    session.release(true); // also gives the lock back
    throw asStatementError(error, false);
  }
  session.release(true);
  (await db.acquire('app')).release();
  return {applied};
}

type Migration = {readonly name: string; readonly text: string; readonly sha256: string};

/** The files of a directory in the order of their numbers. */
export async function readMigrations(directory: string): Promise<readonly Migration[]> {
  const names = (await readdir(directory)).filter(name => /^\d{4}-[\w-]+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async name => {
      const text = await readFile(join(directory, name), 'utf8');
      return {name: name.slice(0, -'.sql'.length), text, sha256: fingerprint(text)};
    }),
  );
}

/** Line endings do not count: git may turn them on a checkout, and the statements stay the same. */
function fingerprint(text: string): string {
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
}

// Any fixed number, taken by nobody else: the letters of "muster" as a bigint.
const lockKey = '120390020359538';

async function migrateAlone(
  session: pg.PoolClient,
  known: readonly Migration[],
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  await session.query(`select pg_advisory_lock(${lockKey})`);
  await ensureAppRole(session);
  await session.query(
    `create table if not exists migrations (
       name text collate "C" primary key, sha256 text not null, applied_at timestamptz not null default now())`,
  );
  const {rows: done} = await session.query<Done>('select name, sha256 from migrations order by name');
  const pending = refuseForeign(known, done);
  for (const migration of pending) {
    signal?.throwIfAborted();
    await apply(session, migration);
  }
  return pending.map(({name}) => name);
}

type Done = {readonly name: string; readonly sha256: string};

/** What is still to do, after making sure that what was done is what these files say, in their order. */
function refuseForeign(known: readonly Migration[], done: readonly Done[]): readonly Migration[] {
  const latest = known.at(-1)?.name ?? '';
  const found = done.at(-1)?.name ?? '';
  if (found > latest) throw new MusterError('database.schema_newer', {params: {found, known: latest}});
  for (const [index, {name, sha256}] of done.entries()) {
    const same = known[index]?.name === name && known[index].sha256 === sha256;
    if (!same) throw new MusterError('database.migration_edited', {params: {name}});
  }
  return known.slice(done.length);
}

async function apply(session: pg.PoolClient, {name, text, sha256}: Migration): Promise<void> {
  await session.query('begin');
  await session.query(text);
  await session.query('insert into migrations (name, sha256) values ($1, $2)', [name, sha256]);
  await session.query('commit');
}
