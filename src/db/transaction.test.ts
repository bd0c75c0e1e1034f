import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {sql} from 'kysely';
import {emptyTestDatabase, type TestDatabase, testServer} from '../../test/support/database.ts';
import {migrationFolder} from '../../test/support/migration-folder.ts';
import {isError} from '../errors.ts';
import {connectDatabase} from './connect.ts';
import {migrate} from './migrate.ts';
import {isForeignKeyViolation, isUniqueViolation} from './sqlstate.ts';
import {asOwner, type CompanyTx, inCompany, type Tx} from './transaction.ts';

/** A schema of its own, so that these tests hold whatever the tables of Muster become. */
async function notebook(): Promise<TestDatabase> {
  const database = await emptyTestDatabase();
  await using folder = await migrationFolder({
    '0001-notes.sql': `
      create table notes (company_id text not null, id text primary key, body text, parent_id text references notes (id));
      alter table notes enable row level security, force row level security;
      create policy company on notes using (company_id = current_setting('muster.company_id', true)
        or (current_setting('muster.company_id', true) = '*' and current_user <> 'muster_app'));
      grant select, insert, update on notes to muster_app;`,
  });
  await migrate(database.db, {directory: folder.path});
  return database;
}

/** Ids are unique over all companies: each test has companies, and by their names notes, of its own. */
const addNote = (tx: CompanyTx, id = `note_of_${tx.companyId}`) =>
  sql`insert into notes (company_id, id, body) values (${tx.companyId}, ${id}, 'Anna SECRET')`.execute(tx);

async function noteIds(tx: Tx): Promise<readonly string[]> {
  const {rows} = await sql<{id: string}>`select id from notes order by id`.execute(tx);
  return rows.map(({id}) => id);
}

let database: TestDatabase;
before(async () => {
  database = await notebook();
});
after(() => database[Symbol.asyncDispose]());

test('a company sees and writes its own rows only, the owner sees all', async () => {
  const {db} = database;
  await inCompany(db, 'apple', tx => addNote(tx));
  await inCompany(db, 'berry', tx => addNote(tx));
  assert.deepEqual(await inCompany(db, 'apple', noteIds), ['note_of_apple']);
  assert.deepEqual(await inCompany(db, 'berry', noteIds), ['note_of_berry']);
  const all = await asOwner(db, noteIds);
  assert.ok(all.includes('note_of_apple') && all.includes('note_of_berry'));
  const foreign = inCompany(db, 'apple', tx =>
    sql`insert into notes (company_id, id) values ('berry', 'note_2')`.execute(tx),
  );
  await assert.rejects(foreign, /row-level security/);
});

test('the company is forgotten with its transaction, on the same session', async () => {
  await using db = await connectDatabase(database, {appPoolSize: 1});
  await inCompany(db, 'cherry', tx => addNote(tx));
  const client = await db.acquire('app');
  const {rows} = await client.query(`select current_user as who, current_setting('muster.company_id', true) as company,
    (select count(*) from notes) as seen`);
  client.release();
  assert.deepEqual(rows, [{who: 'muster_app', company: '', seen: 0}]);
});

test('what Kysely compiles runs inside the transaction, and counts what it changed', async () => {
  const seen = await inCompany(database.db, 'damson', async tx => {
    await addNote(tx);
    const {rows} = await sql`update notes set body = 'x' returning id`.execute(tx);
    const result = await tx.executeQuery(sql`update notes set body = 'y'`.compile(tx));
    return [rows.length, result.numAffectedRows, tx.isTransaction];
  });
  assert.deepEqual(seen, [1, 1n, true]);
});

test('what throws inside is thrown on and nothing of it is saved', async () => {
  const reason = new Error('changed my mind');
  const failing = inCompany(database.db, 'elder', async tx => {
    await addNote(tx);
    throw reason;
  });
  await assert.rejects(failing, error => error === reason);
  assert.deepEqual(await inCompany(database.db, 'elder', noteIds), []);
});

test('a failed statement that is swallowed inside never counts as saved', async () => {
  const swallowing = inCompany(database.db, 'fig', async tx => {
    await addNote(tx);
    await addNote(tx).catch(() => {});
  });
  await assert.rejects(swallowing, error => isError(error, 'bug.unexpected'));
  assert.deepEqual(await inCompany(database.db, 'fig', noteIds), []);
});

