// A CSV file as header and rows: streamed, with limits, every problem with its line. A row that cannot be used becomes
// an issue and the others go on; what makes all that follows doubtful (a quote that never closes) ends the reading.
import {type CsvError, type Parser, parse} from 'csv-parse';
import {MusterError} from '../errors.ts';
import type {Issue} from '../model/issue.ts';
import {type Delimiter, readPreamble} from './csv-header.ts';
import {decodeText, type Encoding} from './text-decoding.ts';

export {type Delimiter, delimiters} from './csv-header.ts';

export type CsvLimits = {
  readonly fileBytes: number;
  readonly lineBytes: number;
  readonly valueCharacters: number;
  readonly columns: number;
};

export const csvLimits: CsvLimits = {fileBytes: 200e6, lineBytes: 1e6, valueCharacters: 100e3, columns: 500};

export type CsvOptions = {
  /** Told from the header line where it is left out. */
  readonly delimiter?: Delimiter | undefined;
  readonly limits?: Partial<CsvLimits>;
};

/** `line` is the first of the row's lines, the header being on line 1. A row with `issue` has no usable values. */
export type CsvRow =
  | {readonly line: number; readonly values: readonly string[]; readonly issues?: readonly Issue[]}
  | {readonly line: number; readonly issue: Issue};

export type CsvSource = {
  /** Trimmed; no name twice, though several may be empty. */
  readonly header: readonly string[];
  readonly delimiter: Delimiter;
  /** As known so far: that it is windows-1252 may only show later in the file. */
  encoding(): Encoding;
  /** In order; each row has as many values as the header. Ends with `file.header_only` where there was not one. */
  readonly rows: AsyncIterable<readonly CsvRow[]>;
  /** Lets go of the content; needed only where `rows` is not read. */
  close(): Promise<void>;
};

/** Throws `file.…` for what makes the file as a whole unusable, here or while the rows are read. */
export async function readCsv(content: AsyncIterable<Uint8Array>, options: CsvOptions = {}): Promise<CsvSource> {
  const limits = {...csvLimits, ...options.limits};
  const decoded = decodeText(content, limits.fileBytes);
  const text = decoded.text[Symbol.asyncIterator]();
  const close = async () => {
    await text.return?.();
  };
  try {
    const preamble = await readPreamble(text, options.delimiter, limits.lineBytes);
    const table = openTable(preamble.delimiter, preamble.firstLine, limits);
    const header = await readHeader(table, preamble.text, text);
    const rows = readRows(table, text, close);
    return {header, delimiter: preamble.delimiter, encoding: decoded.encoding, rows, close};
  } catch (error) {
    await close();
    throw error;
  }
}

async function readHeader(table: Table, read: string, text: AsyncIterator<string>): Promise<readonly string[]> {
  await table.feed(read);
  while (table.header === undefined && !table.finished) {
    const next = await text.next();
    await (next.done ? table.finish() : table.feed(next.value));
  }
  if (table.header === undefined) throw new MusterError('file.empty');
  return table.header;
}

async function* readRows(
  table: Table,
  text: AsyncIterator<string>,
  close: () => Promise<void>,
): AsyncGenerator<readonly CsvRow[]> {
  let count = 0;
  try {
    for (;;) {
      const batch = table.take();
      count += batch.length;
      if (batch.length > 0) yield batch;
      if (table.finished) break;
      const next = await text.next();
      await (next.done ? table.finish() : table.feed(next.value));
    }
  } finally {
    await close();
  }
  if (count === 0) throw new MusterError('file.header_only');
}

type Table = ReturnType<typeof openTable>;

