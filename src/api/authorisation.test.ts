// Every route of the table, as nobody, as every role, and with ids of another company: made from the table itself, so
// that a new route is covered by being there.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {insertSampleRows, type SampleRows} from '../../test/support/sample-rows.ts';
import {type Asker, type Question, testWorld, type World} from '../../test/support/world.ts';
import {mayDo, roles} from '../model/role.ts';
import {type Body, type Route, type RouteName, routes} from './contract/routes.ts';

let world: World;
let ids: SampleRows & {readonly 'api-keys': string};
before(async () => {
  world = await testWorld();
  const key = await world.answer('POST /api-keys', {json: {name: 'Sample', role: 'viewer'}});
  ids = {...(await world.within(insertSampleRows)), 'api-keys': key.id};
});
after(() => world[Symbol.asyncDispose]());

/** A body that parses, for each route that has one. */
const bodies = (): {readonly [N in RouteName as Body<N> extends undefined ? never : N]: Body<N>} => {
  const end = {connection: ids.connections, resource: 'person'};
  return {
    'POST /owner': {token: 'x'.repeat(43), name: 'Anna', email: 'anna@example.com', password: 'correct horse battery'},
    'POST /api-keys': {name: 'Another', role: 'viewer'},
    'POST /connections': {name: `Another ${crypto.randomUUID()}`, connector: 'directory'},
    'PATCH /connections/{id}': {name: 'Other now'},
    'POST /connections/{id}/records': {resource: 'person', records: []},
    'POST /syncs': {name: `Another ${crypto.randomUUID()}`, source: end, destination: end},
    'PATCH /syncs/{id}': {name: 'Other now'},
    'POST /mapping-previews': {source: end, destination: end},
    'POST /expressions/checks': {connection: ids.connections, resource: 'person', expression: 'person.givenName'},
    'POST /runs/{id}/release': {},
    'POST /schedules': {name: 'Another', sync: ids.syncs, cron: '0 7 * * *', zone: 'UTC'},
    'PATCH /schedules/{id}': {name: 'Other now'},
    'POST /schedules/checks': {cron: '0 7 * * *', zone: 'UTC'},
    'POST /runs': {sync: ids.syncs},
    'POST /runs/{id}/retries': {},
    'POST /events/{id}/retry': {},
    'POST /events/{id}/release': {create: true},
    'POST /links': {record: nowhere, connection: ids.connections, resource: 'person', destinationId: 'E1'},
  };
};

const table = Object.entries(routes) as readonly [RouteName, Route][]; // the keys of `routes` are the names
const closed = table.filter(([, route]) => route.right !== 'open');

async function answer(name: RouteName, route: Route, as: Asker, id: string, more: Question = {}) {
  const params = {id, resource: 'person', externalId: 'P-1'};
  const upload = {bytes: 'a,b\n', headers: {'content-type': 'text/csv'}};
  const json = {
    bytes: JSON.stringify(bodies()[name as keyof ReturnType<typeof bodies>]), // routes with a body are its keys
    headers: {'content-type': 'application/json'},
  };
  const sent = route.upload ? upload : route.body ? json : {};
  const response = await world.response(name, {as, params, ...sent, ...more});
  const text = route.stream && response.ok ? await stopReading(response) : await response.text();
  return {status: response.status, text};
}

async function stopReading(response: Response): Promise<string> {
  await response.body?.cancel();
  return '';
}

const nowhere = 'none_0000000000000000000000';

for (const [name, route] of closed) {
  test(`${name} refuses without sign-in, before anything of the request is looked at`, async () => {
    const headers = {'content-type': 'text/nonsense', 'idempotency-key': 'not a key'};
    const question = {as: 'nobody', params: {id: '\0'}, headers} as const;
    const response = await world.response(name, name.startsWith('GET') ? question : {...question, bytes: '{nonsense'});
    assert.equal(response.status, 401);
    assert.match(await response.text(), /"request\.unauthenticated"/);
  });

  test(`${name} serves the roles with the right ${route.right} and no others`, async () => {
    for (const role of roles) {
      const {status, text} = await answer(name, route, role, nowhere);
      const allowed = route.right !== 'open' && mayDo(role, route.right);
      assert.equal(status === 403, !allowed, `${role}: ${status} ${text}`);
      assert.ok(status !== 401 && status < 500, `${role}: ${status} ${text}`);
    }
  });
}

for (const [name, route] of closed.filter(([name]) => name.includes('{id}') && !name.includes('/connectors/'))) {
  test(`${name} does not find another company's`, async () => {
    const kind = name.split('/')[1] as keyof typeof ids; // the first part of a path is the kind that its id names
    const {status, text} = await answer(name, route, 'stranger', ids[kind]);
    assert.equal(status, 404, text);
    assert.match(text, /"request\.not_found"/);
  });
}

test('what was out of reach is still there for the company that it belongs to', async () => {
  for (const kind of ['connections', 'files', 'records', 'syncs', 'schedules', 'runs', 'events'] as const) {
    const name = `GET /${kind}/{id}` as const;
    const {status, text} = await answer(name, routes[name], 'owner', ids[kind]);
    assert.equal(status, 200, `${kind}: ${text}`);
  }
  const keys = await world.answer('GET /api-keys');
  assert.equal(keys.items.find(key => key.id === ids['api-keys'])?.revokedAt, null);
});

test("ids of another company's rows in a body are not found either", async () => {
  const naming = [
    'POST /runs',
    'POST /syncs',
    'POST /schedules',
    'POST /mapping-previews',
    'POST /expressions/checks',
  ] as const;
  for (const name of naming) {
    const {status, text} = await answer(name, routes[name], 'stranger', '');
    assert.ok([404, 422].includes(status), `${name}: ${status} ${text}`);
  }
});

for (const [name, route] of closed.filter(
  ([name, route]) => name.startsWith('GET') && !name.includes('{') && route.query,
)) {
  test(`${name} lists nothing of another company, also when asked for it by id`, async () => {
    for (const query of [{}, {connection: ids.connections, sync: ids.syncs}]) {
      const {status, text} = await answer(name, route, 'stranger', '', {query});
      assert.equal(status, 200, text);
      for (const id of Object.values(ids)) assert.ok(!text.includes(id), `${name} shows ${id}`);
    }
  });
}
