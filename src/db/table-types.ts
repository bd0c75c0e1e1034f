// Writes tables.ts, the row types that Kysely checks statements against, from the same facts as schema.sql.
import type {Column, Schema, Table} from './schema-catalog.ts';
import {rewriteCommand} from './schema-dump.ts';

const head = `// The rows of every table, written from the catalog: do not edit. A changed migration changes it:
// ${rewriteCommand}
import type {ColumnType} from 'kysely';

/** An instant. Read to the millisecond; compare instants in SQL. */
export type Instant = ColumnType<Date, Date | string, Date | string>;

/** Read parsed, written as JSON text: pg would turn a plain array into an SQL array. */
export type Json = ColumnType<unknown, string, string>;

/** May be left out of an insert: the column has a default. */
export type Defaulted<T> =
  T extends ColumnType<infer Select, infer Insert, infer Update>
    ? ColumnType<Select, Insert | undefined, Update>
    : ColumnType<T, T | undefined, T>;
`;

/** The text of tables.ts, formatted as Biome would. */
export function tableTypesText({tables}: Schema): string {
  const rows = tables.map(
    table =>
      `export type ${typeName(table.name)} = {\n${table.columns.map(column => `  ${column.name}: ${columnType(table, column)};\n`).join('')}};\n`,
  );
  const map = `export type Tables = {\n${tables.map(({name}) => `  ${name.includes('.') ? `'${name}'` : name}: ${typeName(name)};\n`).join('')}};\n`;
  return [head, ...rows, map].join('\n');
}

/** `api_keys` → `ApiKeysRow`, `auth.users` → `AuthUsersRow`. */
function typeName(table: string): string {
  const words = table.split(/[_.]/).map(word => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join('')}Row`;
}

function columnType(table: Table, column: Column): string {
  const type = `${valueType(table, column)}${column.required ? '' : ' | null'}`;
  return column.defaultsTo === null ? type : `Defaulted<${type}>`;
}

function valueType(table: Table, {name, type}: Column): string {
  if (type.endsWith('[]')) return `${scalars[type.slice(0, -2)] ?? 'unknown'}[]`;
  return choices(table, name) ?? scalars[type] ?? 'unknown';
}

/** See types.ts for why. */
const scalars: Readonly<Record<string, string>> = {
  text: 'string',
  boolean: 'boolean',
  integer: 'number',
  smallint: 'number',
  bigint: 'number',
  'double precision': 'number',
  numeric: 'string',
  date: 'string',
  bytea: 'Buffer',
  'timestamp with time zone': 'Instant',
  json: 'Json',
  jsonb: 'Json',
};

/** The words that a check like `status in ('pending', 'connected')` allows. */
function choices({constraints}: Table, column: string): string | undefined {
  for (const constraint of constraints) {
    const [, name, list] = /CHECK \(\((\w+) = ANY \(ARRAY\[(.*)\]\)\)\)$/.exec(constraint) ?? [];
    if (name === column && list !== undefined) return list.replaceAll('::text', '').split(', ').join(' | ');
  }
  return undefined;
}
