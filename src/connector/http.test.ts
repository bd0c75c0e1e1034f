import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type ErrorCode, isError, MusterError} from '../errors.ts';
import type {Auth, Call, HttpRequest} from './contract.ts';
import {isInDoubt} from './doubt.ts';
import {createHttp, type HttpOptions} from './http.ts';
import {type EmulatorAnswer, type EmulatorRequest, fault, instantClock, startEmulator} from './testing/index.ts';

const get: HttpRequest = {method: 'GET', path: '/people'};
const post: HttpRequest = {method: 'POST', path: '/people', json: {name: 'Mary Smith'}};

type Answer = (request: EmulatorRequest) => EmulatorAnswer;
const ok: Answer = () => ({status: 200, json: {ok: true}});

async function openHttp(answer: Answer = ok, options: Partial<HttpOptions> = {}) {
  const clock = instantClock();
  const server = await startEmulator({answer, clock});
  const calls: Call[] = [];
  await using cleanUp = new AsyncDisposableStack();
  cleanUp.use(server);
  const http = createHttp({
    ...{baseUrl: server.url, auth: {kind: 'none'}, secrets: {}, connectionName: 'Payroll', clock},
    ...{allowedPrivateHosts: ['127.0.0.1'], recorder: call => calls.push(call), signal: new AbortController().signal},
    ...{limits: {concurrency: 2, timeoutMs: 5_000}, random: () => 0.5, ...options},
  });
  cleanUp.use(http);
  const all = cleanUp.move();
  return {http, server, calls, clock, [Symbol.asyncDispose]: () => all.disposeAsync()};
}

async function thrown(promise: Promise<unknown>): Promise<MusterError> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof MusterError, String(error));
    return error;
  }
  return assert.fail('nothing was thrown');
}

const auths: readonly (readonly [Auth, {[name: string]: string}, string, string])[] = [
  [{kind: 'header', header: 'X-Api-Key', secret: 'key'}, {key: ' k1\n'}, 'x-api-key', 'k1'],
  [
    {kind: 'header', header: 'Authorization', secret: 'key', prefix: 'Bearer '},
    {key: 'k1'},
    'authorization',
    'Bearer k1',
  ],
  [{kind: 'basic', user: 'token', secret: 'key'}, {key: 'k1'}, 'authorization', `Basic ${btoa('token:k1')}`],
  [{kind: 'basic', user: 'user', secret: 'key'}, {key: 'k1', user: 'ann'}, 'authorization', `Basic ${btoa('ann:k1')}`],
];
for (const [auth, secrets, header, value] of auths) {
  test(`signs in with ${header}: ${value}`, async () => {
    let seen: unknown;
    const answer: Answer = request => {
      seen = request.headers[header];
      return {status: 200, json: {}};
    };
    await using world = await openHttp(answer, {auth, secrets});
    await world.http.send(get);
    assert.equal(seen, value);
  });
}

test('a missing secret and one that no header can carry are told before anything is sent', async () => {
  const auth: Auth = {kind: 'header', header: 'X-Api-Key', secret: 'key'};
  await assert.rejects(openHttp(ok, {auth, secrets: {}}), {code: 'connection.secret_missing'});
  await assert.rejects(openHttp(ok, {auth, secrets: {key: 'a\nb'}}), {code: 'connection.credentials_rejected'});
});

test('an address that is not one of the web, or that carries credentials, is refused without repeating them', async () => {
  for (const baseUrl of ['payroll', 'ftp://x', 'https://ann:geheim@x.example']) {
    const error = await thrown(openHttp(ok, {baseUrl}));
    assert.equal(error.code, 'connection.address_invalid');
    assert.ok(!error.message.includes('geheim'));
  }
});

test('requests go below the path of the address, with their query and without absent values', async () => {
  let seen = '';
  const answer: Answer = ({path, query}) => {
    seen = `${path}?${query}`;
    return {status: 200, json: {}};
  };
  await using server = await startEmulator({answer});
  await using world = await openHttp(ok, {baseUrl: `${server.url}/api/`});
  await world.http.send({method: 'GET', path: '/people', query: {name: 'Ann & Bo', page: 2, none: undefined}});
  assert.equal(seen, '/api/people?name=Ann+%26+Bo&page=2');
});