/** The parser with rows collected in the order of their lines, so that rows and issues never overtake each other. */
function openTable(delimiter: Delimiter, firstLine: number, limits: CsvLimits) {
  let header: readonly string[] | undefined;
  let collected: CsvRow[] = [];
  let finished = false;
  // The parser's own count is two too many for each line end inside quotes that is \r\n, so lines are counted here.
  let line = firstLine;
  let emptyLines = 0;
  let lastStray = -1;

  function start(emptySoFar: number): number {
    line += emptySoFar - emptyLines;
    emptyLines = emptySoFar;
    return line;
  }

  function onRecord(values: string[], info: {readonly empty_lines: number}): null {
    const at = start(info.empty_lines);
    line += 1;
    for (const value of values) line += lineEnds(value);
    const blank = values.length === 1 && values[0]?.trim() === '';
    if (header === undefined) header = blank ? undefined : checkHeader(values, at, limits.columns);
    else if (!blank || header.length === 1) collected.push(checkRow(header, values, at, limits.valueCharacters));
    return null; // kept here, so the parser's own buffer stays empty
  }

  function onSkip(error: CsvError | undefined): undefined {
    const at = start(Number(error?.['empty_lines'] ?? emptyLines));
    const column = columnName(header, Number(error?.['index'] ?? 0));
    if (error?.code !== 'INVALID_OPENING_QUOTE' || header === undefined) throw fatal(error, at, column, limits);
    if (error['lines'] === lastStray) return; // a second stray quote of the same row
    lastStray = Number(error['lines']);
    collected.push({line: at, issue: issue('error', 'file.row_quote', {line: at, column})});
    line += 1;
  }

  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: limits.lineBytes,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_record: onRecord,
    on_skip: onSkip,
  });
  parser.on('error', () => {}); // the callback of the write that caused it gets it too
  return {
    get header() {
      return header;
    },
    get finished() {
      return finished;
    },
    feed: (text: string) => written(done => parser.write(text, done)),
    async finish() {
      await written(done => parser.end(done));
      finished = true;
    },
    take(): readonly CsvRow[] {
      const batch = collected;
      collected = [];
      return batch;
    },
  };
}

function written(write: (done: (error?: Error | null) => void) => Parser | boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    write(error => (error ? reject(error) : resolve()));
  });
}

function checkHeader(cells: readonly string[], line: number, mostColumns: number): readonly string[] {
  if (cells.length > mostColumns) throw new MusterError('file.too_many_columns', {params: {limit: mostColumns}});
  const header = cells.map(cell => cell.trim());
  if (header.some(name => name.includes('\0'))) throw new MusterError('file.not_text', {params: {line}});
  const seen = new Set<string>();
  for (const name of header) {
    if (name !== '' && seen.has(name.toLowerCase())) {
      throw new MusterError('file.header_duplicate', {params: {column: name.slice(0, 80)}});
    }
    seen.add(name.toLowerCase());
  }
  return header;
}

function checkRow(header: readonly string[], values: string[], line: number, mostCharacters: number): CsvRow {
  if (values.length !== header.length) {
    const params = {line, found: values.length, wanted: header.length};
    return {line, issue: issue('error', 'file.row_ragged', params)};
  }
  const issues: Issue[] = [];
  for (const [at, value] of values.entries()) {
    if (value.length > mostCharacters) {
      const params = {line, column: columnName(header, at), limit: `${mostCharacters} characters`};
      return {line, issue: issue('error', 'file.row_value_too_long', params)};
    }
    if (!value.includes('\0')) continue;
    values[at] = value.replaceAll('\0', '');
    issues.push(issue('warning', 'file.row_nul', {line, column: columnName(header, at)}));
  }
  return issues.length === 0 ? {line, values} : {line, values, issues};
}

function fatal(error: CsvError | undefined, line: number, column: string, limits: CsvLimits): MusterError {
  switch (error?.code) {
    case 'CSV_MAX_RECORD_SIZE':
      return new MusterError('file.line_too_long', {params: {line, limit: `${limits.lineBytes / 1e6} MB`}});
    case 'CSV_QUOTE_NOT_CLOSED':
      return new MusterError('file.quote_unclosed', {params: {line}});
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'INVALID_OPENING_QUOTE':
      return new MusterError('file.quote_misplaced', {params: {line, column}});
    default:
      return new MusterError('bug.unexpected', {cause: error});
  }
}

const issue = (level: Issue['level'], code: string, params: Issue['params']): Issue => ({
  level,
  code,
  field: null,
  params,
});
const columnName = (header: readonly string[] | undefined, at: number) => (header?.[at] || `${at + 1}`).slice(0, 60);

/** Line ends inside one quoted value; \r\n is one. */
function lineEnds(value: string): number {
  if (!value.includes('\n') && !value.includes('\r')) return 0;
  return value.match(/\r\n|\n|\r/g)?.length ?? 0;
}
