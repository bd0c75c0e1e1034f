import assert from 'node:assert/strict';
import {test} from 'node:test';
import {MusterError} from '../errors.ts';
import {readRetryAfter, waitBefore} from './retry.ts';

const now = new Date('2026-03-02T09:00:00Z');

const cases: readonly (readonly [header: string, date: string | undefined, seconds: number | undefined])[] = [
  ['0', undefined, 0],
  ['7', undefined, 7],
  [' 1.5 ', undefined, 1.5],
  ['Mon, 02 Mar 2026 09:00:20 GMT', undefined, 20],
  // The other clock is a minute ahead: twenty seconds of theirs are twenty of ours.
  ['Mon, 02 Mar 2026 09:01:20 GMT', 'Mon, 02 Mar 2026 09:01:00 GMT', 20],
  ['Mon, 02 Mar 2026 08:00:00 GMT', undefined, 0],
  ['99999999999', undefined, 24 * 3600],
  ['soon', undefined, undefined],
  ['-5', undefined, undefined],
  ['2026-03-02', undefined, undefined],
  ['', undefined, undefined],
];
for (const [header, date, seconds] of cases) {
  test(`Retry-After "${header}"${date ? ` against ${date}` : ''} is ${seconds ?? 'unknown'}`, () => {
    const at = readRetryAfter({'retry-after': header, ...(date ? {date} : {})}, now);
    assert.equal(at && (at.getTime() - now.getTime()) / 1000, seconds);
  });
}

test('without Retry-After waits grow and are spread by a quarter to both sides', () => {
  const error = new MusterError('connection.server_error');
  const waits = (random: number) => [1, 2].map(attempt => waitBefore(error, attempt, now, () => random));
  assert.deepEqual(waits(0.5), [250, 1000]);
  assert.deepEqual(waits(0), [187.5, 750]);
});

test('a named instant within ten seconds is waited for, a later one is not', () => {
  const until = (ms: number) => new MusterError('connection.rate_limited', {retryAt: new Date(now.getTime() + ms)});
  assert.equal(waitBefore(until(10_000), 1, now, Math.random), 10_000);
  assert.equal(waitBefore(until(10_001), 1, now, Math.random), undefined);
  assert.equal(waitBefore(until(-5), 1, now, Math.random), 0);
});
