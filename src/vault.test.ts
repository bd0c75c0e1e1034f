import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {sql} from 'kysely';
import {type TestDatabase, testDatabase} from '../test/support/database.ts';
import {type CompanyTx, inCompany} from './db/transaction.ts';
import {isError} from './errors.ts';
import {newId} from './std/ids.ts';
import {insertCompany} from './store/companies.ts';
import {insertConnection} from './store/connections.ts';
import {createVault} from './vault.ts';

const key = Buffer.alloc(32, 1);
let database: TestDatabase;
let companyId: string;
let other: string;
before(async () => {
  database = await testDatabase();
  companyId = (await createCompany('Orchard')).id;
  other = (await createCompany('Vineyard')).id;
});
after(() => database[Symbol.asyncDispose]());

const createCompany = (name: string) => inCompany(database.db, newId('co'), tx => insertCompany(tx, name));

const within = <T>(work: (tx: CompanyTx) => Promise<T>, company = companyId) => inCompany(database.db, company, work);

function connect(name: string): Promise<string> {
  return within(async tx => {
    const connection = {id: newId('con'), name, connector: 'directory', settings: {}, status: 'connected'} as const;
    return (await insertConnection(tx, {...connection, reason: null})).id;
  });
}

test('secrets come back as they went in, are replaced by name and removed when empty', async () => {
  const vault = createVault(key);
  const id = await connect('A');
  await within(tx => vault.seal(tx, companyId, id, {apiKey: 'k-1', password: 'pässwort 🔑'}));
  assert.deepEqual(await within(tx => vault.open(tx, companyId, id)), {apiKey: 'k-1', password: 'pässwort 🔑'});
  await within(tx => vault.seal(tx, companyId, id, {apiKey: 'k-2', password: ''}));
  assert.deepEqual(await within(tx => createVault(key).open(tx, companyId, id)), {apiKey: 'k-2'});
});

test('nothing readable is stored, and the same secret never looks the same', async () => {
  const vault = createVault(key);
  const id = await connect('B');
  await within(tx => vault.seal(tx, companyId, id, {one: 'hunter2', two: 'hunter2'}));
  const {rows} = await within(tx =>
    sql<{sealed: Buffer}>`select sealed from secrets where connection_id = ${id}`.execute(tx),
  );
  assert.equal(rows.length, 2);
  assert.ok(rows.every(({sealed}) => !sealed.includes('hunter2')));
  assert.notDeepEqual(rows[0]?.sealed.subarray(29), rows[1]?.sealed.subarray(29));
});

test('a sealed secret copied to another name or connection does not open', async () => {
  const vault = createVault(key);
  const [from, to] = [await connect('C'), await connect('D')];
  await within(tx => vault.seal(tx, companyId, from, {apiKey: 'k-1'}));
  await within(tx => sql`update secrets set name = 'password' where connection_id = ${from}`.execute(tx));
  await assert.rejects(
    within(tx => vault.open(tx, companyId, from)),
    error => isError(error, 'config.invalid'),
  );
  await within(tx =>
    sql`update secrets set name = 'apiKey', connection_id = ${to} where connection_id = ${from}`.execute(tx),
  );
  await assert.rejects(
    within(tx => vault.open(tx, companyId, to)),
    error => isError(error, 'config.invalid'),
  );
});

test('with another secret key nothing opens, and the error says which setting is wrong', async () => {
  const id = await connect('E');
  await within(tx => createVault(key).seal(tx, companyId, id, {apiKey: 'k-1'}));
  const foreign = createVault(Buffer.alloc(32, 2));
  await assert.rejects(
    within(tx => foreign.open(tx, companyId, id)),
    /MUSTER_SECRET_KEY/,
  );
});

test('hashes are the same for the same text in one company, in every process, and differ between companies', async () => {
  const hash = await within(tx => createVault(key).hasher(tx, companyId));
  const again = await within(tx => createVault(key).hasher(tx, companyId));
  const elsewhere = await within(tx => createVault(key).hasher(tx, other), other);
  assert.equal(hash('anna@example.com').length, 16);
  assert.deepEqual(hash('anna@example.com'), again('anna@example.com'));
  assert.notDeepEqual(hash('anna@example.com'), elsewhere('anna@example.com'));
  assert.notDeepEqual(hash('anna@example.com'), hash('anna@example.org'));
});

test('a data key made in a transaction that was rolled back is not remembered', async () => {
  const vault = createVault(key);
  const fresh = (await createCompany('Meadow')).id;
  const lost = within(async tx => {
    await vault.hasher(tx, fresh);
    await vault.hasher(tx, fresh); // the second time it is found, but still only in this transaction
    throw new Error('rolled back');
  }, fresh);
  await assert.rejects(lost, /rolled back/);
  const hash = await within(tx => vault.hasher(tx, fresh), fresh);
  const inAnotherProcess = await within(tx => createVault(key).hasher(tx, fresh), fresh);
  assert.deepEqual(hash('x'), inAnotherProcess('x'));
});

test('two that make the first data key at once end up with the same one', async () => {
  const fresh = (await createCompany('Forest')).id;
  const hashers = await Promise.all([1, 2, 3].map(() => within(tx => createVault(key).hasher(tx, fresh), fresh)));
  assert.equal(new Set(hashers.map(hash => hash('x').toString('hex'))).size, 1);
});
