// Which parts and fields an expression can name (person.email, row['First name'], settings.accountType), and a record in
// that shape: null and blanks left out, text trimmed, values of the wrong type set aside. Absent parts are empty ones, so
// that asking whether a part of an absent part is there is no failure.
import type {Json} from '../std/json.ts';
import {isJsonObject} from '../std/json.ts';
import {parseDecimal} from './decimal.ts';

export type Kind = 'text' | 'number' | 'boolean' | 'list' | 'map';
export type Shape = {readonly children: ReadonlyMap<string, Shape | Kind>};

/** Names that mean something else to the language or to JavaScript; a field of that name cannot be read. */
const reserved: ReadonlySet<string> = new Set([
  ...['__proto__', 'constructor', 'prototype', 'today', 'cel', 'optional', 'google', 'type', 'map', 'list', 'string'],
  ...[
    'int',
    'uint',
    'double',
    'bool',
    'bytes',
    'dyn',
    'true',
    'false',
    'null',
    'in',
    'as',
    'break',
    'const',
    'continue',
  ],
  ...[
    'else',
    'for',
    'function',
    'if',
    'import',
    'let',
    'loop',
    'package',
    'namespace',
    'return',
    'var',
    'void',
    'while',
  ],
]);

export function isName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) && !reserved.has(text);
}

/** A path as it is written in an expression: `person.email`, `row['E-mail']`. With `optional`, its last access is. */
export function pathText(path: readonly string[], how: 'plain' | 'optional' = 'plain'): string {
  return path
    .map((part, index) => {
      const mark = how === 'optional' && index === path.length - 1 && index > 0 ? '?' : '';
      if (index === 0) return part;
      return isName(part) ? `.${mark}${part}` : `[${mark}'${part.replace(/[\\']/g, '\\$&')}']`;
    })
    .join('');
}

/** The shape of fields whose names are paths; a field with fields below it is a part. */
export function shapeOf(fields: readonly {readonly path: readonly string[]; readonly type: string}[]): Shape {
  const root: Growing = new Map();
  for (const field of fields) {
    if (field.path.some(part => part === '' || part === '__proto__' || part === 'constructor')) continue;
    if (!isName(field.path[0] ?? '')) continue;
    let at = root;
    for (const part of field.path.slice(0, -1)) {
      const next = at.get(part);
      const below: Growing = next instanceof Map ? next : new Map();
      at.set(part, below);
      at = below;
    }
    const last = field.path.at(-1) ?? '';
    if (!at.has(last)) at.set(last, kindOf(field.type));
  }
  return grown(root);
}

type Growing = Map<string, Kind | Growing>;

function grown(children: Growing): Shape {
  return {
    children: new Map(Array.from(children, ([name, child]) => [name, child instanceof Map ? grown(child) : child])),
  };
}

function kindOf(type: string): Kind {
  if (type === 'number' || type === 'decimal') return 'number';
  if (type === 'boolean' || type === 'list') return type;
  return type === 'object' ? 'map' : 'text';
}

/** What a path leads to, or the first part that is not there and the names that are. */
export function findInShape(
  shape: Shape,
  path: readonly string[],
): {readonly found: Shape | Kind} | {readonly unknownAt: number; readonly known: readonly string[]} {
  let at: Shape | Kind = shape;
  for (const [index, part] of path.entries()) {
    if (at === 'map') return {found: 'map'};
    const next: Shape | Kind | undefined = typeof at === 'string' ? undefined : at.children.get(part);
    if (next === undefined)
      return {unknownAt: index, known: typeof at === 'string' ? [] : Array.from(at.children.keys())};
    at = next;
  }
  return {found: at};
}

/** Only what the paths need: a record of two hundred columns is not built for a mapping that reads five. */
export function prunedShape(shape: Shape, paths: readonly (readonly string[])[]): Shape {
  const children = new Map<string, Shape | Kind>();
  for (const [name, child] of shape.children) {
    const below = paths.filter(path => path[0] === name).map(path => path.slice(1));
    if (below.length === 0) continue;
    const whole = typeof child === 'string' || below.some(path => path.length === 0);
    children.set(name, whole ? child : prunedShape(child, below));
  }
  return {children};
}

/** The value as the language sees it; undefined for null, blanks and what has no place; `misfit` for the wrong type. */
export function fitted(kind: Kind, raw: Json | undefined): unknown {
  if (raw === undefined || raw === null) return undefined;
  if (typeof raw === 'string') {
    const text = raw.trim();
    return text === '' ? undefined : ofText(kind, text);
  }
  switch (kind) {
    case 'text':
      return typeof raw === 'number' || typeof raw === 'boolean' ? String(raw) : misfit;
    case 'number':
      return typeof raw === 'number' ? raw : misfit;
    case 'boolean':
      return typeof raw === 'boolean' ? raw : misfit;
    case 'list':
      return Array.isArray(raw) ? cleaned(raw, 0) : misfit;
    case 'map':
      return isJsonObject(raw) ? cleaned(raw, 0) : misfit;
    default:
      return kind satisfies never;
  }
}

export const misfit: unique symbol = Symbol('misfit');

const booleans: {readonly [word: string]: boolean} = {true: true, false: false, yes: true, no: false};

/** Text as yes or no, whatever its case; undefined for other words. */
export function booleanOf(text: string): boolean | undefined {
  const word = text.toLowerCase();
  return Object.hasOwn(booleans, word) ? booleans[word] : undefined;
}

/** Files know only text, so text of a number is a number where one is declared. */
function ofText(kind: Kind, text: string): unknown {
  if (kind === 'text') return text;
  if (kind === 'number') {
    const decimal = parseDecimal(text);
    return decimal === undefined ? misfit : Number(decimal);
  }
  return kind === 'boolean' ? (booleanOf(text) ?? misfit) : misfit;
}

const maxDepth = 32;

function cleaned(raw: Json, depth: number): unknown {
  if (raw === null || depth > maxDepth) return undefined;
  if (typeof raw === 'string') return raw.trim() || undefined;
  if (Array.isArray(raw)) return raw.map(entry => cleaned(entry, depth + 1)).filter(entry => entry !== undefined);
  if (!isJsonObject(raw)) return raw;
  const copy: {[key: string]: unknown} = Object.create(null); // no inherited names, and `__proto__` is an ordinary one
  for (const key of Object.keys(raw)) {
    const value = cleaned(raw[key] ?? null, depth + 1);
    if (value !== undefined) copy[key] = value;
  }
  return copy;
}
