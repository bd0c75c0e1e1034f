import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {test} from 'node:test';
import {sql} from 'kysely';
import {emptyTestDatabase} from '../../test/support/database.ts';
import {migrate} from './migrate.ts';
import {readSchema} from './schema-catalog.ts';
import {rewriteCommand, schemaText} from './schema-dump.ts';
import {tableTypesText} from './table-types.ts';
import {asOwner} from './transaction.ts';

test('schema.sql and tables.ts say what the migrations make', async () => {
  await using database = await emptyTestDatabase();
  await migrate(database.db);
  const schema = await asOwner(database.db, readSchema);
  const written = [
    ['schema.sql', schemaText(schema)],
    ['tables.ts', tableTypesText(schema)],
  ] as const;
  for (const [file, wanted] of written) {
    const found = await readFile(new URL(file, import.meta.url), 'utf8');
    assert.equal(found, wanted, `src/db/${file} is not what the migrations make. Rewrite it: ${rewriteCommand}`);
  }
});

test('the text tells everything that a migration can change, in a fixed order, and leaves partitions out', async () => {
  await using database = await emptyTestDatabase();
  const schema = await asOwner(database.db, async tx => {
    await sql`create role ${sql.id(database.name)}`.execute(tx);
    await sql
      .raw(`
      create extension citext;
      create table zebra (id text collate "C" primary key, size int default 1 check (size > 0), twice int generated always as (size * 2) stored);
      create table event (id text collate "C" not null, at timestamptz not null, data json, unique (id, at)) partition by range (at);
      create table event_2026 partition of event for values from ('2026-01-01') to ('2027-01-01');
      create index event_at on event (at desc) where data is not null;
      create table apple (id int primary key, zebra_id text references zebra on delete cascade) with (fillfactor = 70);
      alter table apple enable row level security, force row level security;
      create policy mine on apple for select to "${database.name}" using (id > 0);
      grant select (id), select, insert on apple to "${database.name}";
      create schema orchard;
      create table orchard.tree (id int primary key);
      create view ripe with (security_invoker = true) as select id from apple;
      create function two() returns int language sql immutable as 'select 2';
      create function touched() returns trigger language plpgsql as 'begin return new; end';
      create trigger touch before update on apple for each row execute function touched();`)
      .execute(tx);
    const facts = await readSchema(tx);
    await sql
      .raw(`drop policy mine on apple; revoke all on apple from "${database.name}"; drop role "${database.name}"`)
      .execute(tx);
    return facts;
  });
  assert.deepEqual(
    schema.tables.map(({name}) => name),
    ['apple', 'event', 'zebra', 'orchard.tree'],
  );
  const text = schemaText(schema).replaceAll(database.name, 'somebody');
  for (const part of [
    'create extension citext;',
    'create schema orchard;',
    'create table orchard.tree (',
    'create table apple (\n  id integer not null,\n  zebra_id text,\n  constraint apple_pkey PRIMARY KEY (id),\n',
    'REFERENCES zebra(id) ON DELETE CASCADE\n) with (fillfactor=70);',
    'alter table apple enable row level security, force row level security;',
    'create policy mine on apple for select to somebody using ((id > 0));',
    'grant insert, select on apple to somebody;',
    'CREATE TRIGGER touch BEFORE UPDATE ON public.apple',
    ') partition by RANGE (at);',
    'CREATE INDEX event_at ON event USING btree (at DESC) WHERE (data IS NOT NULL);',
    '  id text collate "C" not null,',
    '  twice integer generated always as ((size * 2)) stored,',
    'CHECK ((size > 0))',
    'create view ripe with (security_invoker=true) as\n',
    'CREATE OR REPLACE FUNCTION public.two()',
  ]) {
    assert.ok(text.includes(part), `${part}\n\nis missing in\n\n${text}`);
  }
  assert.doesNotMatch(text, /event_2026|citext_/);
});

test('row types follow the columns: words of a check, defaults, nulls, arrays', async () => {
  await using database = await emptyTestDatabase();
  const schema = await asOwner(database.db, async tx => {
    await sql
      .raw(`create table user_jobs (id text primary key, state text not null check (state in ('on', 'off')), total bigint,
        rate numeric not null default 0, tags text[] not null, data json, at timestamptz not null default now())`)
      .execute(tx);
    return readSchema(tx);
  });
  const [, body = ''] = /export type UserJobsRow = \{\n(.*?)\};/s.exec(tableTypesText(schema)) ?? [];
  assert.deepEqual(body.trim().split(/;\s*/).filter(Boolean), [
    'id: string',
    "state: 'on' | 'off'",
    'total: number | null',
    'rate: Defaulted<string>',
    'tags: string[]',
    'data: Json | null',
    'at: Defaulted<Instant>',
  ]);
});
