import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {getMigrations} from 'better-auth/db/migration';
import {sql} from 'kysely';
import {type TestDatabase, testDatabase} from '../../test/support/database.ts';
import {isUniqueViolation} from '../db/sqlstate.ts';
import {asOwner, inCompany} from '../db/transaction.ts';
import {silentLog} from '../log.ts';
import {listApiKeys} from '../store/api-keys.ts';
import {findFirstCompany} from '../store/companies.ts';
import {listConnections} from '../store/connections.ts';
import {createApiKey, removeApiKey} from './api-key.ts';
import {type Auth, actorOf} from './authenticate.ts';
import {createCompany} from './company.ts';
import {claimOwner, ownerLink} from './owner.ts';
import {createSignIn, originsOf} from './sign-in.ts';

const publicUrl = 'http://localhost:8080';
let database: TestDatabase;
let auth: Auth;
before(async () => {
  database = await testDatabase();
  const options = {db: database.db, log: silentLog, secretKey: Buffer.alloc(32, 1), publicUrl};
  auth = {db: database.db, signIn: createSignIn(options)};
});
after(() => database[Symbol.asyncDispose]());

const bearer = (key: string) => new Headers({authorization: `Bearer ${key}`});
const claim = (token: string) => ({token, name: 'Anna', email: 'Anna@Example.com', password: 'correct horse battery'});

function tokenIn(link: string | undefined): string {
  assert.ok(link);
  return new URL(link).hash.slice(1);
}

test("the migration makes exactly the tables that better-auth's own would", async () => {
  const {toBeCreated, toBeAdded, compileMigrations} = await getMigrations(auth.signIn.options);
  assert.deepEqual(
    {toBeCreated, toBeAdded, sql: await compileMigrations()},
    {toBeCreated: [], toBeAdded: [], sql: ';'},
  );
});

test('the first owner comes by a link that works once, and makes the company where there is none', async () => {
  const first = tokenIn(await ownerLink(database.db, publicUrl));
  const second = tokenIn(await ownerLink(database.db, publicUrl));
  await assert.rejects(claimOwner(database.db, claim('x'.repeat(43))), {code: 'sign_in.link_invalid'});
  const claims = await Promise.allSettled([first, second].map(token => claimOwner(database.db, claim(token))));
  assert.deepEqual(claims.map(({status}) => status).sort(), ['fulfilled', 'rejected']);
  await assert.rejects(claimOwner(database.db, claim(first)), {code: 'sign_in.link_invalid'});
  assert.equal(await ownerLink(database.db, publicUrl), undefined);
});

test('a link that has expired is refused', async () => {
  await using fresh = await testDatabase();
  const token = tokenIn(await ownerLink(fresh.db, publicUrl));
  await asOwner(fresh.db, tx => sql`update auth.owner_links set expires_at = now()`.execute(tx));
  await assert.rejects(claimOwner(fresh.db, claim(token)), {code: 'sign_in.link_invalid'});
});

test('who signs in with the password is a member of the company, until signing out', async () => {
  const request = (path: string, headers: Record<string, string>, body: object) =>
    auth.signIn.handler(
      new Request(`${publicUrl}/api/auth${path}`, {
        method: 'POST',
        headers: {'content-type': 'application/json', origin: publicUrl, ...headers},
        body: JSON.stringify(body),
      }),
    );
  const signedIn = await request('/sign-in/email', {}, {email: 'ANNA@example.com', password: 'correct horse battery'});
  assert.equal(signedIn.status, 200);
  const cookie = signedIn.headers
    .getSetCookie()
    .map(one => one.split(';')[0])
    .join('; ');
  const company = await asOwner(database.db, findFirstCompany);
  const actor = await actorOf(auth, new Headers({cookie}));
  assert.match(actor?.id ?? '', /^usr_/);
  assert.deepEqual(actor, {companyId: company?.id, role: 'owner', id: actor?.id, userId: actor?.id});
  await request('/sign-out', {cookie}, {});
  assert.equal(await actorOf(auth, new Headers({cookie})), undefined);
});

