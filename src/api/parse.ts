// From the outside in: parameters, query and body through the contract's schemas. What does not fit is said field by
// field, all at once, in words for people; values are never repeated.
import type {z} from 'zod';
import {type ErrorIssue, MusterError} from '../errors.ts';
import type {MessageParams} from '../messages/text.ts';
import {messageText} from '../messages/text.ts';

/**
 * @param whole what the input as a whole is called, where no field is to blame
 * @throws MusterError `request.invalid`
 */
export function parseInput<S extends z.ZodType>(
  schema: S,
  input: unknown,
  whole: 'body' | 'query' | 'path',
): z.output<S> {
  const result = schema.safeParse(input, {reportInput: true});
  if (result.success) return result.data;
  throw new MusterError('request.invalid', {
    issues: result.error.issues.slice(0, mostIssues).flatMap(issue => inWords(issue, whole)),
  });
}

const mostIssues = 100;

/** One problem of a request, for checks that no schema can make. */
export function fieldIssue(field: string, code: `field.${string}`, params: MessageParams = {}): ErrorIssue {
  return {code, field, message: messageText(code, {field, ...params}).text};
}

/** Query parameters as an object; of one that is given twice, the first. */
export function queryObject(url: string): {readonly [name: string]: string} {
  const query: Record<string, string> = {};
  for (const [name, value] of new URL(url).searchParams) {
    if (name !== '__proto__') query[name] ??= value;
  }
  return query;
}

type SchemaIssue = z.core.$ZodIssue;

function inWords(issue: SchemaIssue, whole: string): readonly ErrorIssue[] {
  const field = issue.path.length === 0 ? whole : issue.path.map(String).join('.');
  if (issue.code !== 'unrecognized_keys' && issue.input === undefined) return [fieldIssue(field, 'field.required')];
  switch (issue.code) {
    case 'invalid_type':
      return [fieldIssue(field, 'field.type', {wanted: typeWord(issue.expected)})];
    case 'invalid_value':
      return [fieldIssue(field, 'field.choice', {wanted: issue.values.map(String).join(', ')})];
    case 'too_small':
      return [tooLittle(issue, field)];
    case 'too_big':
      return [tooMuch(issue, field)];
    case 'invalid_format':
      return [fieldIssue(field, 'field.format', {wanted: formatWord(issue.format)})];
    case 'unrecognized_keys':
      return issue.keys.map(key => fieldIssue(inside(issue, key), 'field.unknown'));
    case 'invalid_union':
      return [fieldIssue(field, 'field.type', {wanted: 'of one of the forms in the API reference'})];
    case 'invalid_key':
      return [fieldIssue(field, 'field.unknown')];
    case 'invalid_element':
    case 'not_multiple_of':
    case 'custom':
      return [fieldIssue(field, 'field.format', {wanted: 'of the form in the API reference'})];
    default:
      return issue satisfies never;
  }
}

function tooLittle(issue: SchemaIssue & {code: 'too_small'}, field: string): ErrorIssue {
  const limit = Number(issue.minimum);
  const unit = unitOf(issue.origin, limit);
  return unit ? fieldIssue(field, 'field.too_short', {limit, unit}) : fieldIssue(field, 'field.too_small', {limit});
}

function tooMuch(issue: SchemaIssue & {code: 'too_big'}, field: string): ErrorIssue {
  const limit = Number(issue.maximum);
  const unit = unitOf(issue.origin, limit);
  return unit ? fieldIssue(field, 'field.too_long', {limit, unit}) : fieldIssue(field, 'field.too_big', {limit});
}

function unitOf(origin: string, count: number): string | undefined {
  if (origin === 'string') return count === 1 ? 'character' : 'characters';
  if (origin === 'array') return count === 1 ? 'item' : 'items';
  return undefined;
}

function inside(issue: SchemaIssue, key: string): string {
  return [...issue.path.map(String), key].join('.');
}

function typeWord(expected: string): string {
  const words: Record<string, string> = {
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'an object',
    record: 'an object',
    null: 'null',
  };
  return words[expected] ?? expected;
}

function formatWord(format: string): string {
  const words: Record<string, string> = {
    email: 'an e-mail address',
    url: 'an address',
    datetime: 'an instant like 2026-03-01T08:30:00Z',
    date: 'a date like 2026-03-01',
  };
  return words[format] ?? 'of the form in the API reference';
}
