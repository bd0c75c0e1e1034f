import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {test} from 'node:test';
import {errorsPage, rewriteCommand} from '../test/support/errors-page.ts';
import {asMusterError, type ErrorCode, errorTable, isError, MusterError} from './errors.ts';

const rows = Object.entries(errorTable) as [ErrorCode, (typeof errorTable)[ErrorCode]][]; // the table's own rows

test('docs/errors.md says what the table and the catalogue say', async () => {
  const written = await readFile(new URL('../docs/errors.md', import.meta.url), 'utf8');
  assert.ok(written === errorsPage(), `docs/errors.md is not what the code says. Rewrite it: ${rewriteCommand}`);
});

test('the kind of an error fits its status: a caller is told 4xx, a bug 500, what passes never blames the caller', () => {
  for (const [code, {kind, status}] of rows) {
    if (kind === 'caller') assert.ok(status >= 400 && status < 500, code);
    if (kind === 'bug') assert.equal(status, 500, code);
    if (kind === 'transient') assert.ok(status === 503 || status === 409, code);
    if (kind === 'operator') assert.ok(status === 409 || status >= 500, code);
  }
});

test('an error has kind, status, words and hint of its code', () => {
  const error = new MusterError('connection.unreachable', {params: {connection: 'Hectre', host: 'api.example.com'}});
  const {code, kind, status, message, hint, sent} = error;
  assert.deepEqual(
    {code, kind, status, message, hint, sent},
    {
      code: 'connection.unreachable',
      kind: 'transient',
      status: 503,
      message: 'Hectre cannot be reached at api.example.com.',
      hint: 'Check the address on the connection, and whether that system is up.',
      sent: false,
    },
  );
});

test('what was thrown by others is a bug, with the original as its cause', () => {
  const original = new TypeError('not a function');
  const error = asMusterError(original);
  assert.equal(error.code, 'bug.unexpected');
  assert.equal(error.cause, original);
  assert.equal(asMusterError(error), error);
});

test('an error is known by its code', () => {
  const error = new MusterError('lease.lost');
  assert.ok(isError(error) && isError(error, 'lease.lost'));
  assert.ok(!isError(error, 'run.cancelled') && !isError(new Error('lease.lost')));
});
