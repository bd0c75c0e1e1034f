// Checks and contexts against a real HTTP server of a few lines: what is opened, recorded, closed, and kept.
import assert from 'node:assert/strict';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {after, before, test} from 'node:test';
import {sql} from 'kysely';
import {lighthouse} from '../../test/support/lighthouse.ts';
import {testWorld, type World} from '../../test/support/world.ts';
import type {Connector} from '../connector/contract.ts';
import {newId} from '../std/ids.ts';
import type {JsonObject} from '../std/json.ts';
import {findConnection, insertConnection} from '../store/connections.ts';
import {insertChunk, insertFile, sealFile} from '../store/files.ts';
import {checkConnection} from './check-connection.ts';
import {openContext} from './context.ts';
import type {Hub} from './hub.ts';

let world: World;
let hub: Hub;
let server: Server;
let address: string;
const status = 200;

/** A lighthouse that is asked over HTTP whether its light is on. */
const faro: Connector = {
  ...lighthouse,
  manifest: {...lighthouse.manifest, id: 'faro', auth: {kind: 'header', header: 'x-password', secret: 'password'}},
  async check({connectionName: connection, http}) {
    await http.send({method: 'GET', path: '/light'});
    return [{level: 'info', code: 'check.passed', params: {connection}, owner: 'nobody'}];
  },
};

before(async () => {
  server = createServer((request, answer) => {
    answer.writeHead(request.headers['x-password'] === 'on' ? status : 401, {'content-type': 'application/json'});
    answer.end('{"light":true}');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
  world = await testWorld();
  hub = {...world.api.hub, connectors: new Map([...world.api.hub.connectors, ['faro', faro]])};
});
after(async () => {
  await world[Symbol.asyncDispose]();
  server.close();
});

async function connect(name: string, settings: JsonObject, secrets: Record<string, string>): Promise<string> {
  const id = newId('con');
  const reason = {code: 'connection.not_checked', params: {}};
  await world.within(async tx => {
    await insertConnection(tx, {id, name, connector: 'faro', settings, status: 'pending', reason});
    await hub.vault.seal(tx, tx.companyId, id, secrets);
  });
  return id;
}

const check = (id: string) => checkConnection(hub, world.api.companyId, id);

test('a check that passes makes the connection connected, and its calls are in the log without secrets', async () => {
  const id = await connect('Cape', {address}, {password: 'on'});
  const {ok, connection} = await check(id);
  assert.deepEqual([ok, connection.status, connection.reason], [true, 'connected', null]);
  const calls = await world.within(tx =>
    sql<{
      path: string;
      status: number;
    }>`select path, status from calls where company_id = ${tx.companyId} and connection_id = ${id}`.execute(tx),
  );
  assert.deepEqual(calls.rows, [{path: '/light', status: 200}]);
});

test('a connected one that fails becomes inactive, and a later check that passes connects it again', async () => {
  const id = await connect('Point', {address}, {password: 'on'});
  await check(id);
  await world.within(tx => hub.vault.seal(tx, tx.companyId, id, {password: 'off'}));
  const failed = await check(id);
  assert.deepEqual([failed.ok, failed.connection.status], [false, 'inactive']);
  assert.equal(failed.connection.reason?.code, 'connection.credentials_rejected');
  await world.within(tx => hub.vault.seal(tx, tx.companyId, id, {password: 'on'}));
  assert.equal((await check(id)).connection.status, 'connected');
});

const unfit: readonly [why: string, settings: () => JsonObject, code: string][] = [
  ['without an address', () => ({}), 'connection.setting_missing'],
  ['with an address nobody answers at', () => ({address: 'http://127.0.0.1:9'}), 'connection.unreachable'],
  ['with a private address that is not allowed', () => ({address: 'http://10.0.0.1'}), 'connection.address_refused'],
];
for (const [why, settings, code] of unfit) {
  test(`a connection ${why} stays pending and says why`, async () => {
    const id = await connect(`Unfit ${why}`, settings(), {password: 'on'});
    const {ok, connection} = await check(id);
    assert.deepEqual([ok, connection.status, connection.reason?.code], [false, 'pending', code]);
  });
}

test('a check of a connection that is not there is refused', async () => {
  await assert.rejects(check('con_none'), {code: 'request.not_found'});
});

test('a context has settings with their defaults, its secrets, and the newest file whose bytes are all there', async () => {
  const id = await connect('Files', {height: 3}, {password: 'on'});
  const receive = async (chunks: readonly string[], isWhole: boolean) => {
    const fileId = newId('fil');
    const file = {connectionId: id, runId: null, direction: 'in', resource: 'keeper', name: 'k.csv'} as const;
    await world.within(async tx => {
      await insertFile(tx, {id: fileId, ...file, mediaType: 'text/csv', headers: null, createdBy: 'usr_test'});
      for (const [seq, chunk] of chunks.entries()) await insertChunk(tx, fileId, seq, Buffer.from(chunk));
      const sizeBytes = chunks.join('').length;
      if (isWhole) await sealFile(tx, fileId, {status: 'complete', sizeBytes, sha256: Buffer.alloc(32)});
    });
    return fileId;
  };
  const row = await world.within(tx => findConnection(tx, id));
  assert.ok(row);
  const {signal} = new AbortController();
  await using context = await openContext(hub, world.api.companyId, row, {signal});
  assert.deepEqual([context.settings, context.secrets], [{colour: 'white', height: 3}, {password: 'on'}]);
  assert.equal(await context.files.latest(), undefined);
  const whole = await receive(['name\n', 'Anna\n'], true);
  await receive(['name\n'], false);
  const latest = await context.files.latest();
  assert.deepEqual([latest?.id, latest?.sizeBytes], [whole, 10]);
  let text = '';
  for await (const chunk of latest?.content() ?? []) text += Buffer.from(chunk).toString();
  assert.equal(text, 'name\nAnna\n');
});

test('a narrower scope has its own signal, recorder and step, on the same sockets', async () => {
  const id = await connect('Scoped', {address}, {password: 'on'});
  const row = await world.within(tx => findConnection(tx, id));
  assert.ok(row);
  await using context = await openContext(hub, world.api.companyId, row, {signal: new AbortController().signal});
  const heard: string[] = [];
  const stop = new AbortController();
  const scoped = context.within({
    signal: stop.signal,
    recorder: call => heard.push(call.path),
    step: (name, call) => {
      heard.push(name);
      return call();
    },
  });
  await context.http.send({method: 'GET', path: '/light'});
  await scoped.step('look', async () => (await scoped.http.send({method: 'GET', path: '/light'})).status);
  assert.deepEqual(heard, ['look', '/light']);
  stop.abort();
  await assert.rejects(scoped.http.send({method: 'GET', path: '/light'}), {kind: 'cancelled'});
  assert.equal((await context.http.send({method: 'GET', path: '/light'})).status, 200);
});