test('nobody can sign up', async () => {
  const body = JSON.stringify({name: 'Eve', email: 'eve@example.com', password: 'correct horse battery'});
  const headers = {'content-type': 'application/json', origin: publicUrl};
  const answer = await auth.signIn.handler(
    new Request(`${publicUrl}/api/auth/sign-up/email`, {method: 'POST', headers, body}),
  );
  assert.equal(answer.status, 400);
});

test('muster_app cannot read the tables of sign-in', async () => {
  const company = await createCompany(database.db, 'Curious');
  await assert.rejects(
    inCompany(database.db, company.id, tx => sql`select email from auth.users`.execute(tx)),
    {code: '42501'},
  );
});

test('a new company has its directory, connected', async () => {
  const company = await createCompany(database.db, 'Directory Ltd');
  const {items} = await inCompany(database.db, company.id, tx => listConnections(tx, {limit: 5}));
  assert.deepEqual(
    items.map(({name, connector, status}) => ({name, connector, status})),
    [{name: 'Directory', connector: 'directory', status: 'connected'}],
  );
  await assert.rejects(createCompany(database.db, 'DIRECTORY Ltd'), error =>
    isUniqueViolation(error, 'companies_name'),
  );
});

test('an API key acts with its role in its company, until it is revoked or expires', async () => {
  const company = await createCompany(database.db, 'Keys Ltd');
  const make = (expiresAt?: Date) =>
    inCompany(database.db, company.id, tx => createApiKey(tx, 'usr_test', {name: 'CI', role: 'operator', expiresAt}));
  const {id, key} = await make();
  assert.match(key, /^muster_[\w-]{43}$/);
  assert.deepEqual(await actorOf(auth, bearer(key)), {companyId: company.id, role: 'operator', id});
  const expired = await make(new Date(Date.now() - 1000));
  assert.equal(await actorOf(auth, bearer(expired.key)), undefined);
  await inCompany(database.db, company.id, tx => removeApiKey(tx, 'usr_test', id));
  assert.equal(await actorOf(auth, bearer(key)), undefined);
  const {items} = await inCompany(database.db, company.id, tx => listApiKeys(tx, {limit: 5}));
  assert.equal(items.length, 2, 'revoked and expired keys stay nameable');
});

test('the last use of a key is noted once a minute', async () => {
  const company = await createCompany(database.db, 'Busy Ltd');
  const {key} = await inCompany(database.db, company.id, tx =>
    createApiKey(tx, 'usr_test', {name: 'CI', role: 'viewer'}),
  );
  const lastUse = async () => {
    const {items} = await inCompany(database.db, company.id, tx => listApiKeys(tx, {limit: 1}));
    return items[0]?.lastUsedAt?.getTime() ?? 0;
  };
  assert.equal(await lastUse(), 0);
  await actorOf(auth, bearer(key));
  const first = await lastUse();
  assert.ok(first > 0);
  await actorOf(auth, bearer(key));
  assert.equal(await lastUse(), first);
  await asOwner(database.db, tx =>
    sql`update api_keys set last_used_at = last_used_at - interval '61 seconds'`.execute(tx),
  );
  await actorOf(auth, bearer(key));
  assert.ok((await lastUse()) > first - 61_000);
});

test('what is no key of ours is nobody', async () => {
  for (const authorization of [
    'Bearer ',
    'Bearer nonsense',
    'Basic bXVzdGVyXw==',
    'muster_x',
    `Bearer muster_${'x'.repeat(43)}`,
  ]) {
    assert.equal(await actorOf(auth, new Headers({authorization})), undefined);
  }
  assert.equal(await actorOf(auth, new Headers({cookie: 'muster.session_token=forged.value'})), undefined);
});

test('localhost and 127.0.0.1 are the same place, other hosts only themselves', () => {
  assert.deepEqual(originsOf('http://localhost:8080'), ['http://localhost:8080', 'http://127.0.0.1:8080']);
  assert.deepEqual(originsOf('https://muster.example.com'), ['https://muster.example.com']);
});
