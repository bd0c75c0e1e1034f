// The API in-process on a database of its own, with two companies and a key for each role: what a test of a route starts
// from. `await using api = await testApi()`. Nothing is queued or worked on; world.ts has that.
import * as connectors from '../../connectors/index.ts';
import {type Api, createApi} from '../../src/api/server.ts';
import {createApiKey} from '../../src/auth/api-key.ts';
import type {Auth} from '../../src/auth/authenticate.ts';
import {createCompany} from '../../src/auth/company.ts';
import {createSignIn} from '../../src/auth/sign-in.ts';
import type {Connector} from '../../src/connector/contract.ts';
import {inCompany} from '../../src/db/transaction.ts';
import {silentLog} from '../../src/log.ts';
import type {Role} from '../../src/model/role.ts';
import {Queue} from '../../src/queue/queue.ts';
import {systemClock} from '../../src/std/clock.ts';
import type {Hub} from '../../src/sync/hub.ts';
import {createVault} from '../../src/vault.ts';
import {testDatabase} from './database.ts';
import {lighthouse} from './lighthouse.ts';

export const publicUrl = 'http://localhost:8080';

export type AskOptions = {
  /** An API key; left out, nobody is signed in. */
  readonly as?: string;
  readonly json?: unknown;
  readonly headers?: {readonly [name: string]: string};
};

/** `body` is whatever JSON came, so tests can look into it; null when there was none. */
// biome-ignore lint/suspicious/noExplicitAny: assertions on answers look into shapes that the test itself states
export type Told = {readonly status: number; readonly headers: Headers; readonly text: string; readonly body: any};

export type TestApi = AsyncDisposable & {
  readonly hub: Hub;
  readonly auth: Auth;
  readonly app: Api;
  readonly companyId: string;
  readonly otherCompanyId: string;
  readonly stopping: AbortController;
  /** A new key of that role, in the first company unless another is named. */
  key(role: Role, companyId?: string): Promise<string>;
  /** `ask('GET /runs?limit=5', {as})`: below /api/v1. */
  ask(route: string, options?: AskOptions): Promise<Told>;
  /** `send('GET /assets/app.js')`: any address, any body. */
  send(route: string, init?: RequestInit): Promise<Told>;
};

export async function testApi({distDir = 'no-such-folder'}: {readonly distDir?: string} = {}): Promise<TestApi> {
  const database = await testDatabase();
  const {db, ownerConfig} = database;
  const log = silentLog;
  const secretKey = Buffer.alloc(32, 1);
  const all: readonly Connector[] = [...Object.values(connectors), lighthouse];
  const hub: Hub = {
    db,
    queue: new Queue({ownerConfig, db, log}),
    connectors: new Map(all.map(connector => [connector.manifest.id, connector])),
    vault: createVault(secretKey),
    clock: systemClock,
    log,
    allowedPrivateHosts: ['127.0.0.1'],
    callTimeoutMs: 5000,
  };
  const auth = {db, signIn: createSignIn({db, log, secretKey, publicUrl})};
  const stopping = new AbortController();
  const supportUrl = 'https://help.example.com/';
  const app = createApi(hub, {auth, publicUrl, version: '0.0.0', supportUrl, distDir, stopping: stopping.signal});
  const {id: companyId} = await createCompany(db, 'Orchard');
  const {id: otherCompanyId} = await createCompany(db, 'Vineyard');

  const send: TestApi['send'] = async (route, init = {}) => {
    const [method = '', path = ''] = route.split(' ');
    const answer = await app.request(path, {...init, method});
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true;
    return {status: answer.status, headers: answer.headers, text, body: isJson ? JSON.parse(text) : null};
  };
  return {
    ...{hub, auth, app, companyId, otherCompanyId, stopping, send},
    async key(role, company = companyId) {
      const {key} = await inCompany(db, company, tx => createApiKey(tx, 'usr_test', {name: `${role} key`, role}));
      return key;
    },
    ask(route, {as, json, headers = {}} = {}) {
      const authorization = as === undefined ? {} : {authorization: `Bearer ${as}`};
      const contentType = json === undefined ? {} : {'content-type': 'application/json'};
      return send(route.replace(' ', ' /api/v1'), {
        headers: {...authorization, ...contentType, ...headers},
        ...(json === undefined ? {} : {body: JSON.stringify(json)}),
      });
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await database[Symbol.asyncDispose]();
    },
  };
}
