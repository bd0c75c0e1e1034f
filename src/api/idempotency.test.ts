import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {sql} from 'kysely';
import {type TestApi, testApi} from '../../test/support/api.ts';
import {inCompany} from '../db/transaction.ts';
import {answerOnce} from './idempotency.ts';

let api: TestApi;
let as: string;
before(async () => {
  api = await testApi();
  as = await api.key('owner');
});
after(() => api[Symbol.asyncDispose]());

const create = (key: string, name: string, who = as) =>
  api.ask('POST /connections', {as: who, headers: {'idempotency-key': key}, json: {name, connector: 'directory'}});

const keyed = (key: string) => ({companyId: api.companyId, key, content: ['the same']});

test('a request sent again with its key gets the same answer and makes nothing', async () => {
  const first = await create('k-1', 'One');
  const again = await create('k-1', 'One');
  assert.equal(first.status, 201);
  assert.deepEqual([again.status, again.body], [first.status, first.body]);
  const {items} = (await api.ask('GET /connections', {as})).body;
  assert.equal(items.filter((connection: {name: string}) => connection.name === 'One').length, 1);
});

test('the same key for something else is refused', async () => {
  await create('k-2', 'Two');
  const {status, body} = await create('k-2', 'Three');
  assert.deepEqual([status, body.error.code], [422, 'request.key_reused']);
});

test('another company may use the same key', async () => {
  await create('k-3', 'Four');
  const theirs = await create('k-3', 'Four', await api.key('owner', api.otherCompanyId));
  assert.equal(theirs.status, 201);
});

test('a request that failed can be corrected and sent with its key again', async () => {
  const make = (name: string, connector: string) =>
    api.ask('POST /connections', {as, headers: {'idempotency-key': 'k-4'}, json: {name, connector}});
  assert.equal((await make('Five', 'nonsense')).status, 422);
  assert.equal((await make('Five', 'directory')).status, 201);
});

test('a key with spaces or without end is refused', async () => {
  for (const key of ['two words', 'x'.repeat(201)]) assert.equal((await create(key, 'Six')).status, 400);
});

test('of several at once one does it, and the others are told to come back', async () => {
  let times = 0;
  const work = async () => {
    times += 1;
    await new Promise(resolve => setImmediate(resolve));
    return {status: 201, response: 'done'};
  };
  const all = await Promise.allSettled([1, 2, 3].map(() => answerOnce(api.hub.db, keyed('k-7'), work)));
  assert.equal(times, 1);
  for (const one of all) {
    if (one.status === 'fulfilled') assert.deepEqual(one.value, {status: 201, response: 'done'});
    else assert.equal(one.reason.code, 'request.unanswered');
  }
});

test('what was settled with the deed is answered again although its process died before answering', async () => {
  const died = answerOnce(api.hub.db, keyed('k-8'), async settle => {
    await inCompany(api.hub.db, api.companyId, tx => settle(tx, {status: 202, response: {id: 'run_1'}}));
    throw new Error('killed');
  });
  await assert.rejects(died, /killed/);
  const again = await answerOnce(api.hub.db, keyed('k-8'), () => assert.fail('done twice'));
  assert.deepEqual(again, {status: 202, response: {id: 'run_1'}});
});

test('a claim that nobody answered lapses, and of two that then do it only one can settle', async () => {
  const lapse = () =>
    inCompany(api.hub.db, api.companyId, tx =>
      sql`update idempotency_keys set created_at = now() - interval '11 minutes' where key = 'k-9'`.execute(tx),
    );
  const answer = {status: 202, response: null};
  const slow = answerOnce(api.hub.db, keyed('k-9'), async settleSlow => {
    await lapse();
    await answerOnce(api.hub.db, keyed('k-9'), async settle => {
      await inCompany(api.hub.db, api.companyId, tx => settle(tx, answer));
      return answer;
    });
    await inCompany(api.hub.db, api.companyId, tx => settleSlow(tx, answer));
    return answer;
  });
  await assert.rejects(slow, {code: 'request.unanswered'});
});

test('an answer that holds a secret is not kept', async () => {
  const make = () =>
    api.ask('POST /api-keys', {as, headers: {'idempotency-key': 'k-10'}, json: {name: 'CI', role: 'viewer'}});
  assert.notEqual((await make()).body.id, (await make()).body.id);
  const {rows} = await inCompany(api.hub.db, api.companyId, tx =>
    sql<{n: number}>`select count(*) as n from idempotency_keys where response::text like '%muster_%'`.execute(tx),
  );
  assert.equal(rows[0]?.n, 0);
});
