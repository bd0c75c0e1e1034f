import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {type CsvColumn, writeCsv} from './csv-out.ts';
import {type CsvOptions, type CsvRow, readCsv} from './csv-source.ts';
import {heapBytes} from './testing/heap.ts';

async function* parts(...content: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of content) yield typeof part === 'string' ? Buffer.from(part) : part;
}

async function read(content: AsyncIterable<Uint8Array>, options?: CsvOptions) {
  const source = await readCsv(content, options);
  const rows: CsvRow[] = [];
  for await (const batch of source.rows) rows.push(...batch);
  return {...source, rows, encoding: source.encoding()};
}

const valuesOf = (rows: readonly CsvRow[]) => rows.map(row => ('values' in row ? row.values : row.issue.code));
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');

const encodings: readonly (readonly [string, readonly Uint8Array[]])[] = [
  ['utf-8', [Buffer.from('name,town\nJosé,Ōtāhuhu 👩🏽‍🌾\n')]],
  ['utf-8', [Buffer.from('\ufeffname,town\nJosé,Ōtāhuhu 👩🏽‍🌾\n')]],
  ['utf-16le', [utf16('name,town\nJosé,Ōtāhuhu 👩🏽‍🌾\n')]],
  ['utf-16be', [utf16('name,town\nJosé,Ōtāhuhu 👩🏽‍🌾\n').swap16()]],
];
for (const [encoding, content] of encodings) {
  for (const step of [1, 2, 3, 1000]) {
    test(`reads ${encoding} of ${content[0]?.length} bytes in pieces of ${step}`, async () => {
      const bytes = Buffer.concat(content);
      const pieces = Array.from({length: Math.ceil(bytes.length / step)}, (_, n) =>
        bytes.subarray(n * step, (n + 1) * step),
      );
      const found = await read(parts(...pieces));
      assert.deepEqual(found.header, ['name', 'town']);
      assert.deepEqual(valuesOf(found.rows), [['José', 'Ōtāhuhu 👩🏽‍🌾']]);
      assert.equal(found.encoding, encoding);
    });
  }
}

test('what is not UTF-8 is windows-1252, also when that only shows late or at the very end', async () => {
  const late = 'name\n'.concat('Ann\n'.repeat(50_000));
  const found = await read(parts(late, Buffer.from('Jos\xe9\n“'.replace('“', '\x93'), 'latin1')));
  assert.equal(found.encoding, 'windows-1252');
  assert.deepEqual(valuesOf(found.rows.slice(-2)), [['José'], ['“']]);
});

test('a file that was UTF-8 and then is not is refused with the line', async () => {
  const content = () => parts('name\nJosé\nAnn\nBo', Buffer.from('\xe9\n', 'latin1'));
  await assert.rejects(read(content()), {code: 'file.not_text', params: {line: 4}});
  await assert.rejects(read(parts(utf16('a\n\ud800b\n'))), {code: 'file.not_text'});
});

test('workbooks and PDF are told from text', async () => {
  for (const start of ['PK\x03\x04', '%PDF-1.7']) await assert.rejects(read(parts(start)), {code: 'file.not_text'});
});

const headers: readonly (readonly [string, string, readonly string[]])[] = [
  ['a,b;c\n', ',', ['a', 'b;c']],
  ['a;b;c,d\n', ';', ['a', 'b', 'c,d']],
  ['a\tb\n', '\t', ['a', 'b']],
  ['a|b\r\n', '|', ['a', 'b']],
  ['"a,b,c,d";e;f\n', ';', ['a,b,c,d', 'e', 'f']],
  ['alone\n', ',', ['alone']],
  ['"two\nlines",b\n', ',', ['two\nlines', 'b']],
  ['\r\n\n  \n a , b \n', ',', ['a', 'b']],
  ['sep=;\r\na;b\r\n', ';', ['a', 'b']],
];
for (const [text, delimiter, header] of headers) {
  test(`tells the columns of ${JSON.stringify(text)}`, async () => {
    const source = await readCsv(parts(text));
    assert.deepEqual([source.delimiter, source.header], [delimiter, header]);
    await source.close();
  });
}

test('a delimiter that is given is not guessed', async () => {
  const source = await readCsv(parts('a,b,c;d\n'), {delimiter: ';'});
  assert.deepEqual(source.header, ['a,b,c', 'd']);
});

test('line numbers are those of an editor, with quoted lines, empty lines and both line ends', async () => {
  const text = '\n\nid,note\r\n1,"x\r\ny\nz"\r\n\r\n\n2,a"b"c"\n3\n4,ok\n5,"say ""hi"""';
  const {rows} = await read(parts(text));
  assert.deepEqual(
    rows.map(row => [row.line, 'issue' in row ? row.issue.code : row.values[0]]),
    [
      [4, '1'],
      [9, 'file.row_quote'],
      [10, 'file.row_ragged'],
      [11, '4'],
      [12, '5'],
    ],
  );
});

test('a row of the wrong width is an issue with both counts, and the others go on', async () => {
  const {rows} = await read(parts('a,b\n1,2,3\n4,5\n'));
  const [ragged, fine] = rows;
  assert.ok(ragged && 'issue' in ragged && fine && 'values' in fine);
  assert.deepEqual(ragged.issue.params, {line: 2, found: 3, wanted: 2});
});

test('a NUL is taken out with a warning', async () => {
  const {rows} = await read(parts('a,b\n1,x\0y\n'));
  const [row] = rows;
  assert.ok(row && 'values' in row);
  assert.deepEqual(row.values, ['1', 'xy']);
  assert.deepEqual(
    row.issues?.map(({code, params}) => [code, params['column']]),
    [['file.row_nul', 'b']],
  );
});

