// The sample company of the demo inside a test hub: its people imported, an emulated Hectre connected, a sync made,
// previewed and run. For tests and pictures that begin where the first day has ended.
import {createHash} from 'node:crypto';
import {demoKey, type HectreEmulator, startHectre} from '../../connectors/hectre/emulator.ts';
import {alreadyThere, peopleCsv, type SamplePerson} from '../../src/demo/people.ts';
import {findFile} from '../../src/store/file-pages.ts';
import {createConnection} from '../../src/sync/change-connection.ts';
import {checkConnection} from '../../src/sync/check-connection.ts';
import {defineSync} from '../../src/sync/define-sync.ts';
import {receiveFile} from '../../src/sync/receive-file.ts';
import {startRun} from '../../src/sync/start-run.ts';
import type {TestHub} from './hub.ts';
import {runOver} from './runs.ts';

export type SampleCompany = {
  readonly connectionId: string;
  readonly syncId: string;
  readonly previewId: string;
  readonly runId: string;
};

/** Hectre with the one employee whom the sample expects there. */
export async function sampleHectre(): Promise<HectreEmulator> {
  const hectre = await startHectre();
  const {email, ...there} = alreadyThere;
  hectre.seed([{...there, employeeId: createHash('md5').update(email).digest('hex')}]);
  return hectre;
}

/** @param who starts the runs, as a user's id or a word */
export async function enterSample(
  world: TestHub,
  hectre: HectreEmulator,
  people: readonly SamplePerson[],
  who: string,
): Promise<SampleCompany> {
  const {hub, companyId, directoryId} = world;
  await importPeople(world, people, who);
  const {id: connectionId} = await createConnection(hub, companyId, who, {
    name: 'Orchard - Hectre',
    connector: 'hectre',
    settings: {baseUrl: hectre.url},
    secrets: {apiKey: demoKey},
  });
  await checkConnection(hub, companyId, connectionId);
  const sync = await defineSync(
    hub,
    companyId,
    {
      name: 'Orchard - Directory to Hectre',
      source: {connection: directoryId, resource: 'application'},
      destination: {connection: connectionId, resource: 'employee'},
      mode: 'create',
      onChange: false,
      settings: {},
    },
    who,
  );
  const run = async (save: boolean) => {
    const {id} = await startRun(hub, companyId, {syncId: sync.id, save, inputs: {}, startedBy: who});
    await runOver(world, id);
    return id;
  };
  return {connectionId, syncId: sync.id, previewId: await run(false), runId: await run(true)};
}

async function importPeople(world: TestHub, people: readonly SamplePerson[], who: string): Promise<void> {
  const {hub, companyId, directoryId, within} = world;
  const {id} = await receiveFile(hub, companyId, {
    connectionId: directoryId,
    resource: 'application',
    name: 'sample-orchard.csv',
    columns: undefined,
    content: bytesOf(peopleCsv(people)),
    createdBy: who,
  });
  const deadline = performance.now() + 30_000;
  for (;;) {
    const file = await within(tx => findFile(tx, id));
    if (file?.status === 'complete') return;
    if (file?.status === 'failed' || performance.now() > deadline) throw new Error(`the file is ${file?.status}`);
    await hub.clock.wait(20);
  }
}

async function* bytesOf(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text, 'utf8');
}
