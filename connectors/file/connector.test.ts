import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {FileRow, JsonObject, Page} from '../../src/connector/index.ts';
import {describeConformance} from '../../src/connector/testing/conformance.ts';
import {openWorld, receivedFile} from '../../src/connector/testing/index.ts';
import {file} from './connector.ts';

function* people(rows: number) {
  yield 'Employee no,First name,Surname,E-mail\n';
  for (let n = 0; n < rows; n++) yield `N${n},Given${n},Family${n},person${n}@example.com\n`;
}

describeConformance(file, {
  settings: {idColumn: 'Employee no'},
  file: rows => receivedFile(() => people(rows)),
});

function open(content: string | undefined, settings: JsonObject = {idColumn: 'Id'}, pageSize?: number) {
  const received = content === undefined ? undefined : receivedFile(() => [content]);
  return openWorld({connector: file, settings, file: received, pageSize});
}

async function read(content: string, settings?: JsonObject, resume?: Page['resume']): Promise<readonly Page[]> {
  await using world = open(content, settings);
  const pages: Page[] = [];
  const from = resume === undefined ? {} : {resume};
  for await (const page of file.read?.(world.ctx, 'row', from) ?? []) pages.push(page);
  return pages;
}

const records = (pages: readonly Page[]) => pages.flatMap(page => page.records);
const issues = (pages: readonly Page[]) => pages.flatMap(page => page.issues ?? []);

test('each column is a field of its own, known headers carry their standard field', async () => {
  await using world = open('Id,Surname,E-mail,DOB,Emp. no.,Hourly rate,Shoe size,,__proto__\n1,,,,,,,,\n');
  const [row] = (await file.describe?.(world.ctx)) ?? [];
  assert.deepEqual(
    row?.fields.map(({name, label, type, standard, sensitivity}) => [name, label, type, standard, sensitivity]),
    [
      ['row.Id', 'Id', 'text', undefined, 'personal'],
      ['row.Surname', 'Surname', 'text', 'person.familyName', 'personal'],
      ['row.E-mail', 'E-mail', 'text', 'person.email', 'personal'],
      ['row.DOB', 'DOB', 'date', 'person.dateOfBirth', 'personal'],
      ['row.Emp_ no_', 'Emp. no.', 'text', undefined, 'personal'],
      ['row.Hourly rate', 'Hourly rate', 'text', 'job.payRate', 'confidential'],
      ['row.Shoe size', 'Shoe size', 'text', undefined, 'personal'],
      ['row.__proto___', '__proto__', 'text', undefined, 'personal'],
    ],
  );
  assert.deepEqual(
    row?.keys.map(({fields, strength}) => [fields, strength]),
    [[['row.Id'], 'sure']],
  );
});

test('of two columns that mean the same the first has the standard field', async () => {
  await using world = open('Id,Mobile,Phone\n1,2,3\n');
  const [row] = (await file.describe?.(world.ctx)) ?? [];
  assert.deepEqual(
    row?.fields.map(({standard}) => standard),
    [undefined, 'person.phone', undefined],
  );
});

test('a standard field is known by its own name too', async () => {
  await using world = open('Id,person.givenName,Given Name\n1,2,3\n');
  const [row] = (await file.describe?.(world.ctx)) ?? [];
  assert.deepEqual(
    row?.fields.map(({standard}) => standard),
    [undefined, 'person.givenName', undefined],
  );
});

test('a row is a record under the names of its fields, identified by the column of the settings', async () => {
  const pages = await read('Emp. no.,First name\n 17 ,Mary\n', {idColumn: 'emp no'});
  assert.deepEqual(records(pages), [{id: '17', data: {row: {'Emp_ no_': ' 17 ', 'First name': 'Mary'}}}]);
  assert.equal(pages.at(-1)?.complete, true);
});

