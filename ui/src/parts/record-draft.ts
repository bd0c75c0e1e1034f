// A record as a form holds it, and back to what is pushed: only what was changed, null for what was cleared. What belongs
// to a record that this one refers to goes to that record. Pure; held by test/record-draft.test.ts.
import type {Push} from '../../../src/api/contract/connection.ts';
import type {Field, Resource} from '../../../src/api/contract/connector.ts';

/** By field name; a choice, a number, yes or no are text here too. */
export type Draft = Readonly<Record<string, string | readonly string[]>>;

/** All that counts of a field here. */
type Shape = Pick<Field, 'name' | 'type'>;
type Data = Push['records'][number]['data'];
type Json = Data[string];

/** Fields that a form can show as they are: not groups, and no values of another shape than their field says. */
export function editableFields<F extends Shape>(fields: readonly F[], data: unknown): readonly F[] {
  return fields.filter(field => {
    const value = valueAt(data, field.name) ?? null;
    if (field.type === 'object') return false;
    if (field.type === 'list') return value === null || (Array.isArray(value) && value.every(isText));
    return typeof value !== 'object' || value === null;
  });
}

export function draftOf(fields: readonly Shape[], data: unknown): Draft {
  return Object.fromEntries(
    fields.map(field => {
      const value = valueAt(data, field.name);
      if (field.type === 'list') return [field.name, Array.isArray(value) ? value.map(String) : []];
      return [field.name, value === null || value === undefined ? '' : String(value)];
    }),
  );
}

/** By field name, as they are to be stored. */
export function changesOf(fields: readonly Shape[], before: Draft, after: Draft): ReadonlyMap<string, Json> {
  const changed = fields.filter(({name}) => JSON.stringify(after[name] ?? '') !== JSON.stringify(before[name] ?? ''));
  return new Map(changed.map(field => [field.name, jsonOf(field, after[field.name] ?? '')]));
}

/** The parts of the data that are records of their own: part and id in the source. */
export function referencesOf(
  data: unknown,
  resource: string,
  resources: readonly Pick<Resource, 'name'>[],
): ReadonlyMap<string, string> {
  const found = resources.flatMap(({name}) => {
    const id = valueAt(data, `${name}.id`) ?? valueAt(data, `${name}.$ref`);
    return name !== resource && (typeof id === 'string' || typeof id === 'number') ? [[name, String(id)] as const] : [];
  });
  return new Map(found);
}

export function pushedData(changes: ReadonlyMap<string, Json>, references: ReadonlyMap<string, string>): Data {
  let data: Data = {};
  for (const [name, value] of changes) {
    const path = name.split('.');
    const [part = ''] = path;
    const id = references.get(part);
    const named = id === undefined ? data : {...data, [part]: {id, ...(isObject(data[part]) ? data[part] : {})}};
    data = withValue(named, path, value);
  }
  return data;
}

function withValue(data: Data, [step = '', ...rest]: readonly string[], value: Json): Data {
  if (rest.length === 0) return {...data, [step]: value};
  const inside = data[step];
  return {...data, [step]: withValue(isObject(inside) ? inside : {}, rest, value)};
}

/** The value at a dotted path of a record's data. */
export function valueAt(data: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, part) => (isObject(value) ? value[part] : undefined), data);
}

function jsonOf({type}: Shape, entered: string | readonly string[]): Json {
  if (typeof entered !== 'string') return entered.length > 0 ? [...entered] : null;
  const text = entered.trim();
  if (text === '') return null;
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  // A decimal stays text, so that 24.50 stays 24.50; what is no number stays as it was typed and becomes an issue.
  return type === 'number' && Number.isFinite(Number(text)) ? Number(text) : text;
}

const isText = (value: unknown) => typeof value === 'string';

function isObject(value: unknown): value is Data {
  return typeof value === 'object' && value !== null;
}
