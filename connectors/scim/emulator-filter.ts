// The filters of the emulator: eq, ne, sw, ew, co, pr, and, or, not, brackets and value paths (RFC 7644, 3.4.2.2).
import {isJsonObject, type Json, type JsonObject} from '../../src/connector/index.ts';

export type Filter = (resource: JsonObject) => boolean;

/** Undefined where the text is no filter. */
export function parseFilter(text: string): Filter | undefined {
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[()[\]]|[^\s()[\]"]+/g) ?? [];
  if (
    tokens.join('').length !== text.replace(/"(?:[^"\\]|\\.)*"|\s/g, part => (part.startsWith('"') ? part : '')).length
  )
    return undefined;
  const reader = new Reader(tokens);
  const filter = reader.readOr();
  return reader.isAtEnd ? filter : undefined;
}

class Reader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  readOr(): Filter | undefined {
    return this.#chain('or', () => this.#readAnd());
  }

  #readAnd(): Filter | undefined {
    return this.#chain('and', () => this.#readOne());
  }

  #chain(word: 'and' | 'or', next: () => Filter | undefined): Filter | undefined {
    let left = next();
    while (left && this.#take(word)) {
      const [one, other] = [left, next()];
      if (!other) return undefined;
      left =
        word === 'and' ? resource => one(resource) && other(resource) : resource => one(resource) || other(resource);
    }
    return left;
  }

  #readOne(): Filter | undefined {
    if (this.#take('not')) {
      const filter = this.#readOne();
      return filter && (resource => !filter(resource));
    }
    if (this.#take('(')) return this.#closed(')');
    const path = this.#tokens[this.#at++] ?? '';
    if (!/^[a-z][\w:.$-]*$/i.test(path)) return undefined;
    if (this.#take('[')) {
      const filter = this.#closed(']');
      return filter && (resource => valuesAt(resource, path).some(one => isJsonObject(one) && filter(one)));
    }
    if (this.#take('pr')) return resource => valuesAt(resource, path).length > 0;
    const operator = (this.#tokens[this.#at++] ?? '').toLowerCase();
    const wanted = valueOfToken(this.#tokens[this.#at++] ?? '');
    const test = operators[operator];
    if (!test || wanted === undefined) return undefined;
    const form = exact.has(path.toLowerCase()) ? String : (value: Json) => String(value).toLowerCase();
    return resource => {
      const values = valuesAt(resource, path).map(one => (isJsonObject(one) ? (one['value'] ?? '') : one));
      return values.some(value => test(form(value), form(wanted)));
    };
  }

  #closed(end: ')' | ']'): Filter | undefined {
    const filter = this.readOr();
    return this.#take(end) ? filter : undefined;
  }

  #take(word: string): boolean {
    const is = this.#tokens[this.#at]?.toLowerCase() === word;
    if (is) this.#at += 1;
    return is;
  }
}

const exact = new Set(['id', 'externalid', 'meta.version']);

const operators: {readonly [operator: string]: (value: string, wanted: string) => boolean} = {
  eq: (value, wanted) => value === wanted,
  ne: (value, wanted) => value !== wanted,
  sw: (value, wanted) => value.startsWith(wanted),
  ew: (value, wanted) => value.endsWith(wanted),
  co: (value, wanted) => value.includes(wanted),
};

function valueOfToken(token: string): Json | undefined {
  try {
    return JSON.parse(token) as Json; // what JSON.parse gives is Json
  } catch {
    return undefined;
  }
}

/** All values at a path, those in lists one by one. */
export function valuesAt(resource: JsonObject, path: string): readonly Json[] {
  let at: readonly Json[] = [resource];
  for (const name of stepsOf(path)) {
    at = at.flatMap(one => {
      const next = isJsonObject(one) ? one[keyOf(one, name)] : undefined;
      return next === undefined || next === null ? [] : Array.isArray(next) ? next : [next];
    });
  }
  return at;
}

/** `urn:…:User:manager.value` → the schema, manager, value. Points in a schema's name separate nothing. */
export function stepsOf(path: string): readonly string[] {
  const colon = path.lastIndexOf(':');
  if (colon < 0) return path.split('.');
  return /^urn:.*:2\.0:\w+$/i.test(path) ? [path] : [path.slice(0, colon), ...path.slice(colon + 1).split('.')];
}

export function keyOf(object: JsonObject, name: string): string {
  return Object.keys(object).find(key => key.toLowerCase() === name.toLowerCase()) ?? name;
}
