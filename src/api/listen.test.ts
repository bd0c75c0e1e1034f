import assert from 'node:assert/strict';
import {request} from 'node:http';
import {test} from 'node:test';
import {Hono} from 'hono';
import type {RequestState} from './errors.ts';
import {listen} from './listen.ts';

type Answer = {readonly status: number; readonly closed: Promise<void>; readonly text: Promise<string>};

function get(port: number, path: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({host: '127.0.0.1', port, path, agent: false}, answer => {
      const closed = new Promise<void>(done => answer.on('close', done));
      let text = '';
      answer.on('data', chunk => {
        text += chunk;
      });
      answer.on('error', () => {}); // cut off: `closed` says so
      resolve({status: answer.statusCode ?? 0, closed, text: closed.then(() => text)});
    });
    asked.on('error', reject);
    asked.end();
  });
}

test('it answers on the port that it says, and no more after it was stopped', async () => {
  const app = new Hono<RequestState>().get('/', c => c.text('here'));
  const server = await listen(app, {port: 0, host: '127.0.0.1', stopping: new AbortController()});
  assert.equal(await (await get(server.port, '/')).text, 'here');
  await server.stop();
  await assert.rejects(get(server.port, '/'), {code: 'ECONNREFUSED'});
});

test('a port that is taken is an error at once', async () => {
  const app = new Hono<RequestState>();
  await using first = await listen(app, {port: 0, host: '127.0.0.1', stopping: new AbortController()});
  const second = listen(app, {port: first.port, host: '127.0.0.1', stopping: new AbortController()});
  await assert.rejects(second, {code: 'EADDRINUSE'});
});

test('stopping ends streams at once and lets an answer in progress finish', async () => {
  const stopping = new AbortController();
  const started = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const app = new Hono<RequestState>()
    .get('/stream', () => {
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('first'));
          stopping.signal.addEventListener('abort', () => controller.close());
        },
      });
      return new Response(body);
    })
    .get('/slow', async c => {
      started.resolve();
      await finish.promise;
      return c.text('finished');
    });
  const server = await listen(app, {port: 0, host: '127.0.0.1', stopping});
  const stream = await get(server.port, '/stream');
  const slow = get(server.port, '/slow');
  await started.promise;
  const stopped = server.stop(60_000);
  assert.equal(await stream.text, 'first');
  finish.resolve();
  assert.equal(await (await slow).text, 'finished');
  await stopped;
});

test('what does not end by itself is cut after the grace period', async () => {
  const app = new Hono<RequestState>().get(
    '/',
    () => new Response(new ReadableStream({pull: c => c.enqueue(new Uint8Array(1))}, {highWaterMark: 0})),
  );
  const server = await listen(app, {port: 0, host: '127.0.0.1', stopping: new AbortController()});
  const answer = await get(server.port, '/');
  await server.stop(1);
  await answer.closed;
});

test('the signal of a request aborts when its client goes away', async () => {
  const gone = Promise.withResolvers<void>();
  const app = new Hono<RequestState>().get('/', async c => {
    c.req.raw.signal.addEventListener('abort', () => gone.resolve());
    asked.destroy();
    await gone.promise;
    return c.text('');
  });
  await using server = await listen(app, {port: 0, host: '127.0.0.1', stopping: new AbortController()});
  const asked = request({host: '127.0.0.1', port: server.port, path: '/', agent: false});
  asked.on('error', () => {});
  asked.end();
  await gone.promise;
});
