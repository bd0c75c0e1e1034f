// A SCIM server that others wrote (scimmy under Express), on a loopback port with its records in memory: the second peer
// beside our own emulator, which only knows what we know.
import {createServer} from 'node:http';
import {createRequire} from 'node:module';
import type {AddressInfo} from 'node:net';
import SCIMMY from 'scimmy';
import SCIMMYRouters from 'scimmy-routers';

type Kept = {id: string; userName?: string; externalId?: string; displayName?: string};
type App = Parameters<typeof createServer>[1] & {
  use(path: string, router: unknown): void;
  set(setting: string, value: unknown): void;
};
// Express brings no types of its own, and this is all that is used of it.
const express: () => App = createRequire(import.meta.url)('express');

export const scimmyToken = 'scimmy-token';

export type ScimmyServer = AsyncDisposable & {
  readonly url: string;
  readonly users: ReadonlyMap<string, object>;
  remove(id: string): void;
  /** Records are shared by all tests of a process, because scimmy's declarations are. */
  clear(): void;
};

const users = new Map<string, Kept>();
const groups = new Map<string, Kept>();
let count = 0;

/** scimmy keeps nothing itself: what is there, and that nobody is there twice, is for whoever uses it to see to. */
function keep(records: Map<string, Kept>, id: string | undefined, data: object): Kept {
  const given: Partial<Kept> = JSON.parse(JSON.stringify(data)); // without scimmy's own getters
  const has = (name: 'userName' | 'displayName', other: Kept) =>
    given[name] !== undefined && given[name]?.toLowerCase() === other[name]?.toLowerCase();
  const unique = records === users ? 'userName' : 'displayName';
  if ([...records.values()].some(other => other.id !== id && has(unique, other))) {
    throw new SCIMMY.Types.Error(409, 'uniqueness', `${unique} is taken`);
  }
  if (id !== undefined && !records.has(id)) throw new SCIMMY.Types.Error(404, '', `Resource ${id} not found`);
  const kept = {...given, id: id ?? `S${++count}`};
  records.set(kept.id, kept);
  return kept;
}

function give(records: Map<string, Kept>, {id, filter}: Instance): Kept | Kept[] {
  if (id === undefined) return filter ? filter.match([...records.values()]) : [...records.values()];
  const kept = records.get(id);
  if (!kept) throw new SCIMMY.Types.Error(404, '', `Resource ${id} not found`);
  return kept;
}

type Instance = {readonly id?: string; readonly filter?: {match(records: Kept[]): Kept[]}};
type Handlers = {
  ingress(handler: (instance: Instance, data: object) => Kept): Handlers;
  egress(handler: (instance: Instance) => Kept | Kept[]): Handlers;
  degress(handler: (instance: Instance) => void): Handlers;
};

function declare(resource: unknown, records: Map<string, Kept>): void {
  const declared: unknown = SCIMMY.Resources.declare(resource as typeof SCIMMY.Types.Resource); // User or Group, see below
  (declared as Handlers) // what it gives back for a class alone; its own types want whole users, which came in as such
    .ingress((instance, data) => keep(records, instance.id, data))
    .egress(instance => give(records, instance))
    .degress(instance => void records.delete(instance.id ?? ''));
}

SCIMMY.Resources.User.extend(SCIMMY.Schemas.EnterpriseUser, false);
declare(SCIMMY.Resources.User, users);
declare(SCIMMY.Resources.Group, groups);

/**
 * `asItIs`: scimmy-routers 1.3.2 hands numbers of a query on as texts, which scimmy does not take, so that every list is its
 * first twenty. `mended`: they are numbers.
 */
export async function startScimmy(paging: 'asItIs' | 'mended'): Promise<ScimmyServer> {
  const app = express();
  if (paging === 'mended') app.set('query parser', numbersOf);
  const handler = ({headers}: {headers: {authorization?: string}}) => {
    if (headers.authorization !== `Bearer ${scimmyToken}`) throw new Error('Unknown token');
    return 'muster';
  };
  app.use('/scim/v2', new SCIMMYRouters({type: 'bearer', handler} as ConstructorParameters<typeof SCIMMYRouters>[0])); // Express's request has headers
  const server = createServer(app);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo; // listening on a port, so it is neither a path nor null
  return {
    url: `http://127.0.0.1:${address.port}/scim/v2`,
    users,
    remove: id => void users.delete(id),
    clear() {
      users.clear();
      groups.clear();
    },
    [Symbol.asyncDispose]: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function numbersOf(query: string | null): object {
  const pairs = [...new URLSearchParams(query ?? '')];
  return Object.fromEntries(pairs.map(([name, text]) => [name, /^\d+$/.test(text) ? Number(text) : text]));
}
