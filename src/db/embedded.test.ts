// Each promise of the embedded server against the real thing: processes are killed, not pretended to be.
import assert from 'node:assert/strict';
import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {chmod, chown, readdir, readFile, rename, rm, stat, watch, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {after, afterEach, before, test} from 'node:test';
import {sql} from 'kysely';
import {type Child, type DataFolder, dataFolder, endServer, startChild, until} from '../../test/support/embedded.ts';
import {isError} from '../errors.ts';
import {connectDatabase} from './connect.ts';
import {livePostmaster} from './embedded/alive.ts';
import {type EmbeddedServer, startEmbedded} from './embedded.ts';
import {asOwner} from './transaction.ts';

const isRoot = process.getuid?.() === 0;
const nobody = 65534;

/** Made once, by a process with a hostile environment. Most tests start it anew and stop it at their end. */
let base: DataFolder;
before(async () => {
  base = await dataFolder();
  const env = {
    LANG: 'de_XX.ISO-8859-1',
    LC_COLLATE: 'C',
    TZ: 'Mars/Base',
    PGOPTIONS: '-c search_path=x',
    PGSSLMODE: 'require',
  };
  await using child = startChild(base.path, ['stop'], {env});
  assert.equal(await child.line(), 'started');
  await once(child.process, 'exit');
});
afterEach(() => endServer(base.cluster));
after(() => base[Symbol.asyncDispose]());

async function ask<Row>(server: EmbeddedServer, statement: string): Promise<readonly Row[]> {
  await using db = await connectDatabase(server, {ownerPoolSize: 1});
  return await asOwner(db, async tx => (await sql.raw<Row>(statement).execute(tx)).rows);
}

async function postmasterOf({cluster}: DataFolder): Promise<number> {
  const live = await livePostmaster(cluster);
  assert.ok(live);
  return live.pid;
}

test('text is UTF-8 and letters are letters, whatever the environment says', async () => {
  const server = await startEmbedded({dataDir: base.path});
  await ask(server, 'create extension pg_trgm');
  const [row] = await ask(
    server,
    `select current_setting('server_encoding') as encoding, lower('ÄÇ') as lower, current_setting('TimeZone') as zone,
      cardinality(show_trgm('王小明')) as trigrams`,
  );
  assert.deepEqual(row, {encoding: 'UTF8', lower: 'äç', zone: 'UTC', trigrams: 4});
  await server.stop();
});

test('nobody else can reach the socket, and there is no port', async () => {
  const server = await startEmbedded({dataDir: base.path});
  for (const path of [base.path, server.connection.host, base.cluster]) {
    assert.equal((await stat(path)).mode & 0o777, 0o700, path);
  }
  assert.deepEqual(await ask(server, 'show listen_addresses'), [{listen_addresses: ''}]);
  await server.stop();
});

test('a moved directory works, with blanks, quotes, commas and signs of the shell in its path', async () => {
  const moved = join(dirname(base.path), `it's a "data", $HOME\`dir`);
  await rename(base.path, moved);
  try {
    const server = await startEmbedded({dataDir: moved});
    assert.equal(dirname(server.connection.host), moved);
    assert.deepEqual(await ask(server, 'select 1 as one'), [{one: 1}]);
    await server.stop();
  } finally {
    await rename(moved, base.path);
  }
});

test('a path too long for a socket gets one in the directory for temporary files, closed to others', async () => {
  const moved = join(dirname(base.path), 'long'.repeat(30));
  await rename(base.path, moved);
  try {
    const server = await startEmbedded({dataDir: moved});
    assert.equal(dirname(server.connection.host), tmpdir());
    assert.equal((await stat(server.connection.host)).mode & 0o777, 0o700);
    await server.stop();
    await rm(server.connection.host, {recursive: true});
  } finally {
    await rename(moved, base.path);
  }
});

test('the last one to stop, and only the last, stops the server; the next start is a fresh one', async () => {
  const first = await startEmbedded({dataDir: base.path});
  const second = await startEmbedded({dataDir: base.path});
  assert.deepEqual([first.adopted, second.adopted], [false, true]);
  await Promise.all([first.stop(), first.stop()]);
  assert.deepEqual(await ask(second, 'select 1 as one'), [{one: 1}]);
  await second.stop();
  assert.equal(await livePostmaster(base.cluster), undefined);
  const third = await startEmbedded({dataDir: base.path});
  assert.equal(third.adopted, false);
  await third.stop();
});

/** Reads what the child says it has committed, until that many. */
async function readUntil(child: Child, rows: number): Promise<number> {
  for (;;) {
    const committed = Number(await child.line());
    if (committed >= rows) return committed;
  }
}

async function hasAll(server: EmbeddedServer, committed: number): Promise<void> {
  const [row] = await ask<{n: number}>(server, 'select count(*) as n from written');
  assert.ok(row && row.n >= committed, `${row?.n} of ${committed}`);
}

test('kill -9 of the process that writes: the server lives on, is adopted, and has all that was committed', async () => {
  await using child = startChild(base.path, ['write']);
  assert.equal(await child.line(), 'started');
  const committed = await readUntil(child, 50);
  await child.kill();
  const server = await startEmbedded({dataDir: base.path});
  assert.equal(server.adopted, true);
  await hasAll(server, committed);
  await server.stop();
  assert.equal(await livePostmaster(base.cluster), undefined);
});

test('kill -9 of the server in the midst of writing: the next start recovers all that was committed', async () => {
  await using child = startChild(base.path, ['write']);
  await child.line();
  const committed = await readUntil(child, 50);
  process.kill(await postmasterOf(base), 'SIGKILL');
  await once(child.process, 'exit');
  const server = await startEmbedded({dataDir: base.path});
  assert.equal(server.adopted, false);
  await hasAll(server, committed);
  await server.stop();
});

test('kill -9 in the midst of the first start: several that come next make one server and share it', async () => {
  await using folder = await dataFolder();
  await using child = startChild(folder.path, []);
  for await (const {filename} of watch(folder.path)) {
    if (filename?.startsWith('pg.')) break;
  }
  await child.kill();
  const servers = await Promise.all([1, 2].map(() => startEmbedded({dataDir: folder.path, ephemeral: true})));
  assert.deepEqual(servers.map(({adopted}) => adopted).sort(), [false, true]);
  for (const server of servers) assert.deepEqual(await ask(server, 'select 1 as one'), [{one: 1}]);
  await Promise.all(servers.map(({stop}) => stop()));
  assert.equal(await livePostmaster(folder.cluster), undefined);
});

test('an ephemeral server ends with its process, even by kill -9', async () => {
  await using child = startChild(base.path, ['ephemeral']);
  assert.equal(await child.line(), 'started');
  assert.ok(await livePostmaster(base.cluster));
  await child.kill();
  await until(async () => (await livePostmaster(base.cluster)) === undefined);
});

const impostors = [
  // It ends only once its parent has become `sleep`, which never asks after it: a shell might have.
  ['a zombie', `sh -c 'until grep -q sleep /proc/$PPID/comm; do :; done' & echo $!; exec sleep 60`],
  ['another program', 'echo $$; exec sleep 60'],
] as const;

for (const [what, script] of impostors) {
  test(`a lock file that names ${what} does not stop the start`, {skip: process.platform !== 'linux'}, async () => {
    const holder = spawn('sh', ['-c', script]);
    const [line] = (await once(holder.stdout, 'data')) as [Buffer]; // the id that `echo` prints
    const pid = Number(line.toString());
    if (what === 'a zombie') await until(async () => / Z /.test(await readFile(`/proc/${pid}/stat`, 'utf8')));
    const lock = [pid, base.cluster, 0, 5432, join(base.path, 'run'), '', '1 1', 'ready', ''].join('\n');
    await writeFile(join(base.cluster, 'postmaster.pid'), lock);
    await writeFile(join(base.path, 'run', '.s.PGSQL.5432.lock'), lock);
    const server = await startEmbedded({dataDir: base.path});
    assert.equal(server.adopted, false);
    await server.stop();
    holder.kill('SIGKILL');
  });
}

test("the server's log says when it started, and nothing about people", async () => {
  const server = await startEmbedded({dataDir: base.path});
  await ask(server, 'create table people (name text primary key, age int check (age > 0))');
  for (const statement of [
    `insert into people values ('Anna SECRET', 1), ('Anna SECRET', 2)`,
    `insert into people values ('Anna SECRET', -1)`,
    `select 'SECRET'::int`,
    `do $$ begin raise warning 'SECRET'; raise exception 'SECRET'; end $$`,
  ]) {
    await assert.rejects(ask(server, statement));
  }
  await server.stop();
  const log = await readFile(join(base.path, 'postgres.log'), 'utf8');
  assert.match(log, /ready to accept connections/);
  assert.doesNotMatch(log, /SECRET|Anna/);
});

test('a server that cannot start says why, and where its log is', async () => {
  const file = join(base.cluster, 'PG_VERSION');
  const version = await readFile(file, 'utf8');
  await writeFile(file, '9\n');
  await assert.rejects(startEmbedded({dataDir: base.path}), error => {
    assert.ok(isError(error, 'database.start_failed'));
    assert.match(error.message, /did not start: database files are incompatible with server/);
    assert.ok(error.hint.includes(join(base.path, 'postgres.log')));
    return true;
  });
  await writeFile(file, version);
});

test('an abort during the first start leaves neither a server nor a half-made cluster', async () => {
  await using folder = await dataFolder();
  const stopping = new AbortController();
  const start = startEmbedded({
    dataDir: folder.path,
    signal: stopping.signal,
    log: () => stopping.abort(new Error('enough')),
  });
  await assert.rejects(start, /enough/);
  assert.deepEqual(await readdir(folder.path), ['run']);
  await assert.rejects(startEmbedded({dataDir: folder.path, signal: AbortSignal.abort(new Error('before'))}), /before/);
});

test('an ordinary user starts it without any preparation', {skip: !isRoot && 'is what all the others do'}, async () => {
  await using folder = await dataFolder();
  await chmod(dirname(folder.path), 0o755);
  await chown(folder.path, nobody, nobody);
  await using child = startChild(folder.path, ['ephemeral'], {user: nobody});
  assert.equal(await child.line(), 'started');
  assert.equal((await stat(folder.cluster)).uid, nobody);
  await child.kill();
  await until(async () => (await livePostmaster(folder.cluster)) === undefined);
});

test('root without user namespaces starts it as nobody', {skip: !isRoot}, async () => {
  execFileSync('chown', ['-R', `${nobody}`, base.cluster]); // as it is where only setpriv works
  try {
    const server = await startEmbedded({dataDir: base.path});
    assert.deepEqual(await ask(server, 'select 1 as one'), [{one: 1}]);
    assert.match(await readFile(`/proc/${await postmasterOf(base)}/status`, 'utf8'), /^Uid:\t65534\t65534/m);
    await server.stop();
  } finally {
    execFileSync('chown', ['-R', '0', base.cluster]);
  }
});
