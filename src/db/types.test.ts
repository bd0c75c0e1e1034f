import assert from 'node:assert/strict';
import {test} from 'node:test';
import {sql} from 'kysely';
import {testDatabase} from '../../test/support/database.ts';
import {asOwner, ownerKysely} from './transaction.ts';

test('dates, money and counts come out as they went in', async () => {
  await using database = await testDatabase();
  const {rows} = await asOwner(database.db, tx =>
    sql`select '2026-02-03'::date as due, '2026-02-03T04:05:06.789Z'::timestamptz as at, 12.30::numeric as rate,
      count(*) as total, 9007199254740991::bigint as largest, '{"a": [1]}'::json as data, array['x', 'y'] as tags,
      '\\x00ff'::bytea as bytes`.execute(tx),
  );
  assert.deepEqual(rows, [
    {
      due: '2026-02-03',
      at: new Date('2026-02-03T04:05:06.789Z'),
      rate: '12.30',
      total: 1,
      largest: Number.MAX_SAFE_INTEGER,
      data: {a: [1]},
      tags: ['x', 'y'],
      bytes: Buffer.from([0, 255]),
    },
  ]);
});

test('a bigint that a number cannot hold is refused, not rounded', async () => {
  await using database = await testDatabase();
  const read = asOwner(database.db, tx => sql`select 9007199254740993::bigint as id`.execute(tx));
  await assert.rejects(read, RangeError);
});

test("better-auth's way in sees the same values", async () => {
  await using database = await testDatabase();
  const {rows} = await sql`select '2026-02-03'::date as due`.execute(ownerKysely(database.db));
  assert.deepEqual(rows, [{due: '2026-02-03'}]);
});
