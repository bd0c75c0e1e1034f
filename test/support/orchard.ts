// A company whose directory feeds Hectre's emulator, and the few things that tests of runs do with it.
import {sql} from 'kysely';
import {demoKey, type HectreEmulator, type HectreOptions, startHectre} from '../../connectors/hectre/emulator.ts';
import type {SyncDefinition} from '../../src/model/leg.ts';
import type {JsonObject} from '../../src/std/json.ts';
import {pushRecords} from '../../src/sync/push-records.ts';
import {startRun} from '../../src/sync/start-run.ts';
import {type TestHub, type TestHubOptions, testHub} from './hub.ts';
import {type RunSeen, runOver} from './runs.ts';

export type Applicant = {
  readonly id: string;
  readonly given?: string;
  readonly family?: string;
  readonly email?: string;
  readonly status?: string;
  readonly job?: JsonObject;
};

export type OrchardOptions = TestHubOptions &
  HectreOptions & {
    /** Where the connection reaches Hectre, in place of the emulator's own address. */
    readonly baseUrl?: string;
    readonly key?: string;
    readonly definition?: Partial<SyncDefinition>;
  };

export type Orchard = TestHub & {
  readonly hectre: HectreEmulator;
  readonly hectreId: string;
  readonly syncId: string;
  push(people: readonly Applicant[]): Promise<void>;
  start(options?: {
    readonly sync?: string;
    readonly preview?: true;
    readonly only?: readonly string[];
  }): Promise<string>;
  /** Starts a run and waits for its end. */
  run(options?: Parameters<Orchard['start']>[0]): Promise<RunSeen & {readonly id: string}>;
};

export async function openOrchard(options: OrchardOptions = {}): Promise<Orchard> {
  const world = await testHub(options);
  const hectre = await startHectre({searchLagMs: [0, 0], ...options});
  const hectreId = await world.connect(
    'hectre',
    {baseUrl: options.baseUrl ?? hectre.url},
    {apiKey: options.key ?? demoKey},
  );
  const syncId = await world.sync(hectreId, 'employee', options.definition);
  const start: Orchard['start'] = async ({sync = syncId, preview, only} = {}) => {
    const inputs = only ? {only} : {};
    const {id} = await startRun(world.hub, world.companyId, {
      syncId: sync,
      save: preview === undefined,
      inputs,
      startedBy: 'test',
    });
    return id;
  };
  return {
    ...world,
    hectre,
    hectreId,
    syncId,
    push: people => pushApplicants(world, world.directoryId, people),
    start,
    async run(how) {
      const id = await start(how);
      return {...(await runOver(world, id)), id};
    },
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]();
      await hectre.close();
    },
  };
}

export async function pushApplicants(
  world: TestHub,
  connectionId: string,
  people: readonly Applicant[],
): Promise<void> {
  const records = people.map(({id, given = 'Ada', family = 'Ngata', email, status = 'accepted', job}) => ({
    id,
    data: {
      person: {givenName: given, familyName: family, ...(email === undefined ? {} : {email})},
      application: {status},
      ...(job ? {job} : {}),
    },
  }));
  await pushRecords(world.hub, world.companyId, {connectionId, resource: 'application', records});
}

/** People with an address each, `A-0001` and on. */
export function applicants(count: number, change: Omit<Applicant, 'id'> = {}): readonly Applicant[] {
  return Array.from({length: count}, (_, at) => {
    const number = String(at + 1).padStart(4, '0');
    return {id: `A-${number}`, email: `p${number}@example.com`, ...change};
  });
}

/** How many events of a run say what. */
export async function tally(world: TestHub, runId: string): Promise<{readonly [said: string]: number}> {
  const {rows} = await world.within(tx =>
    sql<{said: string; count: number}>`
      select concat_ws(' ', phase, status::text, case when phase <> 'queued' then reason_code end) as said, count(*) as count
      from (
        select phase, status, reason_code from events where company_id = ${world.companyId} and run_id = ${runId}
        union all select phase, status, reason_code from open_events where company_id = ${world.companyId} and run_id = ${runId}
      ) e group by 1 order by 1`.execute(tx),
  );
  return Object.fromEntries(rows.map(({said, count}) => [said, count]));
}

/** Claims that are left: none once nothing is open. */
export async function claimsLeft(world: TestHub): Promise<number> {
  const {rows} = await world.within(tx =>
    sql<{count: number}>`select count(*) as count from claims where company_id = ${world.companyId}`.execute(tx),
  );
  return rows[0]?.count ?? 0;
}

/** Employee ids that were created more than once, of all that ever took effect. */
export function createdTwice(hectre: HectreEmulator): readonly string[] {
  const ids = hectre.journal.map(({effect}) => String((effect as JsonObject)['employeeId'])); // the emulator's effects are employees
  return ids.filter((id, at) => ids.indexOf(id) !== at);
}
