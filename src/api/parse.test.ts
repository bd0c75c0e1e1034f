import assert from 'node:assert/strict';
import {test} from 'node:test';
import {z} from 'zod';
import {isError} from '../errors.ts';
import {json} from './contract/page.ts';
import {parseInput, queryObject} from './parse.ts';

const cases: readonly [schema: z.ZodType, input: unknown, words: readonly string[]][] = [
  [z.object({name: z.string()}), {}, ['name: name is needed.']],
  [z.object({name: z.string()}), {name: 7}, ['name: name must be a text.']],
  [z.object({a: z.object({b: z.number()})}), {a: {b: 'x'}}, ['a.b: a.b must be a number.']],
  [z.object({name: z.string().min(2)}), {name: 'x'}, ['name: name: 2 characters at least.']],
  [z.object({name: z.string().max(1)}), {name: 'xy'}, ['name: name: 1 character at most.']],
  [z.array(z.string()).max(1), ['a', 'b'], ['body: body: 1 item at most.']],
  [z.object({limit: z.number().max(200)}), {limit: 201}, ['limit: limit must be 200 or less.']],
  [z.object({limit: z.number().min(1)}), {limit: 0}, ['limit: limit must be 1 or more.']],
  [z.object({role: z.enum(['a', 'b'])}), {role: 'c'}, ['role: role must be one of: a, b.']],
  [z.object({role: z.enum(['a', 'b'])}), {}, ['role: role is needed.']],
  [z.object({at: z.iso.datetime()}), {at: 'soon'}, ['at: at is not an instant like 2026-03-01T08:30:00Z.']],
  [z.object({email: z.email()}), {email: 'x'}, ['email: email is not an e-mail address.']],
  [z.strictObject({}), {a: 1, b: 2}, ['a: a is not known here.', 'b: b is not known here.']],
  [z.object({to: z.union([z.string(), z.number()])}), {}, ['to: to is needed.']],
  [z.object({value: json}), {}, ['value: value is needed.']],
  [z.string(), undefined, ['body: body is needed.']],
];
for (const [schema, input, words] of cases) {
  test(`${JSON.stringify(input)} is told: ${words.join(' ')}`, () => {
    assert.throws(
      () => parseInput(schema, input, 'body'),
      error => {
        assert.ok(isError(error, 'request.invalid'));
        assert.deepEqual(
          error.issues?.map(({field, message}) => `${field}: ${message}`),
          words,
        );
        return true;
      },
    );
  });
}

test('a request with thousands of faults is told the first hundred', () => {
  const input = Array.from({length: 5000}, () => 1);
  assert.throws(
    () => parseInput(z.array(z.string()), input, 'body'),
    error => isError(error) && error.issues?.length === 100,
  );
});

test('of a query parameter given twice the first counts, and none reaches the prototype', () => {
  const query = queryObject('http://localhost/?limit=1&limit=2&__proto__=x');
  assert.deepEqual(query, {limit: '1'});
});
