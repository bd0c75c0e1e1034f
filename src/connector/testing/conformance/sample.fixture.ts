// A small connector as it should be, and the system that it reaches: what the samples with a defect are made from.
import type {Capability} from '../../../model/resource.ts';
import {isJsonObject, type Json, type JsonObject} from '../../../std/json.ts';
import type {Change, Connector, Context, Found, Written} from '../../contract.ts';
import {type EmulatorAnswer, type EmulatorRequest, startEmulator} from '../emulator.ts';

const capabilities: readonly Capability[] = ['find', 'snapshot', 'create', 'update', 'deactivate', 'reactivate'];

export const sound = {
  manifest: {
    id: 'sample',
    name: 'Sample',
    listing: {
      ...{summary: 'Sample', categories: [], maker: 'own', developer: '', support: '', permissions: [], price: 'Free'},
      monitors: false,
    },
    settings: [{name: 'baseUrl', label: 'Address', description: 'Where it is', type: 'url', required: true}],
    secrets: [{name: 'key', label: 'Key', description: 'Its key', type: 'text', required: true}],
    auth: {kind: 'header', header: 'x-key', secret: 'key'},
    baseUrlSetting: 'baseUrl',
    resources: [
      {
        ...{name: 'person', label: 'person', plural: 'people', description: 'Someone', capabilities, aboutPerson: true},
        fields: [
          {name: 'name', label: 'Name', description: 'Name', type: 'text', sensitivity: 'personal'},
          {name: 'note', label: 'Note', description: 'Anything', type: 'text', sensitivity: 'personal'},
          {name: 'active', label: 'Active', description: 'Whether active', type: 'boolean', sensitivity: 'ordinary'},
        ],
        keys: [{name: 'name', label: 'Name', fields: ['name'], strength: 'sure'}],
        ...{settleSeconds: 0, uniqueness: 'not_relied_upon', steps: ['write'], limits: {concurrency: 2}},
      },
    ],
  },
  async check(ctx) {
    await list(ctx, 1, 1);
    return [];
  },
  find: async (ctx, _resource, lookUps) =>
    Promise.all(
      lookUps.map(async ({values}) => {
        const {json} = await ctx.http.send({method: 'GET', path: '/people', query: {name: String(values['name'])}});
        return itemsOf(json);
      }),
    ),
  async *snapshot(ctx) {
    const size = ctx.pageSize ?? 100;
    for (let page = 1; ; page++) {
      const records = await list(ctx, page, size);
      yield {records, complete: records.length < size};
      if (records.length < size) return;
    }
  },
  write: (ctx, change) => (change.operation === 'create' ? createPerson(ctx, change) : changePerson(ctx, change)),
} satisfies Connector;

async function createPerson(ctx: Context, {values}: Change): Promise<Written> {
  const {status, json} = await ctx.http.send({method: 'POST', path: '/people', json: {active: true, ...values}});
  const [found] = itemsOf({items: [json]});
  if (status !== 201 || !found) return {outcome: 'refused', words: 'refused', proof: 'none'};
  return {outcome: 'created', id: found.id, proof: 'echo'};
}

const flags = {update: {}, deactivate: {active: false}, reactivate: {active: true}, create: {}} as const;

async function changePerson(ctx: Context, {id, operation, values, before}: Change): Promise<Written> {
  const path = `/people/${id}`;
  const {json: there} = await ctx.http.send({method: 'GET', path});
  const known = {proof: 'readBack', ...(id === null ? {} : {id})} as const;
  if (!isJsonObject(there) || there['id'] !== id) return {...known, outcome: 'conflict', because: 'gone'};
  const wanted: JsonObject = {...values, ...flags[operation]};
  const different = Object.keys(wanted).filter(field => there[field] !== wanted[field]);
  if (different.length === 0) return {...known, outcome: 'unchanged'};
  if (before && different.some(field => Object.hasOwn(before, field) && there[field] !== before[field])) {
    return {...known, outcome: 'conflict', because: 'changed'};
  }
  const {status} = await ctx.http.send({method: 'PUT', path, json: {...there, ...wanted}});
  return status === 200 ? {...known, outcome: 'updated'} : {...known, outcome: 'refused', words: `${status}`};
}

async function list(ctx: Context, page: number, pageSize: number): Promise<readonly Found[]> {
  const {json} = await ctx.http.send({method: 'GET', path: '/people', query: {page, pageSize}});
  return itemsOf(json);
}

function itemsOf(json: Json): readonly Found[] {
  const items = isJsonObject(json) ? json['items'] : undefined;
  return Array.isArray(items) ? items.filter(isJsonObject).map(item => ({id: String(item['id']), values: item})) : [];
}

export async function startSample() {
  let people: JsonObject[] = [];
  let count = 0;
  const store = (data: JsonObject): JsonObject => {
    const stored = {...data, id: `P${count++}`};
    people.push(stored);
    return stored;
  };
  const put = (id: string, data: JsonObject): JsonObject => {
    const stored = {...data, id};
    people = people.map(person => (person['id'] === id ? stored : person));
    return stored;
  };
  const get = (id: string) => people.find(person => person['id'] === id);

  const answer = ({method, path, headers, query, json}: EmulatorRequest): EmulatorAnswer => {
    if (headers['x-key'] === 'limited-key') return {status: 403, json: {}};
    if (headers['x-key'] !== 'good-key') return {status: 401, json: {}};
    if (method === 'POST' && isJsonObject(json)) {
      const stored = store(json);
      return {status: 201, json: stored, effect: stored};
    }
    const id = path.split('/')[2];
    if (id !== undefined) return onPerson(method, id, json);
    const name = query.get('name');
    const size = Number(query.get('pageSize'));
    const from = (Number(query.get('page')) - 1) * size;
    const items = name === null ? people.slice(from, from + size) : people.filter(person => person['name'] === name);
    return {status: 200, json: {items}};
  };
  function onPerson(method: string, id: string, json: Json | undefined): EmulatorAnswer {
    const there = get(id);
    if (!there) return {status: 404, json: {}};
    if (method !== 'PUT' || !isJsonObject(json)) return {status: 200, json: there};
    const stored = put(id, json);
    return {status: 200, json: stored, effect: stored};
  }

  return Object.assign(await startEmulator({answer}), {
    fill(most: number) {
      for (let n = 0; n < most; n++) store({name: `Person ${n}`});
    },
    remove(id: string) {
      people = people.filter(person => person['id'] !== id);
    },
    alter: (id: string, values: JsonObject) => void put(id, {...get(id), ...values}),
  });
}
