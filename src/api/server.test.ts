// What all routes have in common: the shape of errors, limits, headers, and requests that a browser was made to send.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {publicUrl, type TestApi, type Told, testApi} from '../../test/support/api.ts';
import {claimOwner, ownerLink} from '../auth/owner.ts';
import {errorBody} from './contract/page.ts';

let api: TestApi;
let as: string;
let cookie: string;
const credentials = {email: 'anna@example.com', password: 'correct horse battery'};
before(async () => {
  api = await testApi();
  as = await api.key('owner');
  const link = await ownerLink(api.hub.db, publicUrl);
  await claimOwner(api.hub.db, {token: new URL(link ?? '').hash.slice(1), name: 'Anna', ...credentials});
  const {headers} = await signIn(credentials);
  cookie = headers
    .getSetCookie()
    .map(one => one.split(';')[0])
    .join('; ');
});
after(() => api[Symbol.asyncDispose]());

function signIn(body: unknown, origin = publicUrl): Promise<Told> {
  const headers = {'content-type': 'application/json', origin};
  return api.send('POST /api/auth/sign-in/email', {headers, body: JSON.stringify(body)});
}

function assertError({status, headers, body}: Told, wantedStatus: number, wantedCode: string): void {
  assert.equal(status, wantedStatus, JSON.stringify(body));
  const {error} = errorBody.parse(body);
  assert.equal(error.code, wantedCode);
  assert.ok(error.message.length > 0 && error.hint.length > 0);
  assert.equal(error.requestId, headers.get('x-request-id'));
}

test('an address that does not exist, and a method that an address does not have, are not found', async () => {
  assertError(await api.ask('GET /nonsense', {as}), 404, 'request.not_found');
  assertError(await api.ask('PUT /runs', {as}), 404, 'request.not_found');
  assertError(await api.send('GET /api/nonsense'), 404, 'request.not_found');
});

test('a body that is not JSON, not said to be JSON, or too large is refused', async () => {
  const send = (body: string, contentType = 'application/json') =>
    api.send('POST /api/v1/api-keys', {headers: {authorization: `Bearer ${as}`, 'content-type': contentType}, body});
  assertError(await send('{"name":'), 400, 'request.not_json');
  assertError(await send(''), 400, 'request.not_json');
  assertError(await send('name=x', 'application/x-www-form-urlencoded'), 415, 'request.media_type');
  assertError(await send(`{"name":"${'x'.repeat(5_000_000)}"}`), 413, 'request.too_large');
  assertError(await send(`${'['.repeat(5000)}${']'.repeat(5000)}`), 400, 'request.invalid');
});

test('a body that comes in pieces is cut off at the limit as well', async () => {
  let pieces = 0;
  const body = new ReadableStream({
    pull(controller) {
      pieces += 1;
      controller.enqueue(new TextEncoder().encode('x'.repeat(1_000_000)));
    },
  });
  const headers = {authorization: `Bearer ${as}`, 'content-type': 'application/json'};
  const init = {headers, body, duplex: 'half'} as RequestInit; // Node wants `duplex` for streams; its type does not know it
  assertError(await api.send('POST /api/v1/api-keys', init), 413, 'request.too_large');
  assert.ok(pieces < 10);
});

test('all that does not fit is said at once, field by field, without repeating values', async () => {
  const told = await api.ask('POST /api-keys', {as, json: {role: 'geheim', expiresAt: 'soon', colour: 'red'}});
  assertError(told, 400, 'request.invalid');
  const issues: {field: string; code: string; message: string}[] = told.body.error.issues;
  assert.deepEqual(issues.map(({field, code}) => `${field} ${code}`).sort(), [
    'colour field.unknown',
    'expiresAt field.format',
    'name field.required',
    'role field.choice',
  ]);
  assert.doesNotMatch(told.text, /geheim|soon/);
});

test('query parameters are held to the contract', async () => {
  assertError(await api.ask('GET /api-keys?limit=201', {as}), 400, 'request.invalid');
  assertError(await api.ask('GET /api-keys?limit=many', {as}), 400, 'request.invalid');
  assert.equal((await api.ask('GET /api-keys?limit=1', {as})).body.items.length, 1);
});

test('every answer carries the headers that keep browsers from misusing it', async () => {
  for (const route of ['GET /api/v1/health', 'GET /api/v1/runs', 'GET /nowhere.png']) {
    const {headers} = await api.send(route);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('x-frame-options'), 'DENY');
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.match(headers.get('x-request-id') ?? '', /^req_/);
    assert.equal(headers.get('strict-transport-security'), null, 'only where the address is https');
  }
});

