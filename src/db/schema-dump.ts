// Writes schema.sql, the schema as it stands after all migrations, for people to read in one place and for reviews to
// show what a migration changes. The embedded package has no pg_dump, and this order and wording never change by version.
import type {Column, Schema, Table} from './schema-catalog.ts';

/** The command that rewrites schema.sql and tables.ts. */
export const rewriteCommand = 'node test/support/write-schema.ts';

const head = `-- The schema after all migrations, written from the catalog: read it, do not run or edit it.
-- A changed migration changes it: ${rewriteCommand}
`;

/** The text of schema.sql. Equal schemas give equal texts. */
export function schemaText({extensions, schemas, tables, views, functions}: Schema): string {
  const parts = [
    ...extensions.map(name => `create extension ${name};\n`),
    ...schemas.map(name => `create schema ${name};\n`),
    ...tables.map(tableText),
    ...views.map(view => `${view}\n`),
    ...functions.map(text => `${text.trimEnd()};\n`),
  ];
  return [head, ...parts].join('\n');
}

function tableText(table: Table): string {
  const lines = [...table.columns.map(columnText), ...table.constraints.map(constraint => `constraint ${constraint}`)];
  const body = lines.map(line => `  ${line}`).join(',\n');
  const partitioned = table.partitionedBy === null ? '' : ` partition by ${table.partitionedBy}`;
  const options = table.options.length === 0 ? '' : ` with (${table.options.join(', ')})`;
  const statements = [
    `create table ${table.name} (\n${body}\n)${partitioned}${options}`,
    ...table.indexes.map(index => index.replace(/ ON (ONLY )?public\./, ' ON ')),
    ...table.triggers,
    ...rowSecurityText(table),
    ...table.policies,
    ...table.grants.map(grant => grant.replace(' to ', ` on ${table.name} to `)).map(grant => `grant ${grant}`),
  ];
  return statements.map(statement => `${statement};\n`).join('');
}

function columnText({name, type, collation, defaultsTo, generated, required}: Column): string {
  const value = generated ? ` generated always as (${defaultsTo}) stored` : ` default ${defaultsTo}`;
  return [
    `${name} ${type}`,
    collation === null ? '' : ` collate "${collation}"`,
    defaultsTo === null ? '' : value,
    required ? ' not null' : '',
  ].join('');
}

function rowSecurityText({name, rowSecurity}: Table): readonly string[] {
  switch (rowSecurity) {
    case 'off':
      return [];
    case 'enabled':
      return [`alter table ${name} enable row level security`];
    case 'forced':
      return [`alter table ${name} enable row level security, force row level security`];
    default:
      return rowSecurity satisfies never;
  }
}
