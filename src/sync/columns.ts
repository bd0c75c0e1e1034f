// From the columns of a file to the fields of a resource: by field name, by label, or as the request says. Pure.
import {hash} from 'node:crypto';
import type {SourceRecord} from '../connector/contract.ts';
import type {CsvRow} from '../connector/csv-source.ts';
import {MusterError} from '../errors.ts';
import type {FieldType} from '../model/field.ts';
import type {Issue} from '../model/issue.ts';
import type {Resource} from '../model/resource.ts';
import type {Json, JsonObject} from '../std/json.ts';
import {isFitId, partsOf} from './parts.ts';

export type Columns = {
  readonly issues: readonly Issue[];
  recordOf(row: CsvRow): {readonly record?: SourceRecord; readonly issues: readonly Issue[]};
};

type Target = {readonly path: readonly string[]; readonly type: FieldType};

/** Header of the column that says which record a row is. */
const idNames = ['id', 'record id'];
/** By these a row is recognised where no column says which record it is. */
const identity = ['person.givenName', 'person.familyName', 'person.email', 'job.title'];

/** @throws MusterError `file.header_unknown` when no column is known */
export function readColumns(
  header: readonly string[],
  resource: Resource,
  resources: readonly Resource[],
  given: JsonObject,
): Columns {
  const named = new Map(header.map((column, at) => [at, targetNamed(column, resource, resources, given)]));
  const idAt = header.findIndex(column => isIdColumn(column, resource, given));
  const targets = [...named].flatMap(([at, target]) => (target && at !== idAt ? [{at, target}] : []));
  if (targets.length === 0)
    throw new MusterError('file.header_unknown', {params: {columns: header.join(', ').slice(0, 80)}});
  const ignored = header.filter((column, at) => at !== idAt && !named.get(at) && column !== '');
  const issues: Issue[] = ignored.map(column => ({
    level: 'info',
    code: 'file.column_ignored',
    field: column,
    params: {column},
  }));
  if (idAt < 0) issues.push({level: 'warning', code: 'file.id_guessed', field: null, params: {}});
  const identityAt = targets.filter(({target}) => identity.includes(target.path.join('.'))).map(({at}) => at);
  const idColumn = header[idAt] ?? '';

  const recordOf: Columns['recordOf'] = row => {
    if ('issue' in row) return {issues: [row.issue]};
    const own = row.issues ?? [];
    const id = idAt >= 0 ? (row.values[idAt] ?? '').trim() : guessedId(row.values, identityAt);
    if (id === '') {
      const issue: Issue = {
        level: 'error',
        code: 'file.row_no_id',
        field: idColumn || null,
        params: {line: row.line, column: idColumn},
      };
      return {issues: [...own, issue]};
    }
    if (!isFitId(id)) {
      const params = {line: row.line, column: idColumn, limit: '200 characters'};
      return {issues: [...own, {level: 'error', code: 'file.row_value_too_long', field: idColumn, params}]};
    }
    const data: {[part: string]: Json} = {};
    for (const {at, target} of targets) put(data, target.path, cellValue(row.values[at] ?? '', target.type));
    return {record: {id, data}, issues: own};
  };
  return {issues, recordOf};
}

function isIdColumn(column: string, resource: Resource, given: JsonObject): boolean {
  return given[column] === 'id' || [...idNames, `${resource.label} id`].includes(column.toLowerCase());
}

function targetNamed(
  column: string,
  resource: Resource,
  resources: readonly Resource[],
  given: JsonObject,
): Target | undefined {
  const wanted = String(Object.hasOwn(given, column) ? given[column] : column).toLowerCase();
  const field = resource.fields.find(
    ({name, label}) => name.toLowerCase() === wanted || label.toLowerCase() === wanted,
  );
  if (field) return {path: field.name.split('.'), type: field.type};
  // A part that is a record of its own may be named: its id then says which.
  const part = partsOf(resource).find(
    name =>
      resources.some(other => other.name === name && name !== resource.name) &&
      [`${name}.id`, `${name} id`].includes(wanted),
  );
  return part === undefined ? undefined : {path: [part, 'id'], type: 'text'};
}

function guessedId(values: readonly string[], at: readonly number[]): string {
  const parts = at.map(index => (values[index] ?? '').trim().toLowerCase());
  if (parts.every(part => part === '')) return '';
  return `row-${hash('sha256', JSON.stringify(parts), 'hex').slice(0, 16)}`;
}

/** Text that is no such thing stays text: a bad value is kept and becomes an issue when it is mapped. */
function cellValue(text: string, type: FieldType): Json {
  const trimmed = text.trim();
  if ((type === 'number' || type === 'decimal') && /^-?\d{1,15}(\.\d{1,6})?$/.test(trimmed)) return Number(trimmed);
  if (type === 'boolean' && /^(true|false|yes|no)$/i.test(trimmed)) return /^(true|yes)$/i.test(trimmed);
  if (type === 'list' && trimmed !== '') return trimmed.split('|').map(part => part.trim());
  return text;
}

function put(data: {[part: string]: Json}, path: readonly string[], value: Json): void {
  let at = data;
  for (const part of path.slice(0, -1)) {
    const next = Object.hasOwn(at, part) ? at[part] : undefined;
    // Only `put` makes these objects, so an object here is ours to write to.
    at = at[part] = (typeof next === 'object' && next !== null && !Array.isArray(next) ? next : {}) as {
      [key: string]: Json;
    };
  }
  const last = path.at(-1);
  if (last !== undefined) at[last] = value;
}
