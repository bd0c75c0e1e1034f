import assert from 'node:assert/strict';
import {readFile, writeFile} from 'node:fs/promises';
import {after, before, test} from 'node:test';
import {sql} from 'kysely';
import {type TestDatabase, testDatabase, testServer} from '../../test/support/database.ts';
import {type ErrorCode, isError} from '../errors.ts';
import {connectDatabase, refuseUnfit} from './connect.ts';
import {Database} from './pool.ts';
import {inCompany} from './transaction.ts';

let database: TestDatabase;
before(async () => {
  database = await testDatabase();
});
after(() => database[Symbol.asyncDispose]());

async function refuses(url: string, code: ErrorCode): Promise<void> {
  await assert.rejects(connectDatabase({url}, {connectTimeoutMs: 2000}), error => {
    assert.ok(isError(error, code), String(error));
    assert.doesNotMatch(`${error.message} ${error.hint}`, /hunter2|\{\w+\}/);
    return true;
  });
}

test('a URL leads to the same database as the embedded connection', async () => {
  await using db = await connectDatabase({url: database.url});
  const {rows} = await inCompany(db, 'cmp_1', tx =>
    sql`select current_database() as name, current_user as who, current_setting('application_name') as app`.execute(tx),
  );
  assert.deepEqual(rows, [{name: database.name, who: 'muster_app', app: 'muster'}]);
});

test('nothing in the URL can undo the role, and its own options are kept', async () => {
  const url = `${database.url}&options=${encodeURIComponent('-c role=muster_owner -c work_mem=7MB')}`;
  await using db = await connectDatabase({url});
  const {rows} = await inCompany(db, 'cmp_1', tx =>
    sql`select current_user as who, current_setting('work_mem') as memory`.execute(tx),
  );
  assert.deepEqual(rows, [{who: 'muster_app', memory: '7MB'}]);
});

test('what is no address at all is a problem of the settings', () => refuses('not a url', 'config.invalid'));

test('a server that is not there is named', async () => {
  await refuses('postgresql://someone:hunter2@127.0.0.1:1/muster', 'database.unreachable');
  await refuses('postgresql://someone:hunter2@localhost/muster?host=/nonexistent', 'database.unreachable');
  const refused = connectDatabase({url: 'postgresql://someone:hunter2@127.0.0.1:1/muster'});
  await assert.rejects(refused, /127\.0\.0\.1:1/);
});

test('a database that is not there is named', async () => {
  const url = database.url.replace(database.name, 'elsewhere');
  await refuses(url, 'database.missing');
  await assert.rejects(connectDatabase({url}), /no database named elsewhere/);
});

test('a wrong password, a missing one and an unknown user are told apart from a missing server', async () => {
  const {run} = await testServer();
  const user = `scram_${database.name}`;
  const [{file} = {file: ''}] = await run<{file: string}>(`select current_setting('hba_file') as file`);
  const original = await readFile(file, 'utf8');
  await run(`create role ${user} login password 'right'`);
  await writeFile(file, `local all ${user} scram-sha-256\n${original}`);
  try {
    await run('select pg_reload_conf()');
    const as = (login: string) => database.url.replace('//muster_owner@', `//${login}@`);
    await isEnforced(as(`${user}:hunter2`));
    await refuses(as(`${user}:hunter2`), 'database.credentials_rejected');
    await refuses(as(user), 'database.credentials_rejected');
    await refuses(as('nobody_known:hunter2'), 'database.credentials_rejected');
    await using db = await connectDatabase({url: as(`${user}:right`)});
    assert.equal(db.ownerConfig.connectionString?.includes('right'), true);
  } finally {
    await writeFile(file, original);
    await run('select pg_reload_conf()');
    await run(`drop role ${user}`);
  }
});

/** The server reads its rules a moment after it was asked to: tries until they hold. */
async function isEnforced(url: string): Promise<void> {
  for (let tries = 0; tries < 1000; tries += 1) {
    const db = await connectDatabase({url}).catch(() => undefined);
    if (!db) return;
    await db.close();
  }
}

test('a database that can only be read is refused', async () => {
  const {run} = await testServer();
  await run(`alter database ${database.name} set default_transaction_read_only = on`);
  try {
    await refuses(database.url, 'database.read_only');
  } finally {
    await run(`alter database ${database.name} reset default_transaction_read_only`);
  }
});

test('a database that cannot hold every letter is refused', async () => {
  const {run} = await testServer();
  const name = `${database.name}_ascii`;
  await run(`create database ${name} template template0 encoding SQL_ASCII locale 'C' locale_provider libc`);
  try {
    await refuses(database.url.replace(database.name, name), 'database.encoding');
  } finally {
    await run(`drop database ${name} with (force)`);
  }
});

const good = {versionNumber: 150_000, version: '15.0', readOnly: false, encoding: 'UTF8'};
const unfit = [
  [{...good, versionNumber: 140_019, version: '14.19'}, 'database.too_old'],
  [{...good, versionNumber: 90_624, version: '9.6.24'}, 'database.too_old'],
  [{...good, readOnly: true}, 'database.read_only'],
  [{...good, encoding: 'LATIN1'}, 'database.encoding'],
] as const;

for (const [facts, code] of unfit) {
  test(`${JSON.stringify(facts)} is unfit: ${code}`, () => {
    assert.throws(
      () => refuseUnfit(facts),
      error => isError(error, code),
    );
  });
}

test('the oldest version that will do is 15', () => assert.doesNotThrow(() => refuseUnfit(good)));

test('an app session that did not step down from superuser is refused', async () => {
  const settings = {ownerConfig: database.ownerConfig, appPoolSize: 1, ownerPoolSize: 1, connectTimeoutMs: 2000};
  for (const appOptions of ['', '-c role=no_such_role']) {
    await using db = new Database({...settings, appOptions});
    await assert.rejects(
      inCompany(db, 'cmp_1', async () => {}),
      error => isError(error, 'database.role_unsafe'),
    );
  }
});

test('closing twice is closing once, and a closed database serves nobody', async () => {
  const db = await connectDatabase(database);
  await Promise.all([db.close(), db.close()]);
  await assert.rejects(inCompany(db, 'cmp_1', async () => {}));
});
