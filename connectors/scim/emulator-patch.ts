// How the emulator applies a PATCH (RFC 7644, 3.5.2): all operations or none.
import {isJsonObject, type Json, type JsonObject} from '../../src/connector/index.ts';
import {keyOf, parseFilter, stepsOf} from './emulator-filter.ts';

/** The resource as it is afterwards, or the scimType and words of the error. */
export type Patched = {readonly resource: JsonObject} | {readonly scimType: string; readonly detail: string};

export function applyPatch(resource: JsonObject, body: Json | undefined): Patched {
  const operations = isJsonObject(body) ? body['Operations'] : undefined;
  if (!Array.isArray(operations) || operations.length === 0) return wrong('invalidSyntax', 'Operations are wanted');
  let at = resource;
  for (const operation of operations) {
    const next = isJsonObject(operation)
      ? applyOne(at, operation)
      : wrong('invalidSyntax', 'An operation is an object');
    if ('scimType' in next) return next as Patched; // a resource has no scimType
    at = (next as {readonly resource: JsonObject}).resource; // the other half of Patched
  }
  return {resource: at};
}

function applyOne(resource: JsonObject, {op, path, value = null}: JsonObject): Patched {
  if (op !== 'add' && op !== 'replace' && op !== 'remove')
    return wrong('invalidSyntax', 'op is add, replace or remove');
  if (typeof path !== 'string') {
    if (op === 'remove' || !isJsonObject(value)) return wrong('noTarget', 'A path is wanted');
    const pairs = Object.entries(value);
    return pairs.reduce<Patched>(
      (made, [name, one]) =>
        'resource' in made ? applyAt(made.resource, {op, steps: stepsOf(name), value: one}) : made,
      {resource},
    );
  }
  const inList = /^([\w:.-]+)\[(.*)\](?:\.(\w+))?$/.exec(path);
  if (!inList) return applyAt(resource, {op, steps: stepsOf(path), value});
  const [, list = '', text = '', part] = inList;
  return applyInList(resource, {op, list, text, part, value});
}

type At = {readonly op: 'add' | 'replace' | 'remove'; readonly steps: readonly string[]; readonly value: Json};

function applyAt(resource: JsonObject, {op, steps: [name = '', ...rest], value}: At): Patched {
  const key = keyOf(resource, name);
  const there = resource[key];
  if (rest.length > 0) {
    const made = applyAt(isJsonObject(there) ? there : {}, {op, steps: rest, value});
    return 'resource' in made ? {resource: {...resource, [key]: made.resource}} : made;
  }
  const {[key]: _before, ...others} = resource;
  if (op === 'remove') return {resource: others};
  if (op === 'add' && Array.isArray(there) && Array.isArray(value)) {
    return {resource: {...resource, [key]: [...there, ...value]}};
  }
  return {resource: {...resource, [key]: value}};
}

type InList = Pick<At, 'op' | 'value'> & {
  readonly list: string;
  readonly text: string;
  readonly part: string | undefined;
};

function applyInList(resource: JsonObject, {op, list, text, part, value}: InList): Patched {
  const filter = parseFilter(text);
  if (!filter) return wrong('invalidPath', `${text} is no filter`);
  const key = keyOf(resource, list);
  const there = resource[key];
  const entries = Array.isArray(there) ? there.filter(isJsonObject) : [];
  if (!entries.some(filter)) return wrong('noTarget', `Nothing in ${list} fits`);
  const kept = op === 'remove' && part === undefined ? entries.filter(entry => !filter(entry)) : entries;
  const next = kept.map(entry => {
    if (!filter(entry)) return entry;
    if (part === undefined) return isJsonObject(value) ? {...entry, ...value} : entry;
    const {[part]: _before, ...others} = entry;
    return op === 'remove' ? others : {...others, [part]: value};
  });
  return {resource: {...resource, [key]: next}};
}

const wrong = (scimType: string, detail: string) => ({scimType, detail});
