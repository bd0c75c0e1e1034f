import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {sql} from 'kysely';
import {type TestApi, testApi} from '../../test/support/api.ts';
import {asOwner, inCompany} from '../db/transaction.ts';
import {newId} from '../std/ids.ts';
import {insertSync} from '../store/syncs.ts';
import {checkResult, connection, connectionDetail} from './contract/connection.ts';
import {connector} from './contract/connector.ts';

let api: TestApi;
let as: string;
before(async () => {
  api = await testApi();
  as = await api.key('admin');
});
after(() => api[Symbol.asyncDispose]());

const create = (name: string, more: object = {}) =>
  api.ask('POST /connections', {as, json: {name, connector: 'lighthouse', ...more}});

test('connections refuse without sign-in', async () => {
  assert.equal((await api.ask('GET /connections')).status, 401);
});

test("a connection is not found by another company's", async () => {
  const {body} = await create('Mine');
  const stranger = await api.key('owner', api.otherCompanyId);
  assert.equal((await api.ask(`GET /connections/${body.id}`, {as: stranger})).status, 404);
});

test('one whose check passes is connected at once, and shows no secret', async () => {
  const {status, body, text} = await create('Good', {settings: {height: 40}, secrets: {password: 'on'}});
  assert.equal(status, 201, text);
  const {id, checkedAt, ...rest} = connection.strict().parse(body);
  assert.match(id, /^con_/);
  assert.ok(checkedAt);
  assert.deepEqual(rest, {
    name: 'Good',
    connector: 'lighthouse',
    connectorName: 'Lighthouse',
    status: 'connected',
    message: null,
    hint: null,
    settings: {height: 40},
    secretsSet: ['password'],
  });
});

test('one whose check fails is kept pending, with why and what to do', async () => {
  const wrong = (await create('Wrong', {secrets: {password: 'off'}})).body;
  assert.equal(wrong.status, 'pending');
  assert.equal(wrong.message, 'Wrong rejected the credentials.');
  assert.ok(wrong.hint.length > 10);
  const none = (await create('None')).body;
  assert.equal(none.status, 'pending');
  assert.match(none.message, /Password/);
});

test('a name that is taken is refused, whatever its case', async () => {
  await create('Taken');
  const {status, body} = await create('taken');
  assert.deepEqual([status, body.error.code], [409, 'connection.name_taken']);
});

test('an unknown connector is refused with those that are known', async () => {
  const {status, body} = await create('X', {connector: 'payroll9000'});
  assert.deepEqual([status, body.error.code], [422, 'connector.unknown']);
  assert.match(body.error.hint, /directory.*lighthouse/);
});

test('settings and secrets that do not fit the manifest are all named at once, and nothing is saved', async () => {
  const settings = {height: 'tall', colour: 'green', address: 'https://u:p@example.com', nonsense: 1};
  const {status, body} = await create('Unfit', {settings, secrets: {pin: '1'}});
  assert.equal(status, 400);
  assert.deepEqual(
    body.error.issues.map((issue: {field: string; code: string}) => `${issue.field} ${issue.code}`).sort(),
    [
      'secrets.pin field.unknown',
      'settings.address field.format',
      'settings.colour field.choice',
      'settings.height field.type',
      'settings.nonsense field.unknown',
    ],
  );
  const {items} = (await api.ask('GET /connections?limit=200', {as})).body;
  assert.ok(items.every((item: {name: string}) => item.name !== 'Unfit'));
});

test('a change keeps what it leaves out and checks again', async () => {
  const {id} = (await create('Changing', {settings: {height: 40}, secrets: {password: 'off'}})).body;
  const renamed = await api.ask(`PATCH /connections/${id}`, {as, json: {name: 'Changed'}});
  assert.deepEqual(
    [renamed.body.name, renamed.body.status, renamed.body.settings],
    ['Changed', 'pending', {height: 40}],
  );
  const mended = await api.ask(`PATCH /connections/${id}`, {as, json: {secrets: {password: 'on'}}});
  assert.deepEqual([mended.body.status, mended.body.message], ['connected', null]);
  const broken = await api.ask(`PATCH /connections/${id}`, {as, json: {secrets: {password: 'off'}}});
  assert.deepEqual([broken.body.status, broken.body.secretsSet], ['inactive', ['password']]);
});

test('an empty secret is removed', async () => {
  const {id} = (await create('Emptied', {secrets: {password: 'on'}})).body;
  const {body} = await api.ask(`PATCH /connections/${id}`, {as, json: {secrets: {password: ''}}});
  assert.deepEqual([body.secretsSet, body.status], [[], 'inactive']);
});

