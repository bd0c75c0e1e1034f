import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {publicUrl, type TestApi, testApi} from '../../test/support/api.ts';
import {ownerLink} from '../auth/owner.ts';
import {apiKey, apiKeyCreated, session} from './contract/account.ts';

let api: TestApi;
let as: string;
before(async () => {
  api = await testApi();
  as = await api.key('owner');
});
after(() => api[Symbol.asyncDispose]());

test('API keys refuse without sign-in', async () => {
  assert.equal((await api.ask('GET /api-keys')).status, 401);
});

test("a key is not found by another company's owner", async () => {
  const {body} = await api.ask('POST /api-keys', {as, json: {name: 'Mine', role: 'viewer'}});
  const stranger = await api.key('owner', api.otherCompanyId);
  assert.equal((await api.ask(`DELETE /api-keys/${body.id}`, {as: stranger})).status, 404);
});

test('a new key is shown once and works until it is revoked', async () => {
  const expiresAt = new Date(Date.now() + 60_000).toISOString();
  const made = await api.ask('POST /api-keys', {as, json: {name: 'CI', role: 'operator', expiresAt}});
  assert.equal(made.status, 201);
  const {key, id, ...rest} = apiKeyCreated.strict().parse(made.body);
  assert.deepEqual([rest.name, rest.role, rest.expiresAt, rest.revokedAt], ['CI', 'operator', expiresAt, null]);
  assert.equal((await api.ask('GET /session', {as: key})).body.role, 'operator');
  assert.equal((await api.ask(`DELETE /api-keys/${id}`, {as})).status, 204);
  assert.equal((await api.ask('GET /session', {as: key})).status, 401);
  const {items, text} = {
    ...(await api.ask('GET /api-keys', {as})).body,
    text: JSON.stringify((await api.ask('GET /api-keys', {as})).body),
  };
  assert.ok(apiKey.strict().parse(items.find((item: {id: string}) => item.id === id)).revokedAt);
  assert.ok(!text.includes('muster_'));
});

test('a key cannot own the company', async () => {
  const {status, body} = await api.ask('POST /api-keys', {as, json: {name: 'Root', role: 'owner'}});
  assert.deepEqual([status, body.error.issues[0].field], [400, 'role']);
});

test('the session of a key names the company and its rights, and no user', async () => {
  const {body} = await api.ask('GET /session', {as: await api.key('auditor')});
  assert.deepEqual(session.strict().parse(body), {
    user: null,
    company: {id: api.companyId, name: 'Orchard'},
    role: 'auditor',
    rights: ['read', 'audit', 'metrics'],
  });
});

test('the one-time link makes the owner, who can then sign in', async () => {
  const token = new URL((await ownerLink(api.hub.db, publicUrl)) ?? '').hash.slice(1);
  const json = {token, name: 'Anna', email: 'anna@example.com', password: 'correct horse battery'};
  assert.equal((await api.ask('POST /owner', {json: {...json, password: 'short'}})).status, 400);
  assert.equal((await api.ask('POST /owner', {json})).status, 204);
  const again = await api.ask('POST /owner', {json});
  assert.deepEqual([again.status, again.body.error.code], [410, 'sign_in.link_invalid']);
  const {email, password} = json;
  const headers = {'content-type': 'application/json', origin: publicUrl};
  const signedIn = await api.send('POST /api/auth/sign-in/email', {headers, body: JSON.stringify({email, password})});
  assert.equal(signedIn.status, 204);
});
