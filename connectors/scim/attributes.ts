// Which SCIM attribute each field is, and the way between a record's flat values and a SCIM resource. What a change does
// not name stays as it is, also in whole records and in lists that hold more than Muster knows of.
import {isJsonObject, type Json, type JsonObject, type Values} from '../../src/connector/index.ts';

const core = 'urn:ietf:params:scim:schemas:core:2.0';
export const userSchema = `${core}:User`;
export const groupSchema = `${core}:Group`;
export const enterpriseSchema = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

export type Attribute = {
  readonly field: string;
  /** Where it is in the resource; the first step of an extension's attribute is its schema. */
  readonly path: readonly string[];
  /** `entry`: the work one of a list of values; `reference`: the id of another resource; `references`: a list of them. */
  readonly kind: 'text' | 'flag' | 'entry' | 'reference' | 'references';
  /** Whether upper and lower case make a difference (RFC 7643). */
  readonly caseExact: boolean;
};

type Row = readonly [field: string, path: readonly string[]];
const rows = (kind: Attribute['kind'], caseExact: boolean, list: readonly Row[]): readonly Attribute[] =>
  list.map(([field, path]) => ({field, path, kind, caseExact}));

export const userAttributes: readonly Attribute[] = [
  ...rows('text', false, [['userName', ['userName']]]),
  ...rows('text', true, [
    ['externalId', ['externalId']],
    ['givenName', ['name', 'givenName']],
    ['familyName', ['name', 'familyName']],
    ['displayName', ['displayName']],
    ['title', ['title']],
    ['employeeNumber', [enterpriseSchema, 'employeeNumber']],
    ['department', [enterpriseSchema, 'department']],
    ['division', [enterpriseSchema, 'division']],
    ['organization', [enterpriseSchema, 'organization']],
    ['costCenter', [enterpriseSchema, 'costCenter']],
  ]),
  ...rows('entry', false, [
    ['workEmail', ['emails']],
    ['workPhone', ['phoneNumbers']],
  ]),
  ...rows('reference', true, [['manager', [enterpriseSchema, 'manager']]]),
  ...rows('flag', true, [['active', ['active']]]),
];

export const groupAttributes: readonly Attribute[] = [
  ...rows('text', true, [
    ['displayName', ['displayName']],
    ['externalId', ['externalId']],
  ]),
  ...rows('references', true, [['members', ['members']]]),
];

/** As PATCH and filters name it: `name.givenName`, `urn:…:User:department`. */
export function pathText({path: [first = '', ...rest]}: Attribute): string {
  return first.includes(':') ? `${first}:${rest.join('.')}` : [first, ...rest].join('.');
}

/** As filters name what a record is recognised by. */
export function filterPath(attribute: Attribute): string {
  return attribute.kind === 'entry' ? `${pathText(attribute)}.value` : pathText(attribute);
}

/** A resource's values by field; null where it has none. */
export function valuesOf(attributes: readonly Attribute[], resource: JsonObject): Values {
  return Object.fromEntries(attributes.map(attribute => [attribute.field, readValue(attribute, resource)]));
}

export function readValue(attribute: Attribute, resource: JsonObject): Json {
  const raw = rawAt(resource, attribute.path);
  switch (attribute.kind) {
    case 'text':
      return textOf(raw);
    case 'flag':
      return flagOf(raw);
    case 'entry':
      return textOf(isJsonObject(raw) ? raw['value'] : entriesOf(raw)[workAt(entriesOf(raw))]?.['value']);
    case 'reference':
      return textOf(isJsonObject(raw) ? raw['value'] : raw);
    case 'references':
      return entriesOf(raw).flatMap(entry => textOf(entry['value']) ?? []);
    default:
      return attribute.kind satisfies never;
  }
}

/** Every text by which a filter on the attribute would find the resource: of a list all its entries. */
export function textsOf(attribute: Attribute, resource: JsonObject): readonly string[] {
  if (attribute.kind !== 'entry') return [readValue(attribute, resource)].flatMap(value => textOf(value) ?? []);
  return entriesOf(rawAt(resource, attribute.path)).flatMap(entry => textOf(entry['value']) ?? []);
}

