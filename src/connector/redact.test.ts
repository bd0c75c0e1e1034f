import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createScrub, mostBodyBytes, redactAnswer, redactPath, redactRequest} from './redact.ts';

const plain = (text: string) => text;

test('of a request the shape is kept and nothing else', () => {
  const body = {firstName: 'Mary', pay: 31.5, active: true, gone: null, address: {city: 'Hastings'}, id: 'A17'};
  assert.deepEqual(redactRequest(body), {
    firstName: '(4 characters)',
    pay: '(number)',
    active: true,
    gone: null,
    address: {city: '(8 characters)'},
    id: '(3 characters)',
  });
});

test('of an answer the id, counts and what went wrong are kept', () => {
  const answer = {
    id: 'E7',
    total: 12,
    firstName: 'Mary',
    wage: 30,
    error: {code: 'invalid', message: 'no', field: 'x'},
  };
  assert.deepEqual(redactAnswer(answer, plain), {
    id: 'E7',
    total: 12,
    firstName: '(4 characters)',
    wage: '(number)',
    error: {code: 'invalid', message: 'no', field: 'x'},
  });
});

test('what the request carried is taken out of the words of the other system, whatever its case', () => {
  const json = {email: 'Mary@Example.com', name: 'Al', pay: 4711};
  const scrub = createScrub(['s3cret-key'], {json, query: {search: 'Hastings'}});
  const words = 'mary@example.com (Al, 4711, hastings) has an invalid value; key s3cret-key';
  assert.equal(scrub(words), '(value) ((value), (value), (value)) has an invalid value; key (value)');
});

test('lists are cut to their first three entries', () => {
  assert.deepEqual(redactAnswer({items: [1, 2, 3, 4, 5]}, plain), {
    items: ['(number)', '(number)', '(number)', '(2 more)'],
  });
});

test('however large, deep or oddly named a body is, what is kept is below 2 kB', () => {
  const wide = Object.fromEntries(Array.from({length: 5000}, (_, n) => [`ключ ${n} ${'k'.repeat(n % 200)}`, n]));
  let deep: {[key: string]: unknown} = {};
  for (let n = 0; n < 1000; n++) deep = {deep, more: 'x'.repeat(50)};
  const many = Array.from({length: 1000}, () => Array.from({length: 1000}, () => ({a: 'b'})));
  const long = {message: '"\\\n'.repeat(10_000)};
  for (const body of [wide, JSON.parse(JSON.stringify(deep)), many, long]) {
    for (const kept of [redactRequest(body), redactAnswer(body, createScrub([], {}))]) {
      assert.ok(Buffer.byteLength(JSON.stringify(kept)) <= mostBodyBytes);
    }
  }
});

test('a key named __proto__ stays a key', () => {
  assert.equal(JSON.stringify(redactRequest(JSON.parse('{"__proto__":"x"}'))), '{"__proto__":"(1 characters)"}');
});

test('of a query only whole numbers are kept', () => {
  const path = '/v1/people?page=2&email=mary%40example.com&pageSize=200';
  assert.equal(redactPath(path), '/v1/people?page=2&email=(16 characters)&pageSize=200');
  assert.equal(redactPath('/v1/people'), '/v1/people');
});
