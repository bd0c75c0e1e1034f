// CSV files handed in for the directory: what can be read is read, what cannot says why and where, and nothing large is
// ever whole in memory.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {sql} from 'kysely';
import {type TestHub, testHub} from '../../test/support/hub.ts';
import {isError} from '../errors.ts';
import type {Issue} from '../model/issue.ts';
import type {JsonObject} from '../std/json.ts';
import {receiveFile} from './receive-file.ts';

describe('importing a file', () => {
  let world: TestHub;
  before(async () => {
    world = await testHub();
  });
  after(() => world[Symbol.asyncDispose]());

  async function* bytes(parts: Iterable<string>) {
    for (const part of parts) yield Buffer.from(part);
  }
  const hand = (content: AsyncIterable<Uint8Array>, resource = 'application', columns?: JsonObject) =>
    receiveFile(world.hub, world.companyId, {
      connectionId: world.directoryId,
      resource,
      name: 'people.csv',
      columns,
      content,
      createdBy: 'test',
    });
  type Read = {status: string; reason: string | null; rows: number; accepted: number; issues: readonly Issue[] | null};
  async function outcomeOf(fileId: string): Promise<Read> {
    for (;;) {
      const {rows} = await world.within(tx =>
        sql<Read>`select status, reason_code as reason, rows, accepted, issues from files
          where company_id = ${world.companyId} and id = ${fileId}`.execute(tx),
      );
      const [file] = rows;
      if (file && file.status !== 'reading') return file;
      await world.hub.clock.wait(10);
    }
  }
  async function imported(text: string, columns?: JsonObject): Promise<string> {
    const {id} = await hand(bytes([text]), 'application', columns);
    const {status, reason, rows, accepted, issues} = await outcomeOf(id);
    const codes = (issues ?? []).map(({code}) => code.replace('file.', ''));
    return [status, reason, `${accepted}/${rows}`, ...codes].filter(Boolean).join(' ');
  }
  const data = async (externalId: string) => {
    const {rows} = await world.within(tx =>
      sql<{
        data: JsonObject;
      }>`select data from records where company_id = ${world.companyId} and external_id = ${externalId}`.execute(tx),
    );
    return rows[0]?.data;
  };

  const files: readonly (readonly [string, string, string])[] = [
    ['empty', '', 'failed file.empty 0/0'],
    ['blank lines only', '\n\n\n', 'failed file.empty 0/0'],
    ['a header only', 'id,first name\n', 'failed file.header_only 0/0'],
    ['a header that nobody knows', 'a,b\n1,2\n', 'failed file.header_unknown 0/0'],
    ['a delimiter that is none of ours', 'id~first name\nA~Ada\n', 'failed file.header_unknown 0/0'],
    ['a column twice', 'id,First name,first NAME\n1,a,b\n', 'failed file.header_duplicate 0/0'],
    [
      'ragged rows between good ones',
      'id,first name\nF-1,Ada\nF-2\nF-3,Cy,x\nF-4,Di\n',
      'complete 2/4 row_ragged row_ragged',
    ],
    ['a row without an id', 'id,first name\n,Ada\nF-5,Ben\n', 'complete 1/2 row_no_id'],
    ['an id that is too long', `id,first name\n${'x'.repeat(300)},Ada\nF-6,Ben\n`, 'complete 1/2 row_value_too_long'],
    ['NUL in a value', 'id,first name\nF-7,A\0da\n', 'complete 1/1 row_nul'],
    ['columns that nobody asked for', 'id,first name,shoe size\nF-8,Ada,43\n', 'complete 1/1 column_ignored'],
    ['no column that says who', 'first name,last name\nAda,Obi\n', 'complete 1/1 id_guessed'],
    ['semicolons and a byte order mark', '\ufeffid;First name\r\nF-9;Ada\r\n', 'complete 1/1'],
    ['a quote that never closes', 'id,first name\nF-10,Ada\nF-11,"Ben\n', 'failed file.quote_unclosed 1/1'],
  ];
  for (const [name, text, expected] of files) {
    test(name, async () => assert.equal(await imported(text), expected));
  }

  test('a map names columns that do not name themselves', async () => {
    assert.equal(await imported('who,vorname\nF-20,Ada\n', {who: 'id', vorname: 'person.givenName'}), 'complete 1/1');
    assert.deepEqual(await data('F-20'), {person: {givenName: 'Ada'}});
  });

  test('the same file twice leaves the same records', async () => {
    const text = 'id,first name,status\nF-30,Ada,accepted\n';
    await imported(text);
    const once = await data('F-30');
    await imported(text);
    assert.deepEqual(await data('F-30'), once);
  });

  test('a line without an end is refused', async () => {
    const chunk = 'x'.repeat(1 << 20);
    const {id} = await hand(bytes(['id,first name\nF-40,', ...Array.from({length: 8}, () => chunk)]));
    const {status, reason} = await outcomeOf(id);
    assert.deepEqual([status, reason], ['failed', 'file.line_too_long']);
  });

  test('more than 200 MB is refused while it comes, in little memory', async () => {
    let sent = 0;
    async function* endless() {
      for (;;) {
        sent += 1 << 20;
        yield Buffer.alloc(1 << 20, 'x');
      }
    }
    const beforeBytes = process.memoryUsage().rss;
    let mostBytes = 0;
    const watch = setInterval(() => (mostBytes = Math.max(mostBytes, process.memoryUsage().rss)), 20);
    await assert.rejects(hand(endless()), error => isError(error, 'file.too_large'));
    clearInterval(watch);
    assert.ok(sent < 210e6);
    assert.ok(mostBytes - beforeBytes < 120e6, `${Math.round((mostBytes - beforeBytes) / 1e6)} MB more`);
  });
});