type Row = readonly [what: string, answer: EmulatorAnswer, code: ErrorCode, inDoubt: boolean];
const refusals: readonly Row[] = [
  ['401', {status: 401, json: {}}, 'connection.credentials_rejected', false],
  ['401 without a body', {status: 401}, 'connection.credentials_rejected', false],
  ['403', {status: 403, json: {}}, 'connection.permission_missing', false],
  ['429', {status: 429, json: {}}, 'connection.rate_limited', false],
  ['500', {status: 500, json: {message: 'for Mary Smith'}}, 'connection.server_error', true],
  ['503 without a body', {status: 503}, 'connection.server_error', true],
  ['200 without a body', {status: 200}, 'connection.answer_unreadable', true],
  [
    '200 compressed',
    {status: 200, json: {}, headers: {'content-encoding': 'gzip'}},
    'connection.answer_unreadable',
    true,
  ],
  ['302', {status: 302, headers: {location: '/elsewhere'}}, 'connection.refused_request', false],
];
for (const [what, answer, code, inDoubt] of refusals) {
  test(`a write answered ${what} is ${code}, sent once, ${inDoubt ? '' : 'not '}in doubt`, async () => {
    await using world = await openHttp(() => answer);
    const error = await thrown(world.http.send(post));
    assert.equal(error.code, code);
    assert.equal(error.sent, true);
    assert.equal(error.answered, answer.status);
    assert.equal(isInDoubt(error), inDoubt);
    assert.ok(!error.message.includes('Mary'), error.message);
    assert.equal(world.server.counts.requests, 1);
  });
}

for (const status of [200, 201, 400, 404, 409, 422]) {
  test(`an answer ${status} is the connector's to judge`, async () => {
    await using world = await openHttp(() => ({status, json: {a: 1}}));
    const {status: got, json} = await world.http.send(post);
    assert.deepEqual([got, json], [status, {a: 1}]);
  });
}

test('answers without content may be empty, and refusals may be plain text', async () => {
  await using empty = await openHttp(() => ({status: 204}));
  assert.equal((await empty.http.send(post)).json, null);
  await using bare = await openHttp(() => ({status: 404}));
  assert.equal((await bare.http.send(post)).json, null);
  await using text = await openHttp(() => ({status: 400, json: null, headers: {'content-type': 'text/plain'}}));
  assert.equal((await text.http.send(post)).status, 400);
});

test('a web page in place of a refusal is not taken for the refusal', async () => {
  await using world = await openHttp();
  world.server.faults.add(fault.html);
  assert.ok(isError(await thrown(world.http.send(post)), 'connection.answer_unreadable'));
});

const broken: readonly (readonly [what: string, how: 'hang' | 'cut', code: ErrorCode])[] = [
  ['nobody answers in time', 'hang', 'connection.timed_out'],
  ['the connection is cut', 'cut', 'connection.cut_off'],
];
for (const [what, how, code] of broken) {
  test(`when ${what}, a write is ${code} and in doubt`, async () => {
    await using world = await openHttp(ok, {limits: {concurrency: 2, timeoutMs: 200}});
    world.server.faults.add({when: 'before', how});
    const error = await thrown(world.http.send(post));
    assert.equal(error.code, code);
    assert.ok(isInDoubt(error));
    assert.equal(error.answered, undefined);
  });
}

test('where nobody listens nothing was sent, and the error says so', async () => {
  await using world = await openHttp();
  await world.server.close();
  const error = await thrown(world.http.send(post));
  assert.equal(error.code, 'connection.unreachable');
  assert.equal(error.sent, false);
});

test('the deadline holds for a slow drip and is exact', async () => {
  const clock = instantClock();
  await using world = await openHttp(ok, {limits: {concurrency: 1, timeoutMs: 250}, clock});
  world.server.faults.add(fault.hang);
  const startedMs = performance.now();
  await thrown(world.http.send(post));
  const tookMs = performance.now() - startedMs;
  assert.ok(tookMs >= 245 && tookMs < 900, `${tookMs} ms`); // the sockets' own clock would take a second
});

test('an answer above the limit ends the exchange', async () => {
  const big = {text: 'x'.repeat(200_000)};
  await using world = await openHttp(() => ({status: 200, json: big}), {limits: {concurrency: 1, maxBytes: 100_000}});
  assert.equal((await thrown(world.http.send(post))).code, 'connection.answer_too_large');
});

test('a read is tried three times in all and only for what may pass', async () => {
  await using failing = await openHttp(() => ({status: 500, json: {}}));
  await thrown(failing.http.send(get));
  assert.equal(failing.server.counts.requests, 3);
  assert.deepEqual(failing.clock.waits, [250, 1000]);
  await using rejected = await openHttp(() => ({status: 401, json: {}}));
  await thrown(rejected.http.send(get));
  assert.equal(rejected.server.counts.requests, 1);
});

