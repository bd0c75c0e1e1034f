// demo: a sample orchard company and an emulated Hectre, through the same doors that everybody uses: a CSV file is
// imported, a connection tested, a sync made, previewed and run. It says what happened to whom, and keeps serving. Its data
// lies in a folder of its own and is made new each time. The only file outside tests that starts emulators.
import {createHash} from 'node:crypto';
import {rm, writeFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import {join, resolve} from 'node:path';
import {demoKey, type HectreEmulator, startHectre} from '../connectors/hectre/emulator.ts';
import {createCompany} from './auth/company.ts';
import {followRun} from './command/run.ts';
import {aborted, serveHub, stopSignal} from './command/serve.ts';
import {progressLine, say, table} from './command/terminal.ts';
import {type Config, configExitCode, describeProblems, loadConfig} from './config.ts';
import {startEmbedded} from './db/embedded.ts';
import {inCompany} from './db/transaction.ts';
import {compareEndings, outcomeTable, topProblems} from './demo/outcomes.ts';
import {alreadyThere, peopleCsv, samplePeople} from './demo/people.ts';
import type {Log} from './log.ts';
import {type StartedHub, startHub} from './start.ts';
import {listConnections} from './store/connections.ts';
import {findFile} from './store/file-pages.ts';
import {createConnection} from './sync/change-connection.ts';
import {checkConnection} from './sync/check-connection.ts';
import {defineSync} from './sync/define-sync.ts';
import {receiveFile} from './sync/receive-file.ts';
import {startRun} from './sync/start-run.ts';

const actor = 'demo';

/** @param once end after the run. Answers 0 when each sample record ended as the sample expects, else 1. */
export async function demo(log: Log, once: boolean): Promise<number> {
  const dataDir = resolve(process.env['MUSTER_DATA_DIR']?.trim() || 'data', 'demo');
  await makeNew(dataDir);
  const loaded = await loadConfig({...process.env, DATABASE_URL: undefined, MUSTER_DATA_DIR: dataDir});
  if (!loaded.ok) {
    say(describeProblems(loaded.problems));
    return configExitCode;
  }
  const config = once ? withEmulator(loaded.config) : await onFreePort(withEmulator(loaded.config));
  const stop = stopSignal();
  await using hectre = await startHectre();
  await using started = await startHub(config, log);
  await using _serving = await serveHub(config, started, {api: !once, worker: true});
  const asExpected = await tour(started, hectre, config, stop).catch(error => {
    if (stop.aborted) return false; // somebody did not want to see the rest
    throw error;
  });
  if (once || stop.aborted) return asExpected ? 0 : 1;
  say(`\nLook around at ${config.publicUrl}; Ctrl+C ends the demo.`);
  await aborted(stop);
  return asExpected ? 0 : 1;
}

async function tour(started: StartedHub, hectre: HectreEmulator, config: Config, stop: AbortSignal): Promise<boolean> {
  const {hub} = started;
  const people = samplePeople();
  const {email, ...there} = alreadyThere;
  hectre.seed([{...there, employeeId: createHash('md5').update(email).digest('hex')}]);
  const company = await createCompany(hub.db, 'Sample Orchard');
  const within = <T>(work: Parameters<typeof inCompany<T>>[2]) => inCompany(hub.db, company.id, work);
  const [directory] = (await within(tx => listConnections(tx, {limit: 1}))).items;
  if (!directory) throw new Error('every company has a directory');

  const csv = peopleCsv(people);
  const file = join(config.dataDir, 'sample-orchard.csv');
  await writeFile(file, csv);
  const {id: fileId} = await receiveFile(hub, company.id, {
    connectionId: directory.id,
    resource: 'application',
    name: 'sample-orchard.csv',
    columns: undefined,
    content: bytesOf(csv),
    createdBy: actor,
  });
  const line = progressLine();
  for (;;) {
    const read = await within(tx => findFile(tx, fileId));
    line.show(`Importing sample-orchard.csv: ${read?.accepted ?? 0} of ${people.length} people`);
    if (read?.status === 'complete' || read?.status === 'failed') break;
    await hub.clock.wait(50, stop);
  }
  line.end();

  const entered = {
    name: 'Sample Orchard - Hectre',
    connector: 'hectre',
    settings: {baseUrl: hectre.url},
    secrets: {apiKey: demoKey},
  };
  const {id: hectreId} = await createConnection(hub, company.id, actor, entered);
  const {ok} = await checkConnection(hub, company.id, hectreId);
  say(`Connected to an emulated Hectre at ${hectre.url}: ${ok ? 'the test passed' : 'the test failed'}.`);
  const sync = await defineSync(
    hub,
    company.id,
    {
      name: 'Sample Orchard - Directory to Hectre',
      source: {connection: directory.id, resource: 'application'},
      destination: {connection: hectreId, resource: 'employee'},
      mode: 'create',
      onChange: false,
      settings: {},
    },
    actor,
  );
  for (const save of [false, true]) {
    say(save ? '\nWith save:' : '\nA preview, which writes nothing:');
    const {id} = await startRun(hub, company.id, {syncId: sync.id, save, inputs: {}, startedBy: actor});
    const run = await followRun(started, company.id, id, stop);
    if (!save) continue;
    say(`\n${table(await within(tx => outcomeTable(tx, run.id)))}`);
    say(`\nMost frequent problems:\n${table(await within(tx => topProblems(tx, run.id)))}`);
    say(`\n${hectre.journal.length} employees are in the emulator's own journal; the file is ${file}`);
    const differences = await within(tx => compareEndings(tx, run.id, people));
    const twice =
      hectre.journal.length - new Set(hectre.journal.map(({effect}) => JSON.stringify(employeeIdOf(effect)))).size;
    if (differences.length === 0 && twice === 0)
      say('Every one of the 1,000 ended as expected, and nobody was created twice.');
    for (const difference of differences.slice(0, 20)) say(`Not as expected: ${difference}`);
    if (twice > 0) say(`${twice} were created twice.`);
    return differences.length === 0 && twice === 0 && run.status === 'complete';
  }
  return false;
}

function employeeIdOf(effect: unknown): unknown {
  return typeof effect === 'object' && effect !== null && 'employeeId' in effect ? effect.employeeId : effect;
}

async function* bytesOf(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text, 'utf8');
}

function withEmulator(config: Config): Config {
  return {...config, allowedPrivateHosts: [...config.allowedPrivateHosts, '127.0.0.1']};
}

/** Another port where the usual one is taken. */
async function onFreePort(config: Config): Promise<Config> {
  const port = await freePort(config.port);
  return port === config.port ? config : {...config, port, publicUrl: `http://localhost:${port}`};
}

/** That port, or the next one that nobody listens on. */
async function freePort(wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + 20; port++) {
    const free = await new Promise<boolean>(resolve => {
      const server = createServer();
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (free) return port;
  }
  return wanted;
}

/** Ends a server that a killed demo left behind, then begins with nothing. */
async function makeNew(dataDir: string): Promise<void> {
  const left = await startEmbedded({dataDir}).catch(() => undefined);
  await left?.stop();
  await rm(dataDir, {recursive: true, force: true});
}
