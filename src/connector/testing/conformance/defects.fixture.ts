// A small connector as it should be, and the same with one defect each: what conformance.test.ts shows the kit to notice.
// Not a test file by name, because most of it is meant to fail.
import type {Capability} from '../../../model/resource.ts';
import {isJsonObject, type Json, type JsonObject} from '../../../std/json.ts';
import type {Connector, Context, Found} from '../../contract.ts';
import {describeConformance} from '../conformance.ts';
import {type EmulatorAnswer, type EmulatorRequest, startEmulator} from '../emulator.ts';

const capabilities: readonly Capability[] = ['find', 'snapshot', 'create'];

const sound: Connector = {
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
        fields: [{name: 'name', label: 'Name', description: 'Name', type: 'text', sensitivity: 'personal'}],
        keys: [{name: 'name', label: 'Name', fields: ['name'], strength: 'sure'}],
        ...{settleSeconds: 0, uniqueness: 'not_relied_upon', steps: ['create'], limits: {concurrency: 2}},
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
  async write(ctx, change) {
    const {status, json} = await ctx.http.send({method: 'POST', path: '/people', json: change.values});
    const [found] = itemsOf({items: [json]});
    if (status !== 201 || !found) return {outcome: 'refused', words: 'refused', proof: 'none'};
    return {outcome: 'created', id: found.id, proof: 'echo'};
  },
};

async function list(ctx: Context, page: number, pageSize: number): Promise<readonly Found[]> {
  const {json} = await ctx.http.send({method: 'GET', path: '/people', query: {page, pageSize}});
  return itemsOf(json);
}

function itemsOf(json: Json): readonly Found[] {
  const items = isJsonObject(json) ? json['items'] : undefined;
  return Array.isArray(items) ? items.filter(isJsonObject).map(item => ({id: String(item['id']), values: item})) : [];
}

async function startSample() {
  const people: JsonObject[] = [];
  const store = (data: JsonObject): JsonObject => {
    people.push({...data, id: `P${people.length}`});
    return people.at(-1) ?? {};
  };
  const answer = ({method, headers, query, json}: EmulatorRequest): EmulatorAnswer => {
    if (headers['x-key'] === 'limited-key') return {status: 403, json: {}};
    if (headers['x-key'] !== 'good-key') return {status: 401, json: {}};
    if (method === 'POST' && isJsonObject(json)) {
      const stored = store(json);
      return {status: 201, json: stored, effect: stored};
    }
    const name = query.get('name');
    const size = Number(query.get('pageSize'));
    const from = (Number(query.get('page')) - 1) * size;
    const items = name === null ? people.slice(from, from + size) : people.filter(person => person['name'] === name);
    return {status: 200, json: {items}};
  };
  const fill = (count: number) => {
    for (let n = 0; n < count; n++) store({name: `Person ${n}`});
  };
  return Object.assign(await startEmulator({answer}), {fill});
}

const hoard: Json[] = [];
const {manifest} = sound;
const [resource] = manifest.resources;
const {snapshot, write, find} = sound;
if (!resource || !snapshot || !write || !find) throw new Error('the sample has them all');

const samples: {readonly [what: string]: Connector} = {
  'is sound': sound,
  'declares what it cannot': {
    ...sound,
    manifest: {...manifest, resources: [{...resource, capabilities: [...capabilities, 'files']}]},
  },
  'can what it does not declare': {...sound, async *get() {}},
  'takes every failed check for passed': {...sound, check: ctx => sound.check(ctx).catch(() => [])},
  'loses the last record of a page': {
    ...sound,
    async *snapshot(ctx, name) {
      for await (const page of snapshot(ctx, name)) yield {...page, records: page.records.slice(0, 99)};
    },
  },
  'takes a broken read for the whole set': {
    ...sound,
    async *snapshot(ctx, name) {
      try {
        yield* snapshot(ctx, name);
      } catch {
        yield {records: [], complete: true};
      }
    },
  },
  'keeps every record in memory': {
    ...sound,
    async *snapshot(ctx, name) {
      for await (const page of snapshot(ctx, name)) {
        hoard.push(...page.records.map(({id}) => id.repeat(1000).split('').join('-')));
        yield page;
      }
    },
  },
  'sends a failed write again': {...sound, write: (ctx, change) => write(ctx, change).catch(() => write(ctx, change))},
  'logs names': {
    ...sound,
    write(ctx, change) {
      ctx.log('writing', {name: String(change.values['name'])});
      return write(ctx, change);
    },
  },
  'changes values on the way': {
    ...sound,
    write: (ctx, change) => write(ctx, {...change, values: {name: String(change.values['name']).trim()}}),
  },
};

for (const [what, connector] of Object.entries(samples)) {
  describeConformance(
    {...connector, manifest: {...connector.manifest, name: `Sample that ${what}`}},
    {
      emulator: startSample,
      ...{secrets: {key: 'good-key'}, badSecrets: {key: 'poor-key'}, limitedSecrets: {key: 'limited-key'}},
      ...{largestPage: 100, manyRecords: 6000},
      values: (n, text) => ({name: text ?? `Mary Smith ${n}`}),
      lookUp: values => ({key: 'name', values}),
    },
  );
}
