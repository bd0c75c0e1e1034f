// How pushed data becomes what is stored: parts with an id become references, new values merge over old ones, text is
// made well-formed, and a record gets the name that people look for. Pure.
import type {SourceRecord} from '../connector/contract.ts';
import {wellFormedDeep} from '../db/text.ts';
import type {Issue} from '../model/issue.ts';
import type {Resource} from '../model/resource.ts';
import {isJsonObject, type Json, type JsonObject, valueAt} from '../std/json.ts';

const refKey = '$ref';
/** As the database has it. */
const mostIdLength = 200;

/** The parts that a resource's data is made of: `person`, `job`, `application`. */
export function partsOf(resource: Resource): readonly string[] {
  return [...new Set(resource.fields.map(field => field.name.split('.', 1)[0] ?? field.name))];
}

export type Split = {
  readonly own: SourceRecord;
  /** Records of their own that stood nested inside, with the resource that they belong to. */
  readonly nested: readonly {readonly resource: string; readonly record: SourceRecord}[];
};

/** Takes parts that have an id out into records of their own and leaves references; a resource of one part may omit its name. */
export function splitRecord(record: SourceRecord, resource: Resource, resources: readonly Resource[]): Split {
  const parts = partsOf(resource);
  const only = parts.length === 1 ? parts[0] : undefined;
  const data = only !== undefined && !Object.hasOwn(record.data, only) ? {[only]: record.data} : record.data;
  const nested: {resource: string; record: SourceRecord}[] = [];
  const own: {[key: string]: Json} = {};
  for (const [part, value] of Object.entries(data)) {
    const id = part === resource.name || !isJsonObject(value) ? undefined : idOf(value);
    const ofPart = id === undefined ? undefined : resources.find(candidate => candidate.name === part);
    if (id === undefined || !ofPart || !isJsonObject(value)) {
      own[part] = value;
      continue;
    }
    const {id: _, ...rest} = value;
    // One that is only named is there too, so that what is said of it later is seen through this reference.
    nested.push({resource: part, record: {id, data: Object.keys(rest).length > 0 ? {[part]: rest} : {}}});
    own[part] = {[refKey]: id};
  }
  return {own: {...record, data: own}, nested};
}

/** The records that this data refers to: part and id in the source. */
export function referencesOf(data: JsonObject): readonly {readonly part: string; readonly externalId: string}[] {
  return Object.entries(data).flatMap(([part, value]) => {
    const externalId = isJsonObject(value) ? value[refKey] : undefined;
    return typeof externalId === 'string' ? [{part, externalId}] : [];
  });
}

/** New over old: absent keys keep, null clears, objects merge, a reference and an inline part replace each other. */
export function mergeData(before: JsonObject, after: JsonObject): JsonObject {
  const merged: {[key: string]: Json} = {...before};
  for (const [key, value] of Object.entries(after)) {
    const old = Object.hasOwn(before, key) ? before[key] : undefined;
    const mergeable =
      isJsonObject(old) && isJsonObject(value) && !Object.hasOwn(old, refKey) && !Object.hasOwn(value, refKey);
    merged[key] = mergeable ? mergeData(old, value) : value;
  }
  return merged;
}

/** Text that a database and JSON can hold, with an issue where something had to go. */
export function cleanRecord(record: SourceRecord): SourceRecord {
  const {value, changed} = wellFormedDeep(record.data);
  if (!changed) return record;
  const issue: Issue = {level: 'warning', code: 'record.character_removed', field: null, params: {label: record.id}};
  return {...record, data: value, issues: [...(record.issues ?? []), issue]};
}

/** A function that gives the name people know a record by, from its standard fields; '' where it has none. */
export function namer(resource: Resource): (data: JsonObject) => string {
  const pathOf = (standard: string) =>
    resource.fields.find(field => (field.standard ?? field.name) === standard)?.name.split('.') ?? null;
  const given = pathOf('person.givenName');
  const family = pathOf('person.familyName');
  const title = pathOf('job.title');
  const text = (data: JsonObject, path: readonly string[] | null) => {
    const value = path ? valueAt(data, path) : undefined;
    return typeof value === 'string' ? value.trim() : '';
  };
  return data => `${text(data, given)} ${text(data, family)}`.trim() || text(data, title);
}

/** What can be kept as the id of a record; a part with another stays where it is. */
export function isFitId(id: string): boolean {
  return id.trim() !== '' && id.length <= mostIdLength;
}

function idOf(value: JsonObject): string | undefined {
  const id = Object.hasOwn(value, 'id') ? value['id'] : undefined;
  if (typeof id === 'number') return String(id);
  return typeof id === 'string' && isFitId(id) ? id : undefined;
}
