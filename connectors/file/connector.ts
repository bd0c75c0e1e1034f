// Received files as a source, written files as a destination. What a file holds is only known from its header, so the
// fields come from `describe`; rows are read as text and judged by the mapping.
import {
  type Connector,
  type Context,
  type CsvCell,
  type CsvRow,
  type CsvSource,
  type Delimiter,
  delimiters,
  type FileRow,
  type Issue,
  isJsonObject,
  type Json,
  MusterError,
  type ReadFrom,
  type ReceivedFile,
  readCsv,
  type SourceRecord,
  writeCsv,
} from '../../src/connector/index.ts';
import {columnKey, fieldsOf, plain} from './columns.ts';
import {manifest} from './manifest.ts';

const defaultPageSize = 500;
const [row] = manifest.resources;

export const file: Connector = {
  manifest,

  async check(ctx) {
    const {connectionName: connection} = ctx;
    const passed = {level: 'info', code: 'check.passed', params: {connection}, owner: 'nobody'} as const;
    if (isDestination(ctx)) return [passed];
    const latest = await ctx.files.latest();
    // Not an error: the connection is fine, there is just nothing to read yet.
    if (!latest) return [{level: 'warning', code: 'file.missing', params: {}, owner: 'source'}];
    await withFile(ctx, latest, async source => idIndex(ctx, source.header));
    return [passed];
  },

  async describe(ctx) {
    if (!row) return [];
    if (isDestination(ctx)) {
      return [{...row, capabilities: ['files'], fields: fieldsOf(columnsOf(ctx), '')}];
    }
    const latest = await ctx.files.latest();
    const header = latest ? await withFile(ctx, latest, async source => source.header) : [];
    const idColumn = header.find(name => plain(name) === plain(idColumnOf(ctx)));
    const key = {
      name: 'id',
      label: idColumn ?? '',
      fields: [`row.${columnKey(idColumn ?? '')}`],
      strength: 'sure',
    } as const;
    return [{...row, capabilities: ['read'], fields: fieldsOf(header, 'row.'), keys: idColumn ? [key] : []}];
  },

  read: (ctx, _resource, from) => readPages(ctx, from),

  async *files(ctx, rows, meta) {
    const columns = meta.resource.fields.map(({name, label}) => ({field: name, header: label}));
    const name = `${plain(meta.syncName) || 'muster'}-${meta.at.toISOString().replace(/[-:]|\.\d+/g, '')}.csv`;
    const content = writeCsv(columns, cellsOf(rows), {guard: 'none', delimiter: delimiterOf(ctx)});
    yield {name, mediaType: 'text/csv', content};
  },
};

/** Where reading stopped: after which line of which file, and how many of its rows could not be read so far. */
type Resume = {readonly file: string; readonly line: number; readonly unusable: number};

async function* readPages(ctx: Context, from: ReadFrom) {
  const latest = await ctx.files.latest();
  if (!latest) throw new MusterError('file.missing');
  const resume = resumeOf(from.resume);
  // A newer file arrived in between: it is read from its beginning, as what was read before belongs to the old one.
  const start = resume?.file === latest.id ? resume : {file: latest.id, line: 0, unusable: 0};
  const source = await readCsv(latest.content(), {delimiter: delimiterOf(ctx)});
  const toRecord = recordMaker(source, idIndex(ctx, source.header));
  const pageSize = ctx.pageSize ?? defaultPageSize;
  let page: {records: SourceRecord[]; issues: Issue[]; line: number} = {records: [], issues: [], line: start.line};
  let unusable = start.unusable;
  const finish = () => ({...page, resume: {file: latest.id, line: page.line, unusable}});
  for await (const batch of source.rows) {
    for (const one of batch) {
      ctx.signal.throwIfAborted();
      if (one.line <= start.line || isBlank(one)) continue;
      const record = toRecord(one);
      page.line = one.line;
      if ('id' in record) page.records.push(record);
      else {
        page.issues.push(record);
        unusable += 1;
      }
      if (page.records.length + page.issues.length < pageSize) continue;
      yield finish();
      page = {records: [], issues: [], line: page.line};
    }
  }
  // With rows that could not be read this is not the whole set: nobody is taken for a leaver because of a typo.
  yield {...finish(), complete: unusable === 0};
}

function recordMaker(source: CsvSource, idAt: number): (one: CsvRow) => SourceRecord | Issue {
  const keys = source.header.map((name, at) => ({key: columnKey(name), at})).filter(({key}) => key !== '');
  const column = source.header[idAt] ?? '';
  return one => {
    if ('issue' in one) return one.issue;
    const id = one.values[idAt]?.trim() ?? '';
    if (id === '') return {level: 'error', code: 'file.row_no_id', field: null, params: {line: one.line, column}};
    const data = {row: Object.fromEntries(keys.map(({key, at}) => [key, one.values[at] ?? '']))};
    return one.issues ? {id, data, issues: one.issues} : {id, data};
  };
}

/** Rows of delimiters only, as spreadsheets leave them at the end. */
const isBlank = (one: CsvRow) => 'values' in one && one.values.every(value => value.trim() === '');

/** Opens the file, asks one thing and lets go of it again. */
async function withFile<T>(ctx: Context, received: ReceivedFile, ask: (source: CsvSource) => Promise<T>): Promise<T> {
  const source = await readCsv(received.content(), {delimiter: delimiterOf(ctx)});
  try {
    return await ask(source);
  } finally {
    await source.close();
  }
}

function idIndex(ctx: Context, header: readonly string[]): number {
  const column = idColumnOf(ctx);
  const at = header.findIndex(name => name !== '' && plain(name) === plain(column));
  if (at < 0) throw new MusterError('file.column_missing', {params: {column: column.slice(0, 60)}});
  return at;
}

function resumeOf(resume: Json | undefined): Resume | undefined {
  if (!isJsonObject(resume)) return undefined;
  const {file: id, line, unusable} = resume;
  return typeof id === 'string' && typeof line === 'number'
    ? {file: id, line, unusable: Number(unusable ?? 0)}
    : undefined;
}

async function* cellsOf(rows: AsyncIterable<FileRow>): AsyncGenerator<{readonly [field: string]: CsvCell}> {
  for await (const {values} of rows) {
    yield Object.fromEntries(Object.entries(values).map(([name, value]) => [name, cellOf(value)]));
  }
}

const cellOf = (value: Json): CsvCell => (typeof value === 'object' && value !== null ? JSON.stringify(value) : value);
const isDestination = ({settings}: Context) => settings['use'] === 'destination';
const idColumnOf = ({settings}: Context) => String(settings['idColumn'] ?? '');
const columnsOf = ({settings}: Context) => (Array.isArray(settings['columns']) ? settings['columns'].map(String) : []);
const delimiterOf = ({settings}: Context): Delimiter | undefined =>
  delimiters.find(one => one === settings['delimiter']);