test('rows that cannot be used are issues with their line, the others go on, and the set is not whole', async () => {
  const pages = await read('Id,Name\n1,Ann\n2\n,Bo\n,,\n3,"C"x\n4,Di\n'.replace('3,"C"x', '3,C"x'));
  assert.deepEqual(
    records(pages).map(({id}) => id),
    ['1', '4'],
  );
  assert.deepEqual(
    issues(pages).map(({code, params}) => [code, params['line']]),
    [
      ['file.row_ragged', 3],
      ['file.row_no_id', 4],
      ['file.row_ragged', 5],
      ['file.row_quote', 6],
    ],
  );
  assert.equal(pages.at(-1)?.complete, false);
});

test('rows of delimiters only, as spreadsheets leave them, are no rows', async () => {
  const pages = await read('Id,Name\n1,Ann\n,\n , \n');
  assert.deepEqual([records(pages).length, issues(pages).length, pages.at(-1)?.complete], [1, 0, true]);
});

test('a bad row before the resume point still keeps the rest from being the whole set', async () => {
  await using world = open('Id,Name\n1\n2,Bo\n3,Cy\n', {idColumn: 'Id'}, 1);
  const resumes: Page['resume'][] = [];
  for await (const page of file.read?.(world.ctx, 'row', {}) ?? []) resumes.push(page.resume);
  const rest = await read('Id,Name\n1\n2,Bo\n3,Cy\n', {idColumn: 'Id'}, resumes[0]);
  assert.deepEqual(
    records(rest).map(({id}) => id),
    ['2', '3'],
  );
  assert.equal(rest.at(-1)?.complete, false);
});

test('a resume point of an older file starts the newer one from its beginning', async () => {
  const pages = await read('Id\n1\n2\n', undefined, {file: 'fil_0', line: 2, unusable: 0});
  assert.deepEqual(
    records(pages).map(({id}) => id),
    ['1', '2'],
  );
});

test('without a file the check warns and reading says so; without the column the check fails', async () => {
  await using empty = open(undefined);
  assert.deepEqual(
    (await file.check(empty.ctx)).map(({level, code}) => [level, code]),
    [['warning', 'file.missing']],
  );
  const first = () => file.read?.(empty.ctx, 'row', {})[Symbol.asyncIterator]().next() ?? Promise.resolve();
  await assert.rejects(first, {code: 'file.missing'});
  await using other = open('Number,Name\n1,Ann\n');
  await assert.rejects(file.check(other.ctx), {code: 'file.column_missing', params: {column: 'Id'}});
});

test('a delimiter of the settings is used', async () => {
  const pages = await read('Id|a,b,c\n1|x\n', {idColumn: 'Id', delimiter: '|'});
  assert.deepEqual(records(pages), [{id: '1', data: {row: {Id: '1', 'a,b,c': 'x'}}}]);
});

test('as a destination its fields are the columns of the settings, and values are written as they are', async () => {
  const settings = {use: 'destination', columns: ['Surname', 'Phone', 'Tags'], delimiter: ';'};
  await using world = open(undefined, settings);
  const [resource] = (await file.describe?.(world.ctx)) ?? [];
  assert.ok(resource);
  assert.deepEqual(
    resource.fields.map(({name, standard}) => [name, standard]),
    [
      ['Surname', 'person.familyName'],
      ['Phone', 'person.phone'],
      ['Tags', undefined],
    ],
  );
  async function* rows(): AsyncGenerator<FileRow> {
    yield {recordId: 'rec_1', values: {Surname: '=Ann', Phone: '+64 21', Tags: ['a', 'b']}};
    yield {recordId: 'rec_2', values: {Surname: null}};
  }
  const at = new Date('2026-03-02T09:00:00.123Z');
  const texts: string[] = [];
  for await (const out of file.files?.(world.ctx, rows(), {syncName: 'To payroll!', resource, at}) ?? []) {
    const blocks = [];
    for await (const block of out.content) blocks.push(block);
    texts.push(out.name, Buffer.concat(blocks).toString());
  }
  assert.deepEqual(texts, [
    'topayroll-20260302T090000Z.csv',
    'Surname;Phone;Tags\r\n=Ann;+64 21;"[""a"",""b""]"\r\n;;\r\n',
  ]);
});
