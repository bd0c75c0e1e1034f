// The web app's files, the page with its nonce, and the API reference.
import assert from 'node:assert/strict';
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {brotliCompressSync, brotliDecompressSync} from 'node:zlib';
import {type TestApi, testApi} from '../../test/support/api.ts';

let api: TestApi;
let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-dist-'));
  const dist = join(folder, 'dist');
  await mkdir(join(dist, 'assets'), {recursive: true});
  await writeFile(join(dist, 'index.html'), '<meta property="csp-nonce" nonce="CSP_NONCE"><title>Muster</title>');
  await writeFile(join(dist, 'theme.js'), 'dark();');
  await writeFile(join(dist, 'assets', 'app-1a2b.js'), 'run();');
  await writeFile(join(dist, 'assets', 'app-1a2b.js.br'), brotliCompressSync('run();'));
  await writeFile(join(folder, 'secret-key'), 'geheim');
  api = await testApi({distDir: dist});
});
after(async () => {
  await api[Symbol.asyncDispose]();
  await rm(folder, {recursive: true});
});

test('every address that is not of the API gives the page, each time with a nonce of its own', async () => {
  const nonces = new Set<string>();
  for (const path of ['/', '/runs/run_1', '/index.html', '/connections/con_1.5']) {
    const {status, headers, text} = await api.send(`GET ${path}`);
    assert.equal(status, 200, path);
    const nonce = /nonce="([^"]+)"/.exec(text)?.[1] ?? '';
    const policy = headers.get('content-security-policy') ?? '';
    assert.ok(nonce !== 'CSP_NONCE' && policy.includes(`style-src 'self' 'nonce-${nonce}'`), policy);
    assert.ok(!policy.includes('unsafe'));
    assert.equal(headers.get('cache-control'), 'no-store');
    nonces.add(nonce);
  }
  assert.equal(nonces.size, 4);
});

test('files with a hash in their name are kept for ever, others are asked for again', async () => {
  const asset = await api.send('GET /assets/app-1a2b.js');
  assert.equal(asset.text, 'run();');
  assert.equal(asset.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  assert.match(asset.headers.get('content-type') ?? '', /javascript/);
  assert.equal((await api.send('GET /theme.js')).headers.get('cache-control'), 'no-cache');
});

test('a browser that can read it gets the compressed file', async () => {
  const answer = await api.app.request('/assets/app-1a2b.js', {headers: {'accept-encoding': 'gzip, br'}});
  assert.deepEqual([answer.headers.get('content-encoding'), answer.headers.get('vary')], ['br', 'Accept-Encoding']);
  assert.equal(brotliDecompressSync(Buffer.from(await answer.arrayBuffer())).toString(), 'run();');
});

test('a missing asset is not found rather than being the page', async () => {
  assert.equal((await api.send('GET /assets/old-9z.js')).status, 404);
});

test('nothing outside the folder can be reached', async () => {
  for (const path of [
    '/../secret-key',
    '/assets/../../secret-key',
    '/%2e%2e/secret-key',
    '/..%2fsecret-key',
    '/....//secret-key.x',
  ]) {
    const {text} = await api.send(`GET ${path}`);
    assert.ok(!text.includes('geheim'), path);
  }
});

test('without a built web app the page says so, and the API works', async () => {
  await using bare = await testApi();
  const {status, text} = await bare.send('GET /');
  assert.equal(status, 503);
  assert.match(text, /has not been built/);
  assert.equal((await bare.ask('GET /health')).status, 200);
});

test('the API reference and what it needs come from here, without sign-in', async () => {
  const page = await api.send('GET /api/docs');
  assert.match(page.headers.get('content-security-policy') ?? '', /script-src 'self'/);
  const parts = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(match => match[1] ?? '');
  assert.equal(parts.length, 3);
  for (const part of parts) assert.equal((await api.send(`GET ${part}`)).status, 200, part);
  assert.ok(!/<script>|<style>| style=| onload=/.test(page.text));
  assert.equal((await api.send('GET /api/v1/openapi.json')).body.openapi, '3.1.0');
});
