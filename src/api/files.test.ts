import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {z} from 'zod';
import {seedSync} from '../../test/support/seed.ts';
import {testWorld, type World} from '../../test/support/world.ts';
import {attachment} from './files.ts';

let world: World;
before(async () => {
  world = await testWorld();
});
after(() => world[Symbol.asyncDispose]());

const csv = 'First name,Last name\nAna,Ngata\nBen,Ó Briain\n';
const upload = 'POST /connections/{id}/files';
const headers = {'content-type': 'text/csv'};

const answered = z.object({id: z.string().optional(), error: z.object({code: z.string()}).optional()});

async function send(bytes: string, query: Record<string, string> = {}, id = world.directoryId) {
  const response = await world.response(upload, {params: {id}, query, headers, bytes});
  const {id: fileId = '', error} = answered.parse(await response.json());
  return {status: response.status, fileId, code: error?.code};
}

test('refuses without sign-in, and for a role that only looks', async () => {
  for (const as of ['nobody', 'viewer'] as const) {
    const response = await world.response(upload, {as, params: {id: world.directoryId}, headers, bytes: csv});
    assert.equal(response.status, as === 'nobody' ? 401 : 403);
  }
  for (const name of ['GET /files/{id}', 'GET /files/{id}/content', 'GET /connections/{id}/files'] as const) {
    assert.equal((await world.refusal(name, {as: 'nobody', params: {id: 'fil_none'}})).status, 401);
  }
});

test("refuses another company's connection and file", async () => {
  const {fileId} = await send(csv);
  const response = await world.response(upload, {as: 'stranger', params: {id: world.directoryId}, headers, bytes: csv});
  assert.equal(response.status, 404);
  for (const name of ['GET /files/{id}', 'GET /files/{id}/content'] as const) {
    assert.equal((await world.refusal(name, {as: 'stranger', params: {id: fileId}})).status, 404);
  }
  const listed = await world.refusal('GET /connections/{id}/files', {as: 'stranger', params: {id: world.directoryId}});
  assert.equal(listed.status, 404);
});

test('a file for the directory is stored, to be read as applications unless said otherwise', async () => {
  const {status, fileId} = await send(csv, {name: 'people.csv'});
  assert.equal(status, 202);
  const file = await world.answer('GET /files/{id}', {params: {id: fileId}});
  assert.deepEqual(
    [file.name, file.resource, file.direction, file.status],
    ['people.csv', 'application', 'in', 'reading'],
  );
  assert.equal(file.sizeBytes, Buffer.byteLength(csv));
  assert.match(file.sha256, /^[0-9a-f]{64}$/);
  const named = await send(csv, {resource: 'person'});
  assert.equal((await world.answer('GET /files/{id}', {params: {id: named.fileId}})).resource, 'person');
});

test('a file for a connector that reads files is kept for it', async () => {
  const id = await world.connect('Payroll file', 'file', {idColumn: 'First name'});
  const {fileId} = await send(csv, {}, id);
  const file = await world.answer('GET /files/{id}', {params: {id: fileId}});
  assert.deepEqual([file.resource, file.status], ['row', 'complete']);
});

test('refuses what is no CSV, an unknown resource, and columns that are no object', async () => {
  const response = await world.response(upload, {
    params: {id: world.directoryId},
    headers: {'content-type': 'image/png'},
    bytes: csv,
  });
  assert.equal(response.status, 415);
  assert.equal((await send(csv, {resource: 'robot'})).code, 'request.invalid');
  for (const columns of ['{', '[1]', '{"a": 1}', '"a"']) {
    assert.equal((await send(csv, {columns})).code, 'request.invalid');
  }
});

test('downloads exactly what was uploaded, as an attachment that no browser opens', async () => {
  const {fileId} = await send(csv, {name: 'Äpfel "2026".csv'});
  const response = await world.response('GET /files/{id}/content', {params: {id: fileId}});
  assert.equal(response.headers.get('content-disposition'), attachment('Äpfel "2026".csv'));
  assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
  assert.equal(response.headers.get('content-length'), String(Buffer.byteLength(csv)));
  assert.equal(await response.text(), csv);
});

test('lists the files of a connection, newest first', async () => {
  const id = await world.connect('Other file', 'file', {idColumn: 'First name'});
  await send(csv, {name: 'one.csv'}, id);
  await send(csv, {name: 'two.csv'}, id);
  const {items} = await world.answer('GET /connections/{id}/files', {params: {id}});
  assert.deepEqual(
    items.map(file => file.name),
    ['two.csv', 'one.csv'],
  );
});

test('a run that wrote no file has none', async () => {
  const {syncId} = await seedSync(world);
  const run = await world.answer('POST /runs', {json: {sync: syncId}});
  assert.deepEqual((await world.answer('GET /runs/{id}/files', {params: {id: run.id}})).items, []);
});

test('names are told so that old and new browsers understand them, and none can end the header', () => {
  assert.equal(attachment('a b.csv'), `attachment; filename="a b.csv"; filename*=UTF-8''a%20b.csv`);
  assert.equal(attachment('ä"\r\n;.csv'), `attachment; filename="_____.csv"; filename*=UTF-8''%C3%A4%22%0D%0A%3B.csv`);
  assert.equal(attachment("it's (1)*"), `attachment; filename="it_s (1)_"; filename*=UTF-8''it%27s%20%281%29%2a`);
});
