// SCIM 2.0 (RFC 7643, RFC 7644): users and groups of any directory that speaks it, in both directions. What a server cannot
// do it says itself; what it does other than the RFC is in quirks.md.
import type {Connector, Context, Found, Page, SourceRecord, Values} from '../../src/connector/index.ts';
import {valuesOf} from './attributes.ts';
import {writeAll} from './bulk.ts';
import {prepare} from './change.ts';
import {findingsOf, narrowed} from './describe.ts';
import {createDiscovery} from './discovery.ts';
import {findRecords} from './find.ts';
import {keptById} from './get.ts';
import {listPage, listPages, placeFrom} from './list.ts';
import {manifest} from './manifest.ts';
import {writeOne} from './prepared.ts';
import {foundFrom, type Kept, type Shape, shapeOf, shapes} from './shapes.ts';

const mostAtOnce = 20;

export const scim: Connector = createScim();

function createScim(): Connector {
  const discover = createDiscovery();
  return {
    manifest,

    async check(ctx) {
      const [users] = shapes;
      const abilities = await discover(ctx);
      await listPage(ctx, users, {startIndex: 1, count: 1});
      const passed = {level: 'info', code: 'check.passed', params: {connection: ctx.connectionName}} as const;
      return [{...passed, owner: 'nobody'}, ...findingsOf(ctx, abilities, manifest.resources)];
    },

    async describe(ctx) {
      return narrowed(manifest.resources, await discover(ctx), ctx.settings['externalId']);
    },

    async *read(ctx, resource, {resume}) {
      const shape = shapeOf(resource);
      for await (const {kept, next, complete} of listPages(ctx, shape, placeFrom(resume))) {
        const records = kept.map(one => recordFrom(shape, one));
        yield {records, resume: next, ...(complete === undefined ? {} : {complete})};
      }
    },

    get: (ctx, resource, ids) => getPages(ctx, shapeOf(resource), ids),

    async find(ctx, resource, lookUps) {
      const {filters} = await discover(ctx);
      return findRecords(ctx, shapeOf(resource), filters, lookUps);
    },

    async *snapshot(ctx, resource) {
      const shape = shapeOf(resource);
      for await (const {kept, complete} of listPages(ctx, shape)) {
        const records: readonly Found[] = kept.map(one => foundFrom(shape, one));
        yield {records, ...(complete === undefined ? {} : {complete})};
      }
    },

    write: (ctx, change) =>
      ctx.step('write', async () =>
        writeOne(ctx, await prepare(ctx, shapeOf(change.resource), change, () => discover(ctx))),
      ),

    writeMany: (ctx, changes) => writeAll(ctx, changes, () => discover(ctx)),
  };
}

async function* getPages(ctx: Context, shape: Shape, ids: readonly string[]): AsyncIterable<Page> {
  for (let from = 0; from < ids.length; from += mostAtOnce) {
    const asked = ids.slice(from, from + mostAtOnce);
    const kept = await Promise.all(asked.map(id => keptById(ctx, shape, id)));
    const records = kept.flatMap(one => (one ? [recordFrom(shape, one)] : []));
    const gone = asked.filter((_, at) => kept[at] === undefined);
    yield {records, gone, resume: null}; // asked for by id, so never the whole set
  }
}

function recordFrom(shape: Shape, {id, resource}: Kept): SourceRecord {
  const values: Values = valuesOf(shape.attributes, resource);
  return {id, data: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))};
}
