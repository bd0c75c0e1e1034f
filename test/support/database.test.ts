import assert from 'node:assert/strict';
import {test} from 'node:test';
import {sql} from 'kysely';
import {connectDatabase} from '../../src/db/connect.ts';
import {asOwner, inCompany} from '../../src/db/transaction.ts';
import {testDatabase, testServer} from './database.ts';

test('each test gets a migrated database of its own, which is gone afterwards', async () => {
  const names: string[] = [];
  {
    await using first = await testDatabase();
    await using second = await testDatabase();
    names.push(first.name, second.name);
    await asOwner(first.db, tx => tx.insertInto('companies').values({id: 'cmp_1', name: 'Orchard'}).execute());
    const inFirst = await inCompany(first.db, 'cmp_1', tx => tx.selectFrom('companies').select('name').execute());
    const inSecond = await inCompany(second.db, 'cmp_1', tx => tx.selectFrom('companies').select('name').execute());
    assert.deepEqual([inFirst, inSecond], [[{name: 'Orchard'}], []]);
  }
  const {run} = await testServer();
  const left = await run(`select datname from pg_database where datname in ('${names.join("', '")}')`);
  assert.deepEqual(left, []);
});

test('a session that a test forgot does not keep its database from going', async () => {
  const database = await testDatabase();
  const forgotten = await connectDatabase(database);
  await asOwner(forgotten, tx => sql`select 1`.execute(tx));
  await database[Symbol.asyncDispose]();
  await forgotten.close();
});
