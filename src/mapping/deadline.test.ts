import assert from 'node:assert/strict';
import {test} from 'node:test';
import {limits, withinMs, workWithin} from './deadline.ts';
import {longestHoldMs, threadMs} from './testing/thread-time.ts';

function forever(): never {
  for (;;);
}

test('work that finishes gives its value', async () => {
  assert.deepEqual(
    withinMs(1000, () => 42),
    {finished: true, value: 42},
  );
});

test('a loop is stopped on time', async () => {
  const ms = await threadMs(() => assert.deepEqual(withinMs(60, forever), {finished: false}));
  assert.ok(ms < 1000, `${ms} ms`);
});

test('a regular expression that backtracks is stopped on time', async () => {
  const pattern = /^(a+)+$/;
  const ms = await threadMs(() => assert.equal(withinMs(60, () => pattern.test(`${'a'.repeat(40)}!`)).finished, false));
  assert.ok(ms < 1000, `${ms} ms`);
});

test('what the work throws is thrown on as it is', async () => {
  const error = new Error('mine');
  assert.throws(
    () =>
      withinMs(1000, () => {
        throw error;
      }),
    (thrown: unknown) => thrown === error,
  );
});

test('limits may stand inside each other', async () => {
  const outer = withinMs(2000, () => {
    const inner = withinMs(30, forever);
    return [inner.finished, withinMs(1000, () => 'after')];
  });
  assert.deepEqual(outer, {finished: true, value: [false, {finished: true, value: 'after'}]});
});

test('healthy items are worked in order', async () => {
  const items = Array.from({length: 1000}, (_, index) => index);
  assert.deepEqual(
    await workWithin(items, item => item * 2),
    items.map(item => item * 2),
  );
  assert.deepEqual(await workWithin([], () => 1), []);
});

const expression = {};
const other = {};

test('only the guilty expression of the guilty item gives nothing, its neighbours keep theirs', async () => {
  const results = await workWithin([1, 2, 3, 4], (item, turn) => {
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

test('an expression that is slow on every item is given up, and the whole call takes about two seconds at most', async () => {
  const items = Array.from({length: 500}, (_, index) => index);
  let results: readonly (readonly [boolean, boolean])[] = [];
  const ms = await threadMs(async () => {
    results = await workWithin(items, (item, turn) => [
      turn(expression, forever).finished,
      turn(other, () => item).finished,
    ]);
  });
  assert.deepEqual(
    results,
    items.map(() => [false, true]),
  );
  assert.ok(ms < 2500, `${ms} ms`);
});

test('however many expressions are slow, the limits add up to about two seconds', () => {
  const first = limits.lostMs + 100 * limits.suspectMs; // the whole of a mapping of a hundred fields on the first such record
  assert.ok(first + limits.stretchMs + limits.nextStretchMs <= 2200);
});

const hundred = Array.from({length: 100}, () => ({}));

test('a hundred slow expressions on every item are given up in that time', async () => {
  let results: readonly number[] = [];
  const ms = await threadMs(async () => {
    results = await workWithin(
      [1, 2, 3, 4],
      (_item, turn) => hundred.filter(one => turn(one, forever).finished).length,
    );
  });
  assert.deepEqual(results, [0, 0, 0, 0]);
  assert.ok(ms < 4000, `${ms} ms`);
});

test('whoever else is in this process waits for a quarter of a second at most', async () => {
  const ms = await longestHoldMs(() =>
    workWithin([1, 2, 3, 4], (item, turn) => hundred.filter(one => turn(one, forever).finished).length + item),
  );
  assert.ok(ms < 800, `${ms} ms`); // nominally 250
});

test('healthy items that take long do not hold the process either', async () => {
  const items = Array.from({length: 2000}, (_, index) => index);
  const ms = await longestHoldMs(() =>
    workWithin(items, item => {
      let sum = 0;
      for (let step = 0; step < 100_000; step++) sum += step % (item + 1);
      return sum;
    }),
  );
  assert.ok(ms < 800, `${ms} ms`); // nominally 250
});