test('an existing row and a missing one are told apart, without quoting the row', async () => {
  const twice = inCompany(database.db, 'grape', async tx => {
    await addNote(tx);
    await addNote(tx);
  });
  await assert.rejects(twice, error => {
    assert.equal(isUniqueViolation(error), true);
    assert.equal(isUniqueViolation(error, 'notes_pkey'), true);
    assert.equal(isUniqueViolation(error, 'notes_body'), false);
    assert.equal(isForeignKeyViolation(error), false);
    assert.doesNotMatch(JSON.stringify(error), /note_of|SECRET/);
    return true;
  });
  const orphan = inCompany(database.db, 'grape', tx =>
    sql`insert into notes (company_id, id, parent_id) values (${tx.companyId}, 'note_3', 'note_9')`.execute(tx),
  );
  await assert.rejects(orphan, error => isForeignKeyViolation(error, 'notes_parent_id_fkey'));
});

for (const companyId of ['*', '', "a' or true --", 'a\0b', 'a b']) {
  test(`${JSON.stringify(companyId)} is refused as a company`, async () => {
    await assert.rejects(inCompany(database.db, companyId, noteIds), error => isError(error, 'bug.unexpected'));
  });
}

test('a transaction inside a transaction is refused at once', async () => {
  const {db} = database;
  for (const inner of [() => asOwner(db, noteIds), () => inCompany(db, 'hazel', noteIds)]) {
    await assert.rejects(inCompany(db, 'hazel', inner), error => isError(error, 'bug.unexpected'));
    await assert.rejects(asOwner(db, inner), error => isError(error, 'bug.unexpected'));
  }
});

test('work begun inside a transaction may open its own once that one is over', async () => {
  const {db} = database;
  const over = Promise.withResolvers<void>();
  const begun = await inCompany(db, 'hazel', async () => ({
    later: over.promise.then(() => inCompany(db, 'hazel', noteIds)),
  }));
  over.resolve();
  assert.deepEqual(await begun.later, []);
});

test('a statement after the end is refused: the session may serve another company by then', async () => {
  const escaped: Tx[] = [];
  await inCompany(database.db, 'iris', async tx => {
    escaped.push(tx);
  });
  for (const tx of escaped) await assert.rejects(noteIds(tx), error => isError(error, 'bug.unexpected'));
});

test('a connection cut in the middle is trouble that passes, and the process lives on', async () => {
  const server = await testServer();
  const cut = inCompany(database.db, 'juniper', async tx => {
    const {rows} = await sql<{pid: number}>`select pg_backend_pid() as pid`.execute(tx);
    await addNote(tx);
    await server.run(`select pg_terminate_backend(${rows[0]?.pid}, 5000)`);
    await noteIds(tx);
  });
  await assert.rejects(cut, error => isError(error, 'database.busy') && error.kind === 'transient');
  assert.deepEqual(await inCompany(database.db, 'juniper', noteIds), []);
});

test('idle sessions that are cut are replaced', async () => {
  await inCompany(database.db, 'kiwi', noteIds);
  const server = await testServer();
  await server.run(`select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '${database.name}'`);
  // The news of the cut may still be on its way when the next transaction starts: then that one is told to try again.
  const next = await inCompany(database.db, 'kiwi', noteIds).catch((error: unknown) => error);
  assert.ok(Array.isArray(next) || isError(next, 'database.busy'));
  assert.deepEqual(await inCompany(database.db, 'kiwi', noteIds), []);
});

test('with every session in use the next one waits, then hears that the database is busy', async () => {
  await using db = await connectDatabase(database, {appPoolSize: 1, connectTimeoutMs: 200});
  const {promise, resolve} = Promise.withResolvers<void>();
  const holding = inCompany(db, 'lemon', () => promise);
  await assert.rejects(inCompany(db, 'lemon', noteIds), error => isError(error, 'database.busy'));
  resolve();
  await holding;
});

test('of two transactions that wait for each other one goes on, the other is told to try again', async () => {
  const {db} = database;
  await inCompany(db, 'mango', async tx => {
    await addNote(tx, 'left');
    await addNote(tx, 'right');
  });
  const touch = (tx: Tx, id: string) => sql`update notes set body = 'x' where id = ${id}`.execute(tx);
  const hasLeft = Promise.withResolvers<void>();
  const hasRight = Promise.withResolvers<void>();
  const leftFirst = inCompany(db, 'mango', async tx => {
    await touch(tx, 'left');
    hasLeft.resolve();
    await hasRight.promise;
    await touch(tx, 'right');
  });
  const rightFirst = inCompany(db, 'mango', async tx => {
    await touch(tx, 'right');
    hasRight.resolve();
    await hasLeft.promise;
    await touch(tx, 'left');
  });
  const outcomes = await Promise.allSettled([leftFirst, rightFirst]);
  const failed = outcomes.filter(outcome => outcome.status === 'rejected');
  assert.equal(failed.length, 1);
  assert.ok(isError(failed[0]?.reason, 'database.busy'));
});
