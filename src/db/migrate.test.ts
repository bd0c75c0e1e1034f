import assert from 'node:assert/strict';
import {test} from 'node:test';
import {sql} from 'kysely';
import {emptyTestDatabase, testDatabase, testServer} from '../../test/support/database.ts';
import {migrationFolder} from '../../test/support/migration-folder.ts';
import {isError} from '../errors.ts';
import {connectDatabase} from './connect.ts';
import {migrate} from './migrate.ts';
import {asOwner, type Tx} from './transaction.ts';

const two = {
  '0001-first.sql': 'create table first (id int); insert into first values (1);',
  '0002-second.sql': 'alter table first add column name text;',
};

async function tableNames(tx: Tx): Promise<readonly string[]> {
  const {rows} = await sql<{name: string}>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`.execute(
    tx,
  );
  return rows.map(({name}) => name);
}

test('files are applied in order, once, and only they count', async () => {
  await using folder = await migrationFolder({...two, 'README.md': 'not sql', '3-unnumbered.sql': 'nonsense'});
  await using database = await emptyTestDatabase();
  const directory = folder.path;
  assert.deepEqual(await migrate(database.db, {directory}), {applied: ['0001-first', '0002-second']});
  assert.deepEqual(await migrate(database.db, {directory}), {applied: []});
  await folder.write('0003-third.sql', 'create table third (id int)');
  assert.deepEqual(await migrate(database.db, {directory}), {applied: ['0003-third']});
});

test('the schema of Muster applies to an empty database', async () => {
  await using database = await testDatabase();
  assert.deepEqual(await migrate(database.db), {applied: []});
  assert.ok((await asOwner(database.db, tableNames)).includes('companies'));
});

test('a file that fails is undone as a whole, those before it stay, and it can be mended', async () => {
  await using folder = await migrationFolder({...two, '0003-third.sql': 'create table third (id int); select 1/0;'});
  await using database = await emptyTestDatabase();
  await assert.rejects(migrate(database.db, {directory: folder.path}), /division by zero/);
  assert.deepEqual(await asOwner(database.db, tableNames), ['first', 'migrations']);
  await folder.write('0003-third.sql', 'create table third (id int)');
  assert.deepEqual((await migrate(database.db, {directory: folder.path})).applied, ['0003-third']);
});

test('processes that start at once take turns', async () => {
  await using folder = await migrationFolder(two);
  await using database = await emptyTestDatabase();
  await using other = await connectDatabase(database);
  const runs = [database.db, other, database.db].map(db => migrate(db, {directory: folder.path}));
  const applied = (await Promise.all(runs)).map(run => run.applied.length);
  assert.deepEqual(applied.sort(), [0, 0, 2]);
});

test('an edited file is refused, another line ending is not an edit', async () => {
  await using folder = await migrationFolder(two);
  await using database = await emptyTestDatabase();
  await folder.write('0001-first.sql', 'create table first\n(id int);');
  await migrate(database.db, {directory: folder.path});
  await folder.write('0001-first.sql', 'create table first\r\n(id int);');
  assert.deepEqual((await migrate(database.db, {directory: folder.path})).applied, []);
  await folder.write('0001-first.sql', 'create table first (id bigint)');
  await assert.rejects(migrate(database.db, {directory: folder.path}), error => {
    assert.ok(isError(error, 'database.migration_edited'));
    assert.match(error.message, /0001-first/);
    return true;
  });
});

test('a file slipped in between is refused', async () => {
  await using folder = await migrationFolder({'0001-first.sql': 'select 1', '0003-third.sql': 'select 3'});
  await using database = await emptyTestDatabase();
  await migrate(database.db, {directory: folder.path});
  await folder.write('0002-second.sql', 'select 2');
  const refused = migrate(database.db, {directory: folder.path});
  await assert.rejects(refused, error => isError(error, 'database.migration_edited'));
});

test('a database of a newer Muster is refused, both versions named', async () => {
  await using folder = await migrationFolder(two);
  await using database = await emptyTestDatabase();
  await migrate(database.db, {directory: folder.path});
  await folder.remove('0002-second.sql');
  await assert.rejects(migrate(database.db, {directory: folder.path}), error => {
    assert.ok(isError(error, 'database.schema_newer'));
    assert.deepEqual(error.params, {found: '0002-second', known: '0001-first'});
    return true;
  });
});

test('an aborted migration applies nothing more, and the lock is free again', async () => {
  await using folder = await migrationFolder(two);
  await using database = await emptyTestDatabase();
  const stopped = migrate(database.db, {directory: folder.path, signal: AbortSignal.abort(new Error('enough'))});
  await assert.rejects(stopped, /enough/);
  assert.equal((await migrate(database.db, {directory: folder.path})).applied.length, 2);
});

test('an ordinary owner migrates once muster_app is granted to it, and is refused before', async () => {
  await using folder = await migrationFolder(two);
  await using database = await emptyTestDatabase();
  await migrate(database.db, {directory: folder.path}); // makes muster_app, if this is the server's first migration
  await using plain = await emptyTestDatabase();
  const server = await testServer();
  const owner = `owner_${plain.name}`;
  await server.run(`create role ${owner} login; alter database ${plain.name} owner to ${owner}`);
  try {
    await using db = await connectDatabase({connection: {...plain.connection, user: owner}});
    const refused = migrate(db, {directory: folder.path});
    await assert.rejects(refused, error => isError(error, 'database.role_unsafe'));
    await server.run(`grant muster_app to ${owner}`);
    assert.equal((await migrate(db, {directory: folder.path})).applied.length, 2);
  } finally {
    await server.run(`alter database ${plain.name} owner to muster_owner`);
    await plain[Symbol.asyncDispose]();
    await server.run(`drop role ${owner}`);
  }
});
