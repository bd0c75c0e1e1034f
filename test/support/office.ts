// A company whose directory feeds a SCIM directory, where records can be changed, deactivated and reactivated.
import {demoToken, type ScimEmulator, type ScimOptions, startScim} from '../../connectors/scim/emulator.ts';
import {isJsonObject, type JsonObject} from '../../src/connector/index.ts';
import type {Leg, SyncDefinition} from '../../src/model/leg.ts';
import {recordHashes} from '../../src/store/records.ts';
import {pushRecords, removeRecord} from '../../src/sync/push-records.ts';
import {applyPlanIn, startRun} from '../../src/sync/start-run.ts';
import {startWorkers} from '../../src/work/queues.ts';
import {type TestHub, type TestHubOptions, testHub} from './hub.ts';
import {type RunSeen, runOver} from './runs.ts';

export type OfficeOptions = TestHubOptions &
  ScimOptions & {readonly leg?: Partial<Leg>; readonly definition?: Partial<SyncDefinition>};

export type Office = TestHub & {
  readonly scim: ScimEmulator;
  readonly scimId: string;
  readonly syncId: string;
  /** Merged over what is there already. */
  push(id: string, person: JsonObject, more?: JsonObject): Promise<void>;
  leave(id: string): Promise<void>;
  /** Starts workers, where the hub was opened without. */
  work(): Promise<void>;
  start(how?: {readonly preview?: true; readonly only?: readonly string[]}): Promise<string>;
  run(how?: Parameters<Office['start']>[0]): Promise<RunSeen & {readonly id: string}>;
  /** Applies the plan of a preview, for chosen records by their ids in the source. */
  apply(plan: string, only?: readonly string[]): Promise<RunSeen & {readonly id: string}>;
  recordId(externalId: string): Promise<string>;
  /** Everybody there by user name: `family name, title` and ` inactive`. */
  people(): {readonly [userName: string]: string};
  /** Methods of the writes that took effect. */
  writes(): readonly string[];
};

export async function openOffice({leg, definition, ...options}: OfficeOptions = {}): Promise<Office> {
  const world = await testHub(options);
  const scim = await startScim({searchLagMs: [0, 0], ...options});
  const scimId = await world.connect('scim', {baseUrl: `${scim.url}/scim/v2`}, {token: demoToken});
  const syncId = await world.sync(scimId, 'user', {
    legs: [{name: 'user', resource: 'user', mapping: {}, mode: 'upsert', ...leg}],
    ...definition,
  });
  const set = {connectionId: world.directoryId, resource: 'application'};
  const start: Office['start'] = async ({preview, only} = {}) => {
    const inputs = only ? {only} : {};
    const run = {syncId, save: preview === undefined, inputs, startedBy: 'test'};
    return (await startRun(world.hub, world.companyId, run)).id;
  };
  return {
    ...world,
    scim,
    scimId,
    syncId,
    async push(id, person, more = {}) {
      const data = {application: {status: 'accepted'}, ...more, person};
      await pushRecords(world.hub, world.companyId, {...set, records: [{id, data}]});
    },
    work: () => startWorkers(world.hub),
    leave: id => removeRecord(world.hub, world.companyId, {...set, externalId: id}),
    start,
    async run(how) {
      const id = await start(how);
      return {...(await runOver(world, id)), id};
    },
    async apply(plan, only) {
      const how = {plan, ...(only ? {only} : {}), startedBy: 'test'};
      const {id} = await world.within(tx => applyPlanIn(world.hub, tx, how));
      return {...(await runOver(world, id)), id};
    },
    async recordId(externalId) {
      const [record] = await world.within(tx => recordHashes(tx, set, [externalId]));
      return record?.id ?? '';
    },
    people() {
      const named = scim.users.listed().map(({resource}) => {
        const {userName, name, title, active} = resource;
        const family = isJsonObject(name) ? name['familyName'] : '';
        const said = [family, title].filter(Boolean).join(', ');
        return [String(userName), `${said}${active === false ? ' inactive' : ''}`];
      });
      return Object.fromEntries(named);
    },
    writes: () => scim.journal.map(({method}) => method),
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]();
      await scim.close();
    },
  };
}
