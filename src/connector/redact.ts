// What of an exchange may be kept: its shape. Keys stay, texts and numbers become their size, so that no secret and no
// personal value is in the record of a call; the values themselves stand in the event, under its rights.
import {isJsonObject, type Json, type JsonObject} from '../std/json.ts';

export const mostBodyBytes = 2_000;
const mostItems = 3;
const mostDepth = 8;
const mostWords = 300;

// Of answers only: these say what went wrong or which record it is, and are kept after scrubbing.
const keptTexts = new Set(['code', 'message', 'error', 'error_description', 'detail', 'field', 'id']);
const keptNumbers = new Set(['status', 'code', 'total', 'page', 'pageSize', 'limit', 'offset', 'count', 'id']);

/** Replaces values that must not be kept wherever they stand in a text. */
export type Scrub = (text: string) => string;

export function redactRequest(body: Json): Json {
  return redact(body, undefined);
}

export function redactAnswer(body: Json, scrub: Scrub): Json {
  return redact(body, scrub);
}

/** The query with everything but whole numbers (pages, limits) replaced by its size. */
export function redactPath(path: string): string {
  const at = path.indexOf('?');
  if (at < 0) return path;
  const query = new URLSearchParams(path.slice(at + 1));
  const parts = [...query].map(
    ([name, value]) => `${name}=${/^\d{1,9}$/.test(value) ? value : `(${value.length} characters)`}`,
  );
  return `${path.slice(0, at)}?${parts.join('&')}`;
}

/** Takes secrets, and what the request itself carried, out of the other system's words. */
export function createScrub(
  secrets: readonly string[],
  request: {readonly json?: Json; readonly query?: object},
): Scrub {
  let values: readonly string[] | undefined;
  return text => {
    values ??= [...secrets, ...leaves(request.json ?? null), ...Object.values(request.query ?? {}).map(String)]
      .map(value => value.toLowerCase())
      .filter(value => value.length > 1)
      .sort((a, b) => b.length - a.length);
    let rest = text.slice(0, mostWords);
    const lower = rest.toLowerCase();
    for (const value of values) {
      // Short values stand as words only: "Al" must not cut "invalid" in two.
      if (lower.includes(value)) rest = rest.replace(value.length > 3 ? anywhere(value) : asWord(value), '(value)');
    }
    return rest;
  };
}

function redact(body: Json, scrub: Scrub | undefined): Json {
  let left = mostBodyBytes;
  const spend = (text: string) => {
    left -= /^[\w ()]*$/.test(text) ? text.length + 3 : Buffer.byteLength(JSON.stringify(text)) + 1;
    return left > 0;
  };
  const leaf = (value: Json, key: string): Json => {
    if (value === null || typeof value === 'boolean') return value;
    if (typeof value === 'string') return scrub && keptTexts.has(key) ? scrub(value) : `(${value.length} characters)`;
    return scrub && keptNumbers.has(key) ? value : '(number)';
  };
  const walk = (value: Json, key: string, depth: number): Json => {
    if (Array.isArray(value)) return walkList(value, key, depth);
    if (isJsonObject(value)) return depth > mostDepth ? '(deeper)' : walkObject(value, depth);
    const kept = leaf(value, key);
    return spend(String(kept)) ? kept : '…';
  };
  const walkList = (list: readonly Json[], key: string, depth: number): Json => {
    if (depth > mostDepth) return '(deeper)';
    const kept: Json[] = [];
    for (const item of list.slice(0, mostItems)) if (left > 200) kept.push(walk(item, key, depth + 1));
    if (list.length > kept.length) kept.push(`(${list.length - kept.length} more)`);
    left -= 20;
    return kept;
  };
  const walkObject = (object: JsonObject, depth: number): Json => {
    const kept: [string, Json][] = [];
    const keys = Object.keys(object);
    for (const key of keys) {
      if (left < 200 || !spend(key.slice(0, 100))) {
        kept.push(['…', `(${keys.length - kept.length} more)`]);
        break;
      }
      kept.push([key.slice(0, 100), walk(object[key] ?? null, key, depth + 1)]);
    }
    left -= 4;
    return Object.fromEntries(kept);
  };
  return walk(body, '', 0);
}

function* leaves(json: Json): Iterable<string> {
  if (typeof json === 'string' || typeof json === 'number') yield String(json);
  else if (Array.isArray(json)) for (const item of json) yield* leaves(item);
  else if (isJsonObject(json)) for (const value of Object.values(json)) yield* leaves(value);
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const anywhere = (value: string) => new RegExp(escaped(value), 'gi');
const asWord = (value: string) => new RegExp(`(?<![\\p{L}\\p{N}])${escaped(value)}(?![\\p{L}\\p{N}])`, 'giu');