test('secrets are not carried to another host', async () => {
  const settings = {address: 'https://a.example.com/v1'};
  const {id} = (await create('Moved', {settings, secrets: {password: 'on'}})).body;
  const move = (address: string, more: object = {}) =>
    api.ask(`PATCH /connections/${id}`, {as, json: {settings: {address}, ...more}});
  assert.deepEqual((await move('https://a.example.com/v2')).body.secretsSet, ['password']);
  assert.deepEqual((await move('https://b.example.com/v2')).body.secretsSet, []);
  assert.deepEqual((await move('https://c.example.com', {secrets: {password: 'on'}})).body.status, 'connected');
});

test('a check says what it found, in words', async () => {
  const {id} = (await create('Checked', {secrets: {password: 'on'}})).body;
  const operator = await api.key('operator');
  const good = checkResult.parse((await api.ask(`POST /connections/${id}/checks`, {as: operator})).body);
  assert.equal(good.ok, true);
  assert.deepEqual(
    good.findings.map(({code}) => code),
    ['check.passed'],
  );
  await api.ask(`PATCH /connections/${id}`, {as, json: {secrets: {password: 'off'}}});
  const bad = checkResult.parse((await api.ask(`POST /connections/${id}/checks`, {as: operator})).body);
  assert.equal(bad.ok, false);
  assert.deepEqual([bad.findings[0]?.level, bad.findings[0]?.owner], ['error', 'admin']);
});

test('a connection shows what it can read and write', async () => {
  const {id} = (await create('Detailed')).body;
  const detail = connectionDetail.parse((await api.ask(`GET /connections/${id}`, {as})).body);
  assert.deepEqual(
    detail.resources.map(({name}) => name),
    ['keeper'],
  );
  assert.equal(detail.resources[0]?.fields[0]?.wanted, '5 characters at most');
});

test('one that a sync uses is not deleted; after the sync it is, with its secrets', async () => {
  const {id} = (await create('Used', {secrets: {password: 'on'}})).body;
  const syncId = newId('syn');
  await inCompany(api.hub.db, api.companyId, tx =>
    insertSync(tx, {
      id: syncId,
      name: 'Nightly',
      sourceConnectionId: id,
      destinationConnectionId: id,
      definition: {sourceResource: 'keeper', legs: [], settings: {}, onChange: false},
      createdBy: 'usr_test',
    }),
  );
  const refused = await api.ask(`DELETE /connections/${id}`, {as});
  assert.deepEqual([refused.status, refused.body.error.code], [409, 'connection.in_use']);
  assert.match(refused.body.error.message, /Nightly/);
  await api.ask(`DELETE /syncs/${syncId}`, {as});
  assert.equal((await api.ask(`DELETE /connections/${id}`, {as})).status, 204);
  assert.equal((await api.ask(`GET /connections/${id}`, {as})).status, 404);
  const left = await asOwner(api.hub.db, tx => sql`select 1 from secrets where connection_id = ${id}`.execute(tx));
  assert.equal(left.rows.length, 0);
});

test('who made, changed and deleted a connection is in the audit, without any secret', async () => {
  const {id} = (await create('Audited', {secrets: {password: 'on'}})).body;
  await api.ask(`PATCH /connections/${id}`, {as, json: {secrets: {password: 'off'}}});
  await api.ask(`DELETE /connections/${id}`, {as});
  const {rows} = await inCompany(api.hub.db, api.companyId, tx =>
    sql<{actor: string; action: string; detail: object}>`
      select actor, action, detail from audit where company_id = ${api.companyId} and subject = ${id} order by id`.execute(
      tx,
    ),
  );
  assert.deepEqual(
    rows.map(({action}) => action),
    ['connection.created', 'connection.changed', 'connection.deleted'],
  );
  assert.ok(rows.every(({actor, detail}) => actor.startsWith('key_') && !JSON.stringify(detail).includes('"on"')));
});

test('the list has a page at a time, the newest first', async () => {
  const first = (await api.ask('GET /connections?limit=2', {as})).body;
  const second = (await api.ask(`GET /connections?limit=2&cursor=${first.next}`, {as})).body;
  const ids = [...first.items, ...second.items].map((item: {id: string}) => item.id);
  assert.deepEqual(ids, [...ids].sort().reverse());
  assert.equal(new Set(ids).size, 4);
});

test('connectors are listed as the contract says, and shown by id', async () => {
  const {items} = (await api.ask('GET /connectors', {as})).body;
  for (const item of items) connector.strict().parse(item);
  assert.ok(items.some((item: {id: string}) => item.id === 'directory'));
  assert.equal((await api.ask('GET /connectors/lighthouse', {as})).body.name, 'Lighthouse');
  assert.equal((await api.ask('GET /connectors/none', {as})).status, 404);
});
