import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type CsvOutOptions, writeCsv} from './csv-out.ts';

type Row = {readonly [field: string]: string | number | boolean | null};

async function write(rows: readonly Row[], options: CsvOutOptions, columns = ['a', 'b']): Promise<string> {
  async function* all() {
    yield* rows;
  }
  const blocks: Uint8Array[] = [];
  for await (const block of writeCsv(
    columns.map(field => ({field, header: field.toUpperCase()})),
    all(),
    options,
  )) {
    blocks.push(block);
  }
  return Buffer.concat(blocks).toString();
}

test('lines end in \\r\\n, absent and null values are empty, numbers and booleans are text', async () => {
  const rows = [{a: 1.5, b: true}, {a: null}, {b: 'x'}];
  assert.equal(await write(rows, {guard: 'none'}), 'A,B\r\n1.5,true\r\n,\r\n,x\r\n');
});

test('without rows the header is still there', async () => {
  assert.equal(await write([], {guard: 'none'}), 'A,B\r\n');
});

const quoted: readonly (readonly [string, string])[] = [
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  ['a\rb', '"a\rb"'],
  [' edge', '" edge"'],
];
for (const [value, text] of quoted) {
  test(`${JSON.stringify(value)} is written as ${JSON.stringify(text)}`, async () => {
    assert.equal(await write([{a: value}], {guard: 'none'}), `A,B\r\n${text},\r\n`);
  });
}

test('in a file of one column an empty value is not an empty line', async () => {
  assert.equal(await write([{a: ''}, {a: null}], {guard: 'none'}, ['a']), 'A\r\n""\r\n""\r\n');
});

test('for machines a phone number, a negative number and a formula stay as they are', async () => {
  const text = await write(
    [
      {a: '+64 21', b: '-5'},
      {a: '=1+1', b: '@x'},
    ],
    {guard: 'none'},
  );
  assert.equal(text, 'A,B\r\n+64 21,-5\r\n=1+1,@x\r\n');
});

test('for people what a spreadsheet would run gets an apostrophe, and a mark makes it read UTF-8', async () => {
  const text = await write(
    [
      {a: '=1+1', b: '@x'},
      {a: 'Ō', b: '1'},
    ],
    {guard: 'formulas'},
  );
  assert.equal(text, "\ufeffA,B\r\n'=1+1,'@x\r\nŌ,1\r\n");
});

test('a field named like a property of every object is not taken from it', async () => {
  assert.equal(await write([{}], {guard: 'none'}, ['constructor', 'a']), 'CONSTRUCTOR,A\r\n,\r\n');
});

test('many rows come in blocks, not in one piece', async () => {
  async function* rows() {
    for (let n = 0; n < 1000; n++) yield {a: n};
  }
  let blocks = 0;
  for await (const _block of writeCsv([{field: 'a', header: 'A'}], rows(), {guard: 'none'})) blocks++;
  assert.equal(blocks, 5);
});