test('health and readiness need no sign-in', async () => {
  assert.deepEqual((await api.ask('GET /health')).body, {
    status: 'ok',
    version: '0.0.0',
    supportUrl: 'https://help.example.com/',
  });
  const ready = await api.ask('GET /ready');
  assert.deepEqual([ready.status, ready.body], [200, {status: 'ready', database: 'ok'}]);
});

test('signing in gives a cookie that scripts cannot read, and no token in the answer', async () => {
  const {status, headers, text} = await signIn(credentials);
  assert.deepEqual([status, text], [204, '']);
  assert.match(headers.getSetCookie().join(), /^muster\.session_token=.*HttpOnly.*SameSite=Lax/);
});

test('a wrong password and an unknown address get the same answer', async () => {
  const wrong = await signIn({...credentials, password: 'wrong horse battery'});
  const unknown = await signIn({...credentials, email: 'eve@example.com'});
  const malformed = await signIn({email: 1});
  for (const told of [wrong, unknown, malformed]) assertError(told, 401, 'sign_in.failed');
});

test('signing in from another site is refused', async () => {
  assertError(await signIn(credentials, 'https://evil.example'), 403, 'request.cross_site');
});

test('of the endpoints of sign-in only three can be reached', async () => {
  for (const path of ['sign-up/email', 'update-user', 'change-password', 'list-sessions', 'forget-password']) {
    assertError(
      await api.send(`POST /api/auth/${path}`, {headers: {origin: publicUrl, cookie}}),
      404,
      'request.not_found',
    );
  }
});

test('who is signed in by cookie is told by the session', async () => {
  const told = await api.ask('GET /session', {headers: {cookie}});
  assert.equal(told.body.user.email, credentials.email);
  assert.equal(told.body.company.name, 'Orchard');
  assert.equal(told.body.role, 'owner');
  const session = await api.send('GET /api/auth/get-session', {headers: {cookie}});
  assert.deepEqual(Object.keys(session.body), ['user', 'expiresAt']);
});

const sites: readonly [what: string, headers: Record<string, string>, good: boolean][] = [
  ['the web app itself', {origin: publicUrl, 'sec-fetch-site': 'same-origin'}, true],
  ['the web app opened as 127.0.0.1', {origin: 'http://127.0.0.1:8080'}, true],
  ['the web app in a browser that sends no Origin', {'sec-fetch-site': 'same-origin'}, true],
  ['another site', {origin: 'https://evil.example', 'sec-fetch-site': 'cross-site'}, false],
  ['another site in an old browser', {origin: 'https://evil.example'}, false],
  ['another port of the same host', {origin: 'http://localhost:9999', 'sec-fetch-site': 'same-site'}, false],
  ['nowhere that it would say', {}, false],
];
for (const [what, headers, good] of sites) {
  test(`a change by cookie from ${what} is ${good ? 'taken' : 'refused'}`, async () => {
    const told = await api.ask('DELETE /api-keys/none', {headers: {...headers, cookie}});
    assertError(told, good ? 404 : 403, good ? 'request.not_found' : 'request.cross_site');
  });
}

test('an API key needs no such proof, and stands alone where a cookie comes with it', async () => {
  assertError(
    await api.ask('DELETE /api-keys/none', {as, headers: {origin: 'https://evil.example'}}),
    404,
    'request.not_found',
  );
  assertError(await api.ask('GET /session', {as: 'muster_wrong', headers: {cookie}}), 401, 'request.unauthenticated');
});

test('signing out ends the session everywhere', async () => {
  const {headers} = await signIn(credentials);
  const mine = headers
    .getSetCookie()
    .map(one => one.split(';')[0])
    .join('; ');
  assert.equal((await api.send('POST /api/auth/sign-out', {headers: {cookie: mine, origin: publicUrl}})).status, 204);
  assertError(await api.ask('GET /session', {headers: {cookie: mine}}), 401, 'request.unauthenticated');
});

test('too many tries to sign in from one address must wait', async () => {
  const tries = await Promise.all(
    Array.from({length: 12}, () => signIn({...credentials, password: 'wrong horse battery'})),
  );
  const limited = tries.find(({status}) => status === 429);
  assert.ok(limited);
  assertError(limited, 429, 'request.rate_limited');
  assert.ok(Number(limited.headers.get('retry-after')) > 0);
});
