import assert from 'node:assert/strict';
import {performance} from 'node:perf_hooks';
import {test} from 'node:test';
import {limits, withinMs, workWithin} from './deadline.ts';

function forever(): never {
  for (;;);
}

function elapsedMs(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

test('work that finishes gives its value', () => {
  assert.deepEqual(
    withinMs(1000, () => 42),
    {finished: true, value: 42},
  );
});

test('a loop is stopped on time', () => {
  const ms = elapsedMs(() => assert.deepEqual(withinMs(60, forever), {finished: false}));
  assert.ok(ms < 1000, `${ms} ms`);
});

test('a regular expression that backtracks is stopped on time', () => {
  const pattern = /^(a+)+$/;
  const ms = elapsedMs(() => assert.equal(withinMs(60, () => pattern.test(`${'a'.repeat(40)}!`)).finished, false));
  assert.ok(ms < 1000, `${ms} ms`);
});

test('what the work throws is thrown on as it is', () => {
  const error = new Error('mine');
  assert.throws(
    () =>
      withinMs(1000, () => {
        throw error;
      }),
    (thrown: unknown) => thrown === error,
  );
});

test('limits may stand inside each other', () => {
  const outer = withinMs(2000, () => {
    const inner = withinMs(30, forever);
    return [inner.finished, withinMs(1000, () => 'after')];
  });
  assert.deepEqual(outer, {finished: true, value: [false, {finished: true, value: 'after'}]});
});

test('healthy items are worked in order', () => {
  const items = Array.from({length: 1000}, (_, index) => index);
  assert.deepEqual(
    workWithin(items, item => item * 2),
    items.map(item => item * 2),
  );
  assert.deepEqual(
    workWithin([], () => 1),
    [],
  );
});

const expression = {};
const other = {};

test('only the guilty expression of the guilty item gives nothing, its neighbours keep theirs', () => {
  const results = workWithin([1, 2, 3, 4], (item, turn) => {
    const slow = turn(expression, () => (item === 3 ? forever() : item));
    const healthy = turn(other, () => item * 10);
    return [slow.finished ? slow.value : 'too slow', healthy.finished ? healthy.value : 'too slow'];
  });
  assert.deepEqual(results, [
    [1, 10],
    [2, 20],
    ['too slow', 30],
    [4, 40],
  ]);
});

test('an expression that is slow on every item is given up, and the whole call takes about two seconds at most', () => {
  const items = Array.from({length: 500}, (_, index) => index);
  let slow = 0;
  let healthy = 0;
  const ms = elapsedMs(() => {
    for (const [first, second] of workWithin(items, (item, turn) => [
      turn(expression, forever).finished,
      turn(other, () => item).finished,
    ])) {
      if (!first) slow++;
      if (second) healthy++;
    }
  });
  assert.equal(slow, 500);
  assert.equal(healthy, 500);
  assert.ok(ms < 2500, `${ms} ms`);
});

test('however many expressions are slow, the limits add up to about two seconds', () => {
  const first = limits.lostMs + 100 * limits.suspectMs; // the whole of a mapping of a hundred fields on the first such record
  assert.ok(first + 2 * limits.nextStretchMs <= 2000);
});

test('a hundred slow expressions on every item are given up in that time', () => {
  const slow = Array.from({length: 100}, () => ({}));
  const ms = elapsedMs(() => {
    const results = workWithin([1, 2, 3, 4], (_item, turn) => slow.filter(one => turn(one, forever).finished).length);
    assert.deepEqual(results, [0, 0, 0, 0]);
  });
  assert.ok(ms < 4000, `${ms} ms`);
});
