// A SCIM 2.0 server over real HTTP with users, groups, discovery, filters, PATCH, PUT, bulk and versions. Each ability can be
// switched off and each oddity of real servers on; family names trigger failures, in demos as in tests (quirks.md).

import {isJsonObject, type Json, type JsonObject} from '../../src/connector/index.ts';
import {
  type Clock,
  type Emulator,
  type EmulatorAnswer,
  type EmulatorRequest,
  startEmulator,
} from '../../src/connector/testing/index.ts';
import {bulkAnswer} from './emulator-bulk.ts';
import {config, resourceTypes, schemaList} from './emulator-discovery.ts';
import {namedFaults} from './emulator-faults.ts';
import {parseFilter} from './emulator-filter.ts';
import {applyPatch} from './emulator-patch.ts';
import {createStore, type Store, type Stored} from './emulator-store.ts';

export type Ability = 'patch' | 'bulk' | 'filter' | 'etag' | 'enterprise' | 'groups' | 'discovery';
export type Oddity =
  | 'noContentOnPatch'
  | 'noLocation'
  | 'relativeLocation'
  | 'plainJson'
  | 'textBooleans'
  | 'crashesOnBadFilter'
  | 'ignoresFilter'
  | 'refusesFilter'
  | 'ignoresPaging'
  | 'ignoresActive';

export type ScimOptions = {
  readonly clock?: Clock;
  readonly port?: number;
  readonly latencyMs?: number;
  readonly token?: string;
  /** Signs in, but may neither read nor write users and groups. */
  readonly limitedToken?: string;
  readonly lacks?: readonly Ability[];
  readonly odd?: readonly Oddity[];
  /** Whether a second user of the same user name or external id is refused with 409; it is by default. */
  readonly uniqueness?: 'enforced' | 'none';
  /** A new user is missing from lists and filters for somewhere between these; 0 to 3,000 by default. */
  readonly searchLagMs?: readonly [least: number, most: number];
  /** Chooses the lag; `Math.random` by default. */
  readonly random?: () => number;
  /** Most resources a page; 200 by default. */
  readonly mostPerPage?: number;
  readonly bulk?: {readonly maxOperations: number; readonly maxPayloadSize: number};
};

export type ScimEmulator = Emulator & {
  readonly users: Store;
  readonly groups: Store;
  /** Users that were there before, by hand: listed at once, not in the journal. */
  seed(users: Iterable<JsonObject>): void;
  /** Somebody else's doing, not in the journal. */
  remove(id: string): void;
  change(id: string, attributes: JsonObject): void;
};

export const demoToken = 'scim-demo-token';
export const demoLimitedToken = 'scim-limited-token';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

type Kind = {readonly path: '/Users' | '/Groups'; readonly type: 'User' | 'Group'; readonly store: Store};