test('a search by POST that is declared safe to repeat is tried again, a plain POST is not', async () => {
  await using world = await openHttp();
  world.server.faults.add(fault.failBefore);
  assert.equal((await world.http.send({...post, idempotent: true})).status, 200);
  assert.equal(world.server.counts.requests, 2);
});

test('after a rate limit with a long wait nothing more is sent until then', async () => {
  await using world = await openHttp();
  world.server.faults.add(fault.rateLimited('60'));
  await thrown(world.http.send(post));
  const error = await thrown(world.http.send(post));
  assert.equal(error.code, 'connection.rate_limited');
  assert.equal(error.sent, false);
  assert.equal(world.server.counts.requests, 1);
  await world.clock.advance(60_000);
  assert.equal((await world.http.send(post)).status, 200);
});

test('a GET follows a redirect within the origin and no other', async () => {
  await using world = await openHttp(({path}) =>
    path === '/people' ? {status: 307, headers: {location: '/v2/people?x=1'}} : {status: 200, json: {path}},
  );
  assert.deepEqual((await world.http.send(get)).json, {path: '/v2/people'});
  await using away = await openHttp(() => ({status: 307, headers: {location: 'http://127.0.0.1:1/'}}));
  assert.equal((await thrown(away.http.send(get))).code, 'connection.refused_request');
  await using loop = await openHttp(() => ({status: 302, headers: {location: '/people'}}));
  assert.equal((await thrown(loop.http.send(get))).code, 'connection.refused_request');
  assert.equal(loop.server.counts.requests, 4);
});

test('every exchange is recorded by shape, with neither secrets, headers nor personal values', async () => {
  const answer: Answer = () => ({status: 409, json: {error: {message: 'Mary Smith is there (key k1-secret)'}}});
  const auth: Auth = {kind: 'header', header: 'X-Api-Key', secret: 'key'};
  await using world = await openHttp(answer, {auth, secrets: {key: 'k1-secret'}});
  await world.http.send({...post, query: {email: 'mary@example.com', page: 3}});
  const [call] = world.calls;
  assert.equal(call?.path, '/people?email=(16 characters)&page=3');
  assert.deepEqual(call?.requestBody, {name: '(10 characters)'});
  assert.deepEqual(call?.responseBody, {error: {message: '(value) is there (key (value))'}});
  assert.deepEqual([call?.method, call?.status, call?.outcome], ['POST', 409, 'refused']);
  assert.ok((call?.durationMs ?? -1) >= 0 && call?.startedAt instanceof Date);
});

test('each attempt is recorded with its outcome', async () => {
  await using world = await openHttp();
  for (const wrong of [fault.failBefore, fault.rateLimited('1')]) world.server.faults.add(wrong);
  await world.http.send(get);
  assert.deepEqual(
    world.calls.map(({outcome, status}) => [outcome, status]),
    [
      ['failed', 500],
      ['rate_limited', 429],
      ['ok', 200],
    ],
  );
});

test('within a scope calls go to its recorder and end with its signal, over the same sockets', async () => {
  await using world = await openHttp();
  const own: Call[] = [];
  const giveUp = new AbortController();
  const scoped = world.http.within({recorder: call => own.push(call), signal: giveUp.signal});
  await scoped.send(post);
  assert.deepEqual([own.length, world.calls.length], [1, 0]);
  giveUp.abort();
  assert.equal((await thrown(scoped.send(post))).code, 'run.cancelled');
  assert.equal((await world.http.send(post)).status, 200);
});

test('who is aborted while waiting for a socket or slot has sent nothing', async () => {
  await using world = await openHttp(ok, {limits: {concurrency: 1, timeoutMs: 5000}});
  world.server.faults.add(fault.hang);
  const arrived = world.server.nextRequest();
  const first = thrown(world.http.send(post));
  await arrived;
  const giveUp = new AbortController();
  const second = thrown(world.http.send({...post, signal: giveUp.signal}));
  giveUp.abort(new MusterError('lease.lost'));
  const error = await second;
  assert.deepEqual([error.code, error.sent], ['lease.lost', false]);
  await world.http.close();
  assert.ok((await first).sent);
});

test('a secret of two connections never meets the other: each has headers of its own', async () => {
  const seen: unknown[] = [];
  const answer: Answer = ({headers}) => {
    seen.push(headers['x-api-key']);
    return {status: 200, json: {}};
  };
  const auth: Auth = {kind: 'header', header: 'X-Api-Key', secret: 'key'};
  await using one = await openHttp(answer, {auth, secrets: {key: 'one'}});
  await using two = await openHttp(answer, {auth, secrets: {key: 'two'}});
  await Promise.all([one.http.send(get), two.http.send(get)]);
  assert.deepEqual(seen.sort(), ['one', 'two']);
});