export function isSame(attribute: Attribute, one: Json, other: Json): boolean {
  const [a, b] = [comparable(attribute, one), comparable(attribute, other)];
  return JSON.stringify(a) === JSON.stringify(b);
}

function comparable(attribute: Attribute, value: Json): Json {
  if (attribute.kind === 'flag') return flagOf(value);
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(String).sort();
  const text = textOf(value);
  return text === null || attribute.caseExact ? text : caseless(text);
}

/** For attributes in which case makes no difference. */
export const caseless = (text: string) => text.normalize('NFC').trim().toLowerCase();

/** What stands at the attribute once it has that value; undefined where nothing is left. */
export function rawWith(attribute: Attribute, resource: JsonObject, value: Json): Json | undefined {
  const raw = rawAt(resource, attribute.path);
  if (attribute.kind === 'entry') return entriesWith(entriesOf(raw), value);
  if (value === null || value === '') return undefined;
  if (attribute.kind === 'reference') return {value};
  if (attribute.kind !== 'references') return value;
  const there = new Map(entriesOf(raw).map(entry => [textOf(entry['value']), entry]));
  const ids = Array.isArray(value) ? value.map(String) : [String(value)];
  return ids.length === 0 ? undefined : ids.map(id => there.get(id) ?? {value: id});
}

/** The resource with these values, and everything else that it holds. */
export function resourceWith(attributes: readonly Attribute[], resource: JsonObject, values: Values): JsonObject {
  return attributes
    .filter(({field}) => Object.hasOwn(values, field))
    .reduce(
      (made, attribute) => withRaw(made, attribute.path, rawWith(attribute, made, values[attribute.field] ?? null)),
      resource,
    );
}

/** Names of attributes have no case. */
export function rawAt(resource: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (at, name) => (isJsonObject(at) ? at[nameIn(at, name)] : undefined),
    resource ?? null,
  );
}

export function flagOf(raw: Json | undefined): boolean | null {
  if (typeof raw === 'boolean') return raw;
  const word = typeof raw === 'string' ? raw.trim().toLowerCase() : '';
  return word === 'true' ? true : word === 'false' ? false : null;
}

export function textOf(raw: Json | undefined): string | null {
  if (typeof raw === 'number') return String(raw);
  if (typeof raw !== 'string' || raw === '') return null;
  return raw.replace(/^tel:/i, '');
}

function withRaw(resource: JsonObject, [name = '', ...rest]: readonly string[], raw: Json | undefined): JsonObject {
  const key = nameIn(resource, name);
  const part = resource[key];
  const next = rest.length === 0 ? raw : withRaw(isJsonObject(part) ? part : {}, rest, raw);
  const {[key]: _before, ...others} = resource;
  return next === undefined || isEmpty(next) ? others : {...others, [key]: next};
}

const isEmpty = (raw: Json) => isJsonObject(raw) && Object.keys(raw).length === 0;

function nameIn(resource: JsonObject, name: string): string {
  if (Object.hasOwn(resource, name)) return name;
  return Object.keys(resource).find(key => key.toLowerCase() === name.toLowerCase()) ?? name;
}

function entriesOf(raw: Json | undefined): readonly JsonObject[] {
  return Array.isArray(raw) ? raw.filter(isJsonObject) : [];
}

/** The entry for work; else, since some systems keep no types, the primary or first of those without one. */
function workAt(entries: readonly JsonObject[]): number {
  const typed = entries.findIndex(({type}) => typeof type === 'string' && type.toLowerCase() === 'work');
  if (typed >= 0) return typed;
  const primary = entries.findIndex(({type, primary}) => textOf(type) === null && flagOf(primary) === true);
  return primary >= 0 ? primary : entries.findIndex(({type}) => textOf(type) === null);
}

function entriesWith(entries: readonly JsonObject[], value: Json): Json | undefined {
  const at = workAt(entries);
  const others = entries.filter((_, index) => index !== at);
  if (value === null || value === '') return others.length === 0 ? undefined : others;
  if (at >= 0) return entries.map((entry, index) => (index === at ? {...entry, value} : entry));
  const primary = entries.some(entry => flagOf(entry['primary']) === true) ? {} : {primary: true};
  return [...entries, {value, type: 'work', ...primary}];
}