export async function startScim(options: ScimOptions = {}): Promise<ScimEmulator> {
  const {token = demoToken, limitedToken = demoLimitedToken, searchLagMs = [0, 3000], random = Math.random} = options;
  const {bulk = {maxOperations: 1000, maxPayloadSize: 1_048_576}, mostPerPage = 200} = options;
  const lacks = new Set(options.lacks);
  const odd = new Set(options.odd);
  const now = () => options.clock?.now() ?? new Date();
  const users = createStore('U', ['userName', 'externalId'], now);
  const groups = createStore('G', ['displayName'], now);
  const kinds: readonly Kind[] = [
    {path: '/Users', type: 'User', store: users},
    ...(lacks.has('groups') ? [] : [{path: '/Groups', type: 'Group', store: groups} as const]),
  ];

  function shown({path, type}: Kind, {id, version, resource}: Stored): JsonObject {
    const location = odd.has('relativeLocation') ? `${path}/${id}` : `http://scim.example.com${path}/${id}`;
    const meta = {resourceType: type, location, ...(lacks.has('etag') ? {} : {version: `W/"${version}"`})};
    const texts =
      odd.has('textBooleans') && 'active' in resource ? {active: resource['active'] ? 'True' : 'False'} : {};
    return {...resource, ...texts, id, meta};
  }

  function one(kind: Kind, stored: Stored, status: number, effect: 'effect' | 'none'): EmulatorAnswer {
    const json = shown(kind, stored);
    const headers = {
      ...(odd.has('noLocation') ? {} : {location: `${kind.path}/${stored.id}`}),
      ...(lacks.has('etag') ? {} : {etag: `W/"${stored.version}"`}),
    };
    return {status, json, headers, ...(effect === 'effect' ? {effect: json} : {})};
  }

  function list(kind: Kind, query: URLSearchParams): EmulatorAnswer {
    const text = query.get('filter');
    if (text !== null && odd.has('refusesFilter')) return error(400, 'This filter is not supported', 'invalidFilter');
    const filter = text === null || lacks.has('filter') || odd.has('ignoresFilter') ? undefined : parseFilter(text);
    if (text !== null && !filter && !lacks.has('filter') && !odd.has('ignoresFilter')) {
      return odd.has('crashesOnBadFilter')
        ? error(500, 'Unexpected token')
        : error(400, 'This is no filter', 'invalidFilter');
    }
    const listed = kind.store.listed();
    const found = filter ? listed.filter(stored => filter(shown(kind, stored))) : listed;
    const asked = odd.has('ignoresPaging') ? new URLSearchParams() : query;
    const startIndex = Math.max(1, Number(asked.get('startIndex') ?? 1));
    const count = Math.min(mostPerPage, Math.max(0, Number(asked.get('count') ?? mostPerPage)));
    const page = found.slice(startIndex - 1, startIndex - 1 + count).map(stored => shown(kind, stored));
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:ListResponse'];
    const head = {schemas, totalResults: found.length, startIndex, itemsPerPage: page.length};
    return {status: 200, json: found.length === 0 ? head : {...head, Resources: page}};
  }

  function store(kind: Kind, json: Json | undefined, before: Stored | undefined): EmulatorAnswer {
    const refusal = refusalOf(kind, json);
    if (refusal || !isJsonObject(json)) return refusal ?? error(400, 'A JSON object is wanted', 'invalidSyntax');
    if (options.uniqueness !== 'none' && kind.store.takenBy(json, before?.id) !== undefined) {
      return error(409, 'Another one has this value already', 'uniqueness');
    }
    const {id: _id, meta: _meta, ...resource} = lacks.has('enterprise') ? withoutEnterprise(json) : json;
    if (before && odd.has('ignoresActive')) Object.assign(resource, {active: before.resource['active'] ?? true});
    const [least, most] = searchLagMs;
    const stored = before
      ? kind.store.put(before.id, resource)
      : kind.store.add(resource, least + random() * (most - least));
    return stored ? one(kind, stored, before ? 200 : 201, 'effect') : error(404, 'There is no such resource');
  }

  function change(kind: Kind, stored: Stored, request: ScimRequest): EmulatorAnswer {
    const match = request.ifMatch;
    if (!lacks.has('etag') && match !== undefined && match !== '*' && match !== `W/"${stored.version}"`) {
      return error(412, 'It has changed since');
    }
    if (request.method === 'PUT') return store(kind, request.json, stored);
    if (lacks.has('patch')) return error(501, 'PATCH is not supported');
    const patched = applyPatch(stored.resource, request.json);
    if (!('resource' in patched)) return error(400, patched.detail, patched.scimType);
    const answer = store(kind, patched.resource, stored);
    if (answer.status !== 200 || !odd.has('noContentOnPatch')) return answer;
    return {status: 204, ...(answer.effect === undefined ? {} : {effect: answer.effect})};
  }

  function onResource(request: ScimRequest): EmulatorAnswer {
    const kind = kinds.find(({path}) => request.path === path || request.path.startsWith(`${path}/`));
    if (!kind) return error(404, 'No such address');
    if (request.path === kind.path) {
      if (request.method === 'GET') return list(kind, request.query);
      return request.method === 'POST' ? store(kind, request.json, undefined) : error(405, 'Not allowed here');
    }
    const stored = kind.store.get(decodeURIComponent(request.path.slice(kind.path.length + 1)));
    if (!stored) return error(404, 'There is no such resource');
    if (request.method === 'GET') return one(kind, stored, 200, 'none');
    if (request.method !== 'DELETE') return change(kind, stored, request);
    kind.store.remove(stored.id);
    return {status: 204, effect: {deleted: stored.id}};
  }

  function discovery(path: string): EmulatorAnswer | undefined {
    if (lacks.has('discovery')) return undefined;
    const about = {lacks, bulk, mostPerPage};
    if (path === '/ServiceProviderConfig') return {status: 200, json: config(about)};
    if (path === '/ResourceTypes') return {status: 200, json: resourceTypes(about)};
    return path === '/Schemas' ? {status: 200, json: schemaList(about)} : undefined;
  }

  function answer(received: EmulatorRequest): EmulatorAnswer {
    const given = received.headers.authorization;
    if (given !== `Bearer ${token}` && given !== `Bearer ${limitedToken}`) return error(401, 'Unknown token');
    const ifMatch = received.headers['if-match'];
    const request = {...received, path: received.path.replace(/^\/scim\/v2/, ''), ifMatch};
    const described = request.method === 'GET' ? discovery(request.path) : undefined;
    if (described) return described;
    if (given !== `Bearer ${token}`) return error(403, 'This token may not use users');
    if (`${request.method} ${request.path}` !== 'POST /Bulk' || lacks.has('bulk')) return onResource(request);
    return bulkAnswer(request.json, bulk, (method, path, json, version) =>
      onResource({method, path, query: new URLSearchParams(), json, ifMatch: version}),
    );
  }

  const familyNameOf = (path: string) => {
    const name = users.get(path.split('/').at(-1) ?? '')?.resource['name'];
    return isJsonObject(name) ? name['familyName'] : undefined;
  };
  const mediaType = odd.has('plainJson') ? 'application/json' : 'application/scim+json; charset=utf-8';
  const emulator = await startEmulator({
    ...options,
    faultOf: namedFaults(familyNameOf),
    answer: request => {
      const made = answer(request);
      return {...made, headers: {'content-type': mediaType, ...made.headers}};
    },
  });
  return Object.assign(emulator, {
    users,
    groups,
    seed(resources: Iterable<JsonObject>) {
      for (const resource of resources) users.add(resource, 0);
    },
    remove: (id: string) => void (users.remove(id) || groups.remove(id)),
    change(id: string, attributes: JsonObject) {
      const stored = users.get(id);
      if (stored) users.put(id, {...stored.resource, ...attributes});
    },
  });
}

type ScimRequest = Pick<EmulatorRequest, 'method' | 'path' | 'query' | 'json'> & {readonly ifMatch: string | undefined};

function refusalOf({type}: Kind, json: Json | undefined): EmulatorAnswer | undefined {
  if (!isJsonObject(json)) return error(400, 'A JSON object is wanted', 'invalidSyntax');
  const name = type === 'User' ? 'userName' : 'displayName';
  const value = json[name];
  if (typeof value !== 'string' || value.trim() === '') return error(400, `${name} is required`, 'invalidValue');
  const {active = true} = json;
  return typeof active === 'boolean' ? undefined : error(400, 'active is true or false', 'invalidValue');
}

function withoutEnterprise({[enterprise]: _extension, ...rest}: JsonObject): JsonObject {
  return rest;
}

function error(status: number, detail: string, scimType?: string): EmulatorAnswer {
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error'];
  return {status, json: {schemas, status: String(status), detail, ...(scimType ? {scimType} : {})}};
}