const unusable: readonly (readonly [string, string, string])[] = [
  ['an empty file', '', 'file.empty'],
  ['only white space', ' \n\n  ', 'file.empty'],
  ['only a mark', '\ufeff', 'file.empty'],
  ['only a header', 'a,b', 'file.header_only'],
  ['only a header and empty lines', 'a,b\n\n\n', 'file.header_only'],
  ['a header with one name twice', 'Email,email\n1,2\n', 'file.header_duplicate'],
  ['a header with a NUL', 'a,b\0\n1,2\n', 'file.not_text'],
  ['501 columns', `${Array.from({length: 501}, (_, n) => `c${n}`).join(',')}\n`, 'file.too_many_columns'],
  ['a quote that never closes', 'a,b\n1,2\n"3,4\n5,6\n', 'file.quote_unclosed'],
  ['text after a closing quote', 'a,b\n1,2\n"3" x,4\n', 'file.quote_misplaced'],
  ['a line above the limit', `a\n1\n${'x'.repeat(1_100_000)}\n`, 'file.line_too_long'],
];
for (const [what, text, code] of unusable) {
  test(`${what} ends the reading with ${code}`, async () => {
    await assert.rejects(read(parts(text)), {code});
  });
}

test('the line of an unclosed quote is where its row starts', async () => {
  await assert.rejects(read(parts('a,b\n1,2\n3,"4\n5,6\n7,8')), {params: {line: 3}});
});

test('rows before the place where reading ends have been given', async () => {
  const source = await readCsv(parts('a,b\n1,2\n', '3,4\n', '"5,6\n'));
  const rows: CsvRow[] = [];
  await assert.rejects(
    async () => {
      for await (const batch of source.rows) rows.push(...batch);
    },
    {code: 'file.quote_unclosed'},
  );
  assert.deepEqual(valuesOf(rows), [
    ['1', '2'],
    ['3', '4'],
  ]);
});

test('empty column names may repeat, and __proto__ is a name like any other', async () => {
  const {header, rows} = await read(parts('id,,,__proto__\n1,,,x\n'));
  assert.deepEqual(header, ['id', '', '', '__proto__']);
  assert.deepEqual(valuesOf(rows), [['1', '', '', 'x']]);
});

test('a value above the limit makes its row an issue', async () => {
  const {rows} = await read(parts(`a,b\n1,${'x'.repeat(11)}\n2,y\n`), {limits: {valueCharacters: 10}});
  assert.deepEqual(valuesOf(rows), ['file.row_value_too_long', ['2', 'y']]);
});

test('a file above the limit is refused', async () => {
  const limits = {fileBytes: 1e6};
  await assert.rejects(read(parts('a\n', ...Array(300).fill('12345678\n'.repeat(500))), {limits}), {
    code: 'file.too_large',
  });
});

test('one line of 200 MB ends fast', async () => {
  async function* line() {
    yield Buffer.from('a,b\n');
    for (let n = 0; n < 200; n++) yield Buffer.alloc(1e6, 'x');
  }
  const startedMs = performance.now();
  await assert.rejects(read(line()), {code: 'file.line_too_long', params: {line: 2, limit: '1 MB'}});
  assert.ok(performance.now() - startedMs < 2000);
});

test('who stops reading lets go of the content', async () => {
  let closed = false;
  async function* content() {
    try {
      for (;;) yield Buffer.from('a,b\n1,2\n');
    } finally {
      closed = true;
    }
  }
  const source = await readCsv(content());
  for await (const _batch of source.rows) break;
  assert.ok(closed);
});

test('memory stays flat over 120,000 rows', async () => {
  async function* content() {
    yield Buffer.from('id,name,mail\n');
    for (let n = 0; n < 120; n++) yield Buffer.from('17,Mary Smith,mary@example.com\n'.repeat(1000));
  }
  let count = 0;
  let atFirst: number | undefined;
  for await (const batch of (await readCsv(content())).rows) {
    count += batch.length;
    if (count > 12_000) atFirst ??= heapBytes();
  }
  assert.equal(count, 120_000);
  assert.ok(heapBytes() - (atFirst ?? 0) < 10e6);
});

const cell = fc.string({
  unit: fc.constantFrom(...'aé👩 "\',;|\t\r\n=+-@_'.split(''), '👩', '""', '\r\n'),
  maxLength: 8,
});

for (const guard of ['none', 'formulas'] as const) {
  test(`what is written with guard ${guard} is read again the same`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc
          .integer({min: 1, max: 4})
          .chain(width => fc.array(fc.array(cell, {minLength: width, maxLength: width}), {minLength: 1})),
        fc.constantFrom(...([',', ';', '\t', '|'] as const)),
        async (table, delimiter) => {
          const columns: CsvColumn[] = (table[0] ?? []).map((_, n) => ({header: `c${n}`, field: `f${n}`}));
          async function* rows() {
            for (const row of table) yield Object.fromEntries(row.map((value, n) => [`f${n}`, value]));
          }
          // Lone surrogates cannot be written in UTF-8; the border of the application has taken them out before.
          fc.pre(table.flat().every(value => value.isWellFormed()));
          const found = await read(writeCsv(columns, rows(), {guard, delimiter}), {delimiter});
          const plain = (value: string) => (guard === 'formulas' ? value.replace(/^'(?=[=+\-@\t\r])/, '') : value);
          assert.deepEqual(
            found.rows.map(row => 'values' in row && row.values.map(plain)),
            table.map(row => row.map(plain)),
          );
        },
      ),
      {numRuns: 300},
    );
  });
}
