import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type AddressGuard, isAllowed, type Lookup, parsePrivateHosts} from './address-guard.ts';
import {createHttp} from './http.ts';
import {instantClock, startEmulator} from './testing/index.ts';

const guardOf = (ownHost: string, allowed: readonly string[] = []): AddressGuard => ({
  connectionName: 'Payroll',
  ownHost,
  privateHosts: parsePrivateHosts(allowed),
});

/** What a GET to this address ends with. */
async function outcomeOf(baseUrl: string, allowedPrivateHosts: readonly string[] = [], lookup?: Lookup) {
  await using http = createHttp({
    ...{baseUrl, allowedPrivateHosts, auth: {kind: 'none'}, secrets: {}, connectionName: 'Payroll'},
    ...{recorder: () => {}, signal: new AbortController().signal, clock: instantClock()},
    limits: {concurrency: 1, timeoutMs: 2000},
    ...(lookup ? {lookup} : {}),
  });
  return await http.send({method: 'GET', path: '/'}).then(
    ({status}) => status,
    ({code}) => code,
  );
}

const startServer = () => startEmulator({answer: () => ({status: 200, json: {}})});

const names: readonly string[] = ['127.0.0.1', '127.1', '2130706433', '0x7f.1', '0177.0.0.1', '0', '[::1]', '[::]'];
const disguises = [
  ...names,
  '[::ffff:127.0.0.1]',
  '[::127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
  '１２７.0.0.1',
];
for (const host of disguises) {
  test(`loopback written as ${host} is refused`, async () => {
    await using server = await startServer();
    const port = new URL(server.url).port;
    assert.equal(await outcomeOf(`http://${host}:${port}`), 'connection.address_refused');
    assert.equal(server.counts.requests, 0);
  });
}

const ranges = ['10.0.0.1', '172.16.5.4', '192.168.1.1', '100.64.0.1', '169.254.169.254', '198.18.0.1', '192.0.0.8'];
for (const host of [
  ...ranges,
  '224.0.0.1',
  '255.255.255.255',
  '[fe80::1]',
  '[fd00::1]',
  '[ff02::1]',
  '[fd00:ec2::254]',
]) {
  test(`the private or special address ${host} is refused`, async () => {
    assert.equal(await outcomeOf(`http://${host}/`), 'connection.address_refused');
  });
}

test('public addresses are allowed, also next to private ranges', () => {
  for (const address of ['8.8.8.8', '172.32.0.1', '100.128.0.1', '11.0.0.1', '2606:4700::1111', '::ffff:8.8.8.8']) {
    assert.ok(isAllowed(guardOf('example.com'), 'example.com', address), address);
  }
});

test('a name is judged by every address behind it', async () => {
  const lookup: Lookup = (_name, _options, done) =>
    done(null, [
      {address: '93.184.216.34', family: 4},
      {address: '10.0.0.7', family: 4},
    ]);
  assert.equal(await outcomeOf('http://payroll.example', [], lookup), 'connection.address_refused');
});

test('a name that turns private between two sockets is refused at the second', async () => {
  await using server = await startServer();
  const {port} = new URL(server.url);
  const answers = ['127.0.0.1', '10.0.0.7'];
  const lookup: Lookup = (_name, _options, done) => done(null, [{address: answers.shift() ?? '10.0.0.7', family: 4}]);
  const allowed = ['127.0.0.0/8'];
  assert.equal(await outcomeOf(`http://payroll.example:${port}`, allowed, lookup), 200);
  assert.equal(await outcomeOf(`http://payroll.example:${port}`, allowed, lookup), 'connection.address_refused');
});

test('a name that does not resolve is unreachable, not refused', async () => {
  const lookup: Lookup = (_name, _options, done) => done(Object.assign(new Error('none'), {code: 'ENOTFOUND'}), []);
  assert.equal(await outcomeOf('http://payroll.example', [], lookup), 'connection.unreachable');
});

test('a listed name, address or network opens the private host of the connection', async () => {
  await using server = await startServer();
  const {port} = new URL(server.url);
  for (const entry of ['127.0.0.1', '127.0.0.0/8']) assert.equal(await outcomeOf(server.url, [entry]), 200, entry);
  for (const entry of ['localhost', 'LOCALHOST.', '127.0.0.1']) {
    const lookup: Lookup = (_name, _options, done) => done(null, [{address: '127.0.0.1', family: 4}]);
    assert.equal(await outcomeOf(`http://localhost:${port}`, [entry], lookup), 200, entry);
  }
});

test('the list opens no private host but the one named in the settings of the connection', () => {
  const guard = guardOf('payroll.internal', ['payroll.internal', 'hr.internal', '10.0.0.0/8']);
  assert.ok(isAllowed(guard, 'payroll.internal', '10.0.0.7'));
  assert.ok(!isAllowed(guard, 'hr.internal', '10.0.0.8'));
});

test('a listed name does not open metadata addresses, a listed address does', () => {
  assert.ok(!isAllowed(guardOf('x.internal', ['x.internal']), 'x.internal', '169.254.169.254'));
  assert.ok(isAllowed(guardOf('x.internal', ['169.254.169.254']), 'x.internal', '169.254.169.254'));
});

test('an entry that is neither host nor network is a fault of the configuration', () => {
  for (const entry of ['10.0.0.0/33', '10.0.0.0/x', 'http://x', 'a b', '::1/129']) {
    assert.throws(() => parsePrivateHosts([entry]), {code: 'config.invalid'}, entry);
  }
  assert.deepEqual([...parsePrivateHosts([' ', 'A.b ', '[::1]']).names], ['a.b']);
});
