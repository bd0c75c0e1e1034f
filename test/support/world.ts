// A company ready to be asked about: the API of api.ts with the directory found, queues and partitions made, and answers
// held against the contract. No worker runs, so what a test wants to have happened it writes through the store.
import assert from 'node:assert/strict';
import type {z} from 'zod';
import {type Route, type RouteName, routes} from '../../src/api/contract/routes.ts';
import {asOwner, type CompanyTx, inCompany} from '../../src/db/transaction.ts';
import type {ErrorIssue} from '../../src/errors.ts';
import type {Role} from '../../src/model/role.ts';
import {newId} from '../../src/std/ids.ts';
import type {JsonObject} from '../../src/std/json.ts';
import {insertConnection, listConnections} from '../../src/store/connections.ts';
import {keepPartitions} from '../../src/store/partitions.ts';
import {queueNames} from '../../src/work/queues.ts';
import {type TestApi, testApi} from './api.ts';

/** Who asks: a role in the first company, the owner of the second, or nobody. */
export type Asker = Role | 'stranger' | 'nobody';

export type Question = {
  readonly as?: Asker;
  readonly params?: {readonly [name: string]: string};
  readonly query?: {readonly [name: string]: string};
  readonly json?: unknown;
  readonly headers?: {readonly [name: string]: string};
};

type Good<N extends RouteName> = (typeof routes)[N] extends {response: infer S extends z.ZodType} ? z.infer<S> : null;

export type Refusal = {
  readonly status: number;
  readonly code: string;
  readonly issues: readonly ErrorIssue[];
};

export type World = AsyncDisposable & {
  readonly api: TestApi;
  /** The connection that every company has from the start. */
  readonly directoryId: string;
  /** What a good answer holds; any other fails the test. */
  answer<N extends RouteName>(name: N, question?: Question): Promise<Good<N>>;
  refusal(name: RouteName, question?: Question): Promise<Refusal>;
  /** The answer as it is, for streams and files. */
  response(name: RouteName, question?: Question & {readonly bytes?: string}): Promise<Response>;
  /** A transaction inside the company. */
  within<T>(work: (tx: CompanyTx) => Promise<T>): Promise<T>;
  connect(name: string, connector: string, settings?: JsonObject): Promise<string>;
};

export async function testWorld(): Promise<World> {
  const api = await testApi();
  const {db, queue} = api.hub;
  await queue.start(queueNames);
  await asOwner(db, tx => keepPartitions(tx, new Date()));
  const within: World['within'] = work => inCompany(db, api.companyId, work);
  const {items} = await within(tx => listConnections(tx, {limit: 1}));
  const keys = new Map<Asker, Promise<string>>();
  const keyOf = (asker: Asker) => {
    const key =
      keys.get(asker) ?? (asker === 'stranger' ? api.key('owner', api.otherCompanyId) : api.key(roleOf(asker)));
    keys.set(asker, key);
    return key;
  };
  const optionsOf = async ({as = 'owner', json, headers = {}}: Question) => ({
    ...(as === 'nobody' ? {} : {as: await keyOf(as)}),
    ...(json === undefined ? {} : {json}),
    headers,
  });
  return {
    api,
    directoryId: items[0]?.id ?? '',
    within,
    async answer(name, question = {}) {
      const route: Route = routes[name];
      const {status, body} = await api.ask(addressOf(name, question), await optionsOf(question));
      assert.equal(status, route.status, JSON.stringify(body));
      return (route.response ? route.response.parse(body) : null) as Good<typeof name>; // its own schema has just said so
    },
    async refusal(name, question = {}) {
      const {status, body} = await api.ask(addressOf(name, question), await optionsOf(question));
      return {status, code: body?.error?.code ?? '', issues: body?.error?.issues ?? []};
    },
    async response(name, question = {}) {
      const [method = '', path = ''] = addressOf(name, question).split(' ');
      const {as, headers} = await optionsOf(question);
      const authorization = as === undefined ? {} : {authorization: `Bearer ${as}`};
      const body = question.bytes ?? null;
      return api.app.request(`/api/v1${path}`, {method, headers: {...authorization, ...headers}, body});
    },
    async connect(name, connector, settings = {}) {
      const id = newId('con');
      const connection = {id, name, connector, settings, status: 'connected', reason: null} as const;
      await within(tx => insertConnection(tx, connection));
      return id;
    },
    async [Symbol.asyncDispose]() {
      await queue.stop(1000);
      await api[Symbol.asyncDispose]();
    },
  };
}

function roleOf(asker: Asker): Role {
  return asker === 'nobody' || asker === 'stranger' ? 'owner' : asker;
}

function addressOf(name: RouteName, {params = {}, query}: Question): string {
  const filled = name.replace(/\{(\w+)\}/g, (_, part) => encodeURIComponent(params[part] ?? 'none'));
  return query ? `${filled}?${new URLSearchParams(query)}` : filled;
}
