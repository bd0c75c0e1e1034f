// Writes Hectre's import file. Contractors are only known from the connection's settings, so `describe` gives them as
// the field's choices and every record is checked against them before a file is made.
import {
  type Connector,
  type CsvCell,
  type FileRow,
  type Json,
  type JsonObject,
  type Resource,
  writeCsv,
} from '../../src/connector/index.ts';
import {manifest} from './manifest.ts';

export const hectreCsv: Connector = {
  manifest,

  async check(ctx) {
    return [{level: 'info', code: 'check.passed', params: {connection: ctx.connectionName}, owner: 'nobody'}];
  },

  async describe(ctx) {
    return manifest.resources.map(resource => withContractors(resource, ctx.settings));
  },

  async *files(_ctx, rows, meta) {
    const columns = meta.resource.fields.map(({name, label}) => ({field: name, header: label}));
    const name = `hectre-employees-${meta.at.toISOString().replace(/[-:]|\.\d+/g, '')}.csv`;
    yield {name, mediaType: 'text/csv', content: writeCsv(columns, cellsOf(rows), {guard: 'none'})};
  },
};

function withContractors(resource: Resource, settings: JsonObject): Resource {
  const contractors = Array.isArray(settings['contractors']) ? settings['contractors'].map(String) : [];
  const choices = contractors.map(value => ({value, label: value}));
  return {
    ...resource,
    fields: resource.fields.map(field => (field.name === 'contractors' ? {...field, choices} : field)),
  };
}

async function* cellsOf(rows: AsyncIterable<FileRow>): AsyncGenerator<{readonly [field: string]: CsvCell}> {
  for await (const {values} of rows) {
    yield Object.fromEntries(Object.entries(values).map(([name, value]) => [name, cellOf(value)]));
  }
}

function cellOf(value: Json): CsvCell {
  if (Array.isArray(value)) return value.map(String).join('|');
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as Exclude<Json, object>); // lists and objects are dealt with
}
