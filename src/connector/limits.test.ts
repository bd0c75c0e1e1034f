import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createLimiter} from './limits.ts';
import {manualClock, settled} from './testing/index.ts';

/** Takes a slot and notes when it got it. */
function line(limits: {concurrency: number; perSecond?: number}) {
  const clock = manualClock();
  const limiter = createLimiter(limits, clock);
  const granted: string[] = [];
  const releases = new Map<string, () => void>();
  const take = (name: string, signal?: AbortSignal) =>
    limiter.take(signal).then(release => {
      granted.push(name);
      releases.set(name, release);
    });
  return {clock, limiter, granted, take, release: (name: string) => releases.get(name)?.()};
}

test('no more than the allowed number hold a slot, and the next in line gets one that is returned', async () => {
  const {granted, take, release} = line({concurrency: 2});
  for (const name of ['a', 'b', 'c', 'd']) void take(name);
  await settled();
  assert.deepEqual(granted, ['a', 'b']);
  release('a');
  release('a');
  await settled();
  assert.deepEqual(granted, ['a', 'b', 'c']);
});

test('who gives up leaves the line with their reason, and the others move up', async () => {
  const {granted, take, release} = line({concurrency: 1});
  const giveUp = new AbortController();
  await take('a');
  const given = take('b', giveUp.signal);
  void take('c');
  giveUp.abort('enough');
  await assert.rejects(given, reason => reason === 'enough');
  release('a');
  await settled();
  assert.deepEqual(granted, ['a', 'c']);
});

test('an abort after the slot was given changes nothing', async () => {
  const {granted, take} = line({concurrency: 1});
  const giveUp = new AbortController();
  await take('a', giveUp.signal);
  giveUp.abort();
  assert.deepEqual(granted, ['a']);
});

test('who is aborted already never stands in line', async () => {
  const {take} = line({concurrency: 1});
  await assert.rejects(take('a', AbortSignal.abort('before')), reason => reason === 'before');
});

test('a rate lets through a burst of one second and then one at a time', async () => {
  const {clock, granted, take} = line({concurrency: 100, perSecond: 4});
  for (let n = 0; n < 7; n++) void take(String(n));
  await settled();
  assert.equal(granted.length, 4);
  await clock.advance(249);
  assert.equal(granted.length, 4);
  await clock.advance(1);
  assert.equal(granted.length, 5);
  await clock.advance(250);
  assert.equal(granted.length, 6);
});

test('a rate below one a second still lets one through at a time', async () => {
  const {clock, granted, take} = line({concurrency: 10, perSecond: 0.5});
  for (const name of ['a', 'b']) void take(name);
  await settled();
  assert.deepEqual(granted, ['a']);
  await clock.advance(2000);
  assert.deepEqual(granted, ['a', 'b']);
});

test('in a pause nobody gets a slot, and a shorter pause does not cut a longer one', async () => {
  const {clock, limiter, granted, take} = line({concurrency: 5});
  const at = (ms: number) => new Date(clock.now().getTime() + ms);
  limiter.pause(at(3000));
  limiter.pause(at(1000));
  void take('a');
  await settled();
  assert.deepEqual(granted, []);
  assert.equal(limiter.pausedUntil?.getTime(), at(3000).getTime());
  await clock.advance(2999);
  assert.deepEqual(granted, []);
  await clock.advance(1);
  assert.deepEqual(granted, ['a']);
  assert.equal(limiter.pausedUntil, undefined);
});

test('a pause that is prolonged while somebody waits holds them until its new end', async () => {
  const {clock, limiter, granted, take} = line({concurrency: 5});
  limiter.pause(new Date(clock.now().getTime() + 1000));
  void take('a');
  limiter.pause(new Date(clock.now().getTime() + 5000));
  await clock.advance(1000);
  assert.deepEqual(granted, []);
  await clock.advance(4000);
  assert.deepEqual(granted, ['a']);
});
