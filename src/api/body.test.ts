import assert from 'node:assert/strict';
import {test} from 'node:test';
import {jsonLimitBytes, readJson, readUpload, uploadLimitBytes} from './body.ts';

const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>) =>
  new Request('http://localhost/', {method: 'POST', body, headers});

test('JSON is read with the bytes that it came in', async () => {
  const {json, bytes} = await readJson(post('{"a": 1}', {'content-type': 'application/json; charset=utf-8'}));
  assert.deepEqual([json, bytes.toString()], [{a: 1}, '{"a": 1}']);
});

test('bytes that are no UTF-8 are not JSON', async () => {
  const body = new Uint8Array([0x22, 0xff, 0x22]);
  await assert.rejects(readJson(post(body, {'content-type': 'application/json'})), {code: 'request.not_json'});
});

test('what is announced as too large is refused before a byte is read', async () => {
  const announced = (bytes: number, type: string) => post('x', {'content-type': type, 'content-length': String(bytes)});
  await assert.rejects(readJson(announced(jsonLimitBytes + 1, 'application/json')), {code: 'request.too_large'});
  const upload = readUpload(announced(uploadLimitBytes + 1, 'text/csv'), ['text/csv']);
  await assert.rejects(upload[Symbol.asyncIterator]().next(), {code: 'request.too_large'});
});

test('an upload comes as it is sent, and of another type not at all', async () => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readUpload(post('a,b\n', {'content-type': 'text/csv'}), ['text/csv'])) chunks.push(chunk);
  assert.equal(Buffer.concat(chunks).toString(), 'a,b\n');
  assert.throws(() => readUpload(post('', {'content-type': 'text/html'}), ['text/csv']), {
    code: 'request.media_type',
    message: 'The content type text/html is not accepted here.',
  });
});
