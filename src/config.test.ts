import assert from 'node:assert/strict';
import {chmod, mkdtemp, readdir, rm, stat} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {type Config, describeProblems, type Environment, loadConfig} from './config.ts';

let dir: string;
before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'muster-config-'));
});
after(() => rm(dir, {recursive: true}));

const key = Buffer.alloc(32, 7).toString('base64');
const database = {DATABASE_URL: 'postgres://muster:pw@db.example.com/muster', MUSTER_SECRET_KEY: key};

async function config(env: Environment): Promise<Config> {
  const configured = await loadConfig(env);
  if (!configured.ok) throw new Error(describeProblems(configured.problems));
  return configured.config;
}

async function problems(env: Environment): Promise<readonly string[]> {
  const configured = await loadConfig(env);
  return configured.ok ? [] : configured.problems.map(({variable}) => variable);
}

test('an empty environment is the embedded server on port 8080', async () => {
  const read = await config({MUSTER_DATA_DIR: join(dir, 'a')});
  assert.equal(read.databaseUrl, undefined);
  assert.equal(read.port, 8080);
  assert.equal(read.publicUrl, 'http://localhost:8080');
  assert.deepEqual(read.allowedPrivateHosts, []);
  assert.ok(Object.isFrozen(read));
});

test('the secret key is made once, for its owner alone, and kept', async () => {
  const env = {MUSTER_DATA_DIR: join(dir, 'b')};
  const keys = await Promise.all([config(env), config(env), config(env)]);
  assert.equal(new Set(keys.map(({secretKey}) => secretKey.toString('hex'))).size, 1);
  assert.equal(keys[0]?.secretKey.length, 32);
  assert.deepEqual(await readdir(join(dir, 'b')), ['secret-key']);
  assert.equal((await stat(join(dir, 'b', 'secret-key'))).mode & 0o777, 0o600);
});

test('a key file that others may read is refused with the command that mends it', async () => {
  const env = {MUSTER_DATA_DIR: join(dir, 'c')};
  await config(env);
  await chmod(join(dir, 'c', 'secret-key'), 0o644);
  const configured = await loadConfig(env);
  assert.ok(!configured.ok);
  assert.match(configured.problems[0]?.mend ?? '', /^Run: chmod 600 /);
});

test('a database of your own needs a key of your own', async () => {
  assert.deepEqual(await problems({DATABASE_URL: database.DATABASE_URL}), ['MUSTER_SECRET_KEY']);
  assert.equal((await config(database)).secretKey[0], 7);
  const hex = Buffer.alloc(32, 7).toString('hex');
  assert.deepEqual((await config({...database, MUSTER_SECRET_KEY: hex})).secretKey, (await config(database)).secretKey);
});

test('all problems are named at once, each with its mend, and no password', async () => {
  const configured = await loadConfig({
    DATABASE_URL: 'mysql://root:geheim@db/x',
    MUSTER_PORT: '80a',
    MUSTER_PUBLIC_URL: 'muster.example.com',
    MUSTER_SECRET_KEY: 'short',
    MUSTER_ALLOW_PRIVATE_HOSTS: '10.0.0.0/99, ok.internal',
    MUSTER_SUPPORT_URL: 'call us',
  });
  assert.ok(!configured.ok);
  assert.equal(configured.problems.length, 6);
  assert.ok(configured.problems.every(({mend}) => mend.length > 10));
  assert.doesNotMatch(describeProblems(configured.problems), /geheim|short/);
});

const values: readonly [name: string, value: string, good: boolean][] = [
  ['MUSTER_PORT', '0', true],
  ['MUSTER_PORT', '65536', false],
  ['MUSTER_PORT', '-1', false],
  ['MUSTER_PUBLIC_URL', 'https://muster.example.com/', true],
  ['MUSTER_PUBLIC_URL', 'https://example.com/muster', false],
  ['MUSTER_PUBLIC_URL', 'ftp://example.com', false],
  ['MUSTER_ALLOW_PRIVATE_HOSTS', 'localhost,127.0.0.1 10.0.0.0/8,fd00::/8', true],
  ['MUSTER_ALLOW_PRIVATE_HOSTS', 'http://localhost', false],
  ['MUSTER_SUPPORT_URL', 'mailto:help@example.com', true],
  ['MUSTER_SUPPORT_URL', 'javascript:alert(1)', false],
];
for (const [name, value, good] of values) {
  test(`${name}=${value} is ${good ? 'taken' : 'refused'}`, async () => {
    assert.deepEqual(await problems({...database, [name]: value}), good ? [] : [name]);
  });
}
