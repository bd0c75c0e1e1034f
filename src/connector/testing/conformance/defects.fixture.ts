// The sample connector with one defect each: what conformance.test.ts shows the kit to notice. Not a test file by name,
// because most of it is meant to fail.
import type {Values} from '../../../model/event.ts';
import type {Capability} from '../../../model/resource.ts';
import type {Json} from '../../../std/json.ts';
import type {Change, Connector, Context, Written} from '../../contract.ts';
import {describeConformance} from '../conformance.ts';
import {sound, startSample} from './sample.fixture.ts';

const hoard: Json[] = [];
const {manifest, snapshot, write} = sound;

/** Most defects show without changes, and then the samples need not be taken through them. */
const creating: Connector = withCapabilities(['find', 'snapshot', 'create']);

function withCapabilities(capabilities: readonly Capability[]): Connector {
  return {...sound, manifest: {...manifest, resources: manifest.resources.map(one => ({...one, capabilities}))}};
}

type How = (ctx: Context, change: Change) => Promise<Written>;

/** A connector that is sound but for how it does one operation. */
const doing = (operation: Change['operation'], base: Connector, how: How): Connector => ({
  ...base,
  write: (ctx, change) => (change.operation === operation ? how(ctx, change) : write(ctx, change)),
});
const trimmed = ({values}: Change): Values =>
  Object.fromEntries(Object.entries(values).map(([field, value]) => [field, String(value).trim()]));

const hoarder: Connector = {
  ...creating,
  async *snapshot(ctx) {
    for await (const page of snapshot(ctx)) {
      hoard.push(...page.records.map(({id}) => id.repeat(1000).split('').join('-')));
      yield page;
    }
  },
};

const samples: {readonly [what: string]: Connector} = {
  'is sound': sound,
  'declares what it cannot': withCapabilities(['find', 'snapshot', 'create', 'files']),
  'can what it does not declare': {...creating, async *get() {}},
  'takes every failed check for passed': {...creating, check: ctx => creating.check(ctx).catch(() => [])},
  'loses the last record of a page': {
    ...creating,
    async *snapshot(ctx) {
      for await (const page of snapshot(ctx)) yield {...page, records: page.records.slice(0, 99)};
    },
  },
  'takes a broken read for the whole set': {
    ...creating,
    async *snapshot(ctx) {
      try {
        yield* snapshot(ctx);
      } catch {
        yield {records: [], complete: true};
      }
    },
  },
  'keeps every record in memory': hoarder,
  'sends a failed write again': doing('create', creating, (ctx, change) =>
    write(ctx, change).catch(() => write(ctx, change)),
  ),
  'logs names': {
    ...creating,
    write(ctx, change) {
      ctx.log('writing', {name: String(change.values['name'])});
      return write(ctx, change);
    },
  },
  'changes values on the way': doing('create', creating, (ctx, change) =>
    write(ctx, {...change, values: trimmed(change)}),
  ),
  'adds a record where it should update one': doing('update', sound, async (ctx, change) => {
    const written = await write(ctx, {...change, operation: 'create'});
    return {...written, outcome: 'updated', ...(change.id === null ? {} : {id: change.id})};
  }),
  'updates by writing only what the update names': doing('update', sound, async (ctx, {id, values}) => {
    await ctx.http.send({method: 'PUT', path: `/people/${id}`, json: values});
    return {outcome: 'updated', ...(id === null ? {} : {id}), proof: 'none'};
  }),
  'cannot update to what is there': doing('update', sound, async (ctx, change) => {
    const written = await write(ctx, change);
    return written.outcome === 'unchanged' ? {outcome: 'refused', words: 'nothing to do', proof: 'none'} : written;
  }),
  'changes values of an update on the way': doing('update', sound, (ctx, change) =>
    write(ctx, {...change, values: trimmed(change)}),
  ),
  'writes over what somebody else changed': doing('update', sound, (ctx, {before: _before, ...change}) =>
    write(ctx, change),
  ),
  'sends a failed update again': doing('update', sound, (ctx, change) =>
    write(ctx, change).catch(() => write(ctx, change)),
  ),
  'takes a lost answer to an update for a refusal': doing('update', sound, (ctx, change) =>
    write(ctx, change).catch(error => {
      if (error.code !== 'connection.timed_out') throw error;
      return {outcome: 'refused', words: 'no answer', proof: 'none'};
    }),
  ),
  'breaks at a record that was removed': doing('update', sound, async (ctx, change) => {
    const written = await write(ctx, change);
    if (written.because === 'gone') throw new Error('no such person');
    return written;
  }),
  'brings back who was removed': doing('reactivate', sound, async (ctx, change) => {
    const written = await write(ctx, change);
    return written.because === 'gone' ? write(ctx, {...change, operation: 'create'}) : written;
  }),
  'says that it deactivates and does not': doing('deactivate', sound, async (_ctx, {id}) => ({
    ...{outcome: 'updated', proof: 'none'},
    ...(id === null ? {} : {id}),
  })),
  'switches back on who is deactivated twice': doing('deactivate', sound, async (ctx, change) => {
    const written = await write(ctx, change);
    return written.outcome === 'unchanged' ? write(ctx, {...change, operation: 'reactivate'}) : written;
  }),
  'empties a record that it reactivates': doing('reactivate', sound, (ctx, change) =>
    write(ctx, {...change, values: {note: null}}),
  ),
  'declares that it updates and was never shown how': sound,
};

for (const [what, connector] of Object.entries(samples)) {
  describeConformance(
    {...connector, manifest: {...connector.manifest, name: `Sample that ${what}`}},
    {
      emulator: startSample,
      ...{secrets: {key: 'good-key'}, badSecrets: {key: 'poor-key'}, limitedSecrets: {key: 'limited-key'}},
      ...{largestPage: 100, manyRecords: connector === hoarder ? 6000 : 300},
      values: (n, text) => ({name: text ?? `Mary Smith ${n}`, note: `Pruner of row ${n}`}),
      lookUp: ({name = null}) => ({key: 'name', values: {name}}),
      ...(what.endsWith('never shown how') ? {} : {update: text => ({note: text ?? 'Foreman of all rows'})}),
      isActive: values => values['active'] === true,
    },
  );
}
