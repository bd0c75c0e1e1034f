// npm run bench: the hub beside a bare loop that makes the same calls, in one run, at several sizes. Prints records a
// second, the ratio to the bare loop, memory and bytes on disk. Arguments: sizes (1000 10000 50000), --latency MS; or --push.
import {type ChildProcess, fork} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {mkdtemp, readdir, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {sql} from 'kysely';
import {demoKey} from '../../connectors/hectre/emulator.ts';
import {createCompany} from '../../src/auth/company.ts';
import {table} from '../../src/command/terminal.ts';
import {inCompany} from '../../src/db/transaction.ts';
import {createLog} from '../../src/log.ts';
import {type StartedHub, startHub} from '../../src/start.ts';
import {listConnections} from '../../src/store/connections.ts';
import {findFile} from '../../src/store/file-pages.ts';
import {findShownRun} from '../../src/store/run-pages.ts';
import {createConnection} from '../../src/sync/change-connection.ts';
import {checkConnection} from '../../src/sync/check-connection.ts';
import {defineSync} from '../../src/sync/define-sync.ts';
import {receiveFile} from '../../src/sync/receive-file.ts';
import {startRun} from '../../src/sync/start-run.ts';
import {bareLoop} from './bare-loop.ts';
import {measurePushes} from './push.ts';

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {latency: {type: 'string', default: '0'}, push: {type: 'boolean', default: false}},
});
const sizes = positionals.length > 0 ? positionals.map(Number) : [1000, 10_000, 50_000];
const latencyMs = Number(values.latency);
const concurrency = 8;

const dataDir = await mkdtemp(join(tmpdir(), 'muster-bench-'));
try {
  await using started = await startHub(
    {
      databaseUrl: undefined,
      dataDir,
      port: 0,
      publicUrl: 'http://localhost',
      secretKey: randomBytes(32),
      allowedPrivateHosts: ['127.0.0.1'],
      supportUrl: undefined,
    },
    createLog('warn'),
  );
  await started.work();
  if (values.push) await measurePushes(started);
  else await measureRuns(started);
} finally {
  await rm(dataDir, {recursive: true, force: true});
}

async function measureRuns(started: StartedHub): Promise<void> {
  const rows = [
    ['people', 'what', 'seconds', 'records/s', 'of bare loop', 'peak MB', 'CPU µs', 'of it database', 'bytes/event'],
  ];
  for (const size of sizes) rows.push(...(await measure(started, size)));
  console.log(`Two cores, shared; the emulator takes ${latencyMs} ms to answer; ${concurrency} calls at once.\n`);
  console.log(table(rows));
}

async function measure(started: StartedHub, size: number): Promise<string[][]> {
  const csv = sampleCsv(size);
  const bare = await withEmulator(url => timed(() => bareLoop(csv, url, demoKey, concurrency)));
  const line = (what: string, {seconds, peakMb, cpuMs, databaseMs}: Timed, bytes = '') => [
    String(size),
    what,
    seconds.toFixed(2),
    Math.round(size / seconds).toString(),
    (bare.seconds / seconds).toFixed(2),
    String(peakMb),
    Math.round((1000 * (cpuMs + databaseMs)) / size).toString(),
    Math.round((1000 * databaseMs) / size).toString(),
    bytes,
  ];
  const lines = [line('bare loop', bare)];
  await withEmulator(async url => {
    const world = await makeWorld(started, `Bench ${size} ${url}`, url, csv);
    const preview = await timed(() => runOnce(started, world, false));
    const before = await diskBytes(started);
    const save = await timed(() => runOnce(started, world, true));
    const bytes = Math.round(((await diskBytes(started)) - before) / size);
    const again = await timed(() => runOnce(started, world, true));
    lines.push(line('preview', preview), line('save', save, String(bytes)), line('again, nothing changed', again));
  });
  return lines;
}

type World = {readonly companyId: string; readonly syncId: string};

async function makeWorld({hub}: StartedHub, name: string, url: string, csv: string): Promise<World> {
  const {id: companyId} = await createCompany(hub.db, name);
  const {items} = await inCompany(hub.db, companyId, tx => listConnections(tx, {limit: 1}));
  const directoryId = items[0]?.id ?? '';
  const upload = {
    connectionId: directoryId,
    resource: 'application',
    name: 'bench.csv',
    columns: undefined,
    createdBy: 'bench',
  };
  const content = (async function* () {
    yield Buffer.from(csv);
  })();
  const file = await receiveFile(hub, companyId, {...upload, content});
  for (;;) {
    const read = await inCompany(hub.db, companyId, tx => findFile(tx, file.id));
    if (read?.status === 'complete') break;
    if (read?.status === 'failed') throw new Error('the import failed');
    await hub.clock.wait(50);
  }
  const entered = {name: 'Hectre', connector: 'hectre', settings: {baseUrl: url}, secrets: {apiKey: demoKey}};
  const {id: hectreId} = await createConnection(hub, companyId, 'bench', entered);
  await checkConnection(hub, companyId, hectreId);
  const sync = await defineSync(
    hub,
    companyId,
    {
      name: 'Bench',
      source: {connection: directoryId, resource: 'application'},
      destination: {connection: hectreId, resource: 'employee'},
      mode: 'create',
      onChange: false,
      settings: {},
    },
    'bench',
  );
  return {companyId, syncId: sync.id};
}

async function runOnce({hub}: StartedHub, {companyId, syncId}: World, save: boolean): Promise<void> {
  const {id} = await startRun(hub, companyId, {syncId, save, inputs: {}, startedBy: 'bench'});
  for (;;) {
    const run = await inCompany(hub.db, companyId, tx => findShownRun(tx, id));
    if (run?.status === 'complete') return;
    if (run?.finishedAt) throw new Error(`the run ended ${run.status}: ${run.reasonCode}`);
    await hub.clock.wait(50);
  }
}

async function diskBytes({hub}: StartedHub): Promise<number> {
  const {rows} = await inCompany(hub.db, 'bench', tx =>
    sql<{bytes: number}>`
      select sum(pg_total_relation_size(c.oid))::bigint as bytes from pg_class c
      where c.relkind = 'r' and (c.relname ~ '^(events_|issues$|calls$|links$|identifiers$|outcomes$)')`.execute(tx),
  );
  return rows[0]?.bytes ?? 0;
}

type Timed = {
  readonly seconds: number;
  readonly peakMb: number;
  /** Processor time of this process, and of the database where that can be told. */
  readonly cpuMs: number;
  readonly databaseMs: number;
};

async function timed(work: () => Promise<unknown>): Promise<Timed> {
  let peak = process.memoryUsage.rss();
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
  const databaseBefore = await databaseCpuMs();
  const cpuBefore = process.cpuUsage();
  const startedMs = performance.now();
  await work();
  const seconds = (performance.now() - startedMs) / 1000;
  const {user, system} = process.cpuUsage(cpuBefore);
  clearInterval(watch);
  const databaseMs = (await databaseCpuMs()) - databaseBefore;
  return {seconds, peakMb: Math.round(peak / 1e6), cpuMs: (user + system) / 1000, databaseMs};
}

/** Processor time of all processes of the embedded server that live, from Linux' /proc; 0 elsewhere. */
async function databaseCpuMs(): Promise<number> {
  const ticks = async (pid: string) => {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return {parent: fields[1], ticks: Number(fields[11] ?? 0) + Number(fields[12] ?? 0)};
  };
  const [postmaster] = (await readFile(join(dataDir, 'pg', 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const pids = (await readdir('/proc').catch(() => [])).filter(name => /^\d+$/.test(name));
  const all = await Promise.all(pids.map(ticks));
  // A tick is 10 ms on every Linux that Node runs on.
  return 10 * all.filter(({parent}) => postmaster && parent === postmaster).reduce((sum, one) => sum + one.ticks, 0);
}

async function withEmulator<T>(work: (url: string) => Promise<T>): Promise<T> {
  const child: ChildProcess = fork(join(import.meta.dirname, 'emulator.ts'), [String(latencyMs)]);
  const url = await new Promise<string>(resolve => child.once('message', ({url}: {url: string}) => resolve(url)));
  try {
    return await work(url);
  } finally {
    child.disconnect();
  }
}

/** Seven columns, all of them good. */
function sampleCsv(size: number): string {
  const lines = ['ID,First name,Last name,E-mail,Phone,Date of birth,Status'];
  for (let at = 0; at < size; at++) {
    const phone = `+64 21 ${200 + (at % 700)} ${1000 + (at % 9000)}`;
    lines.push(
      `B-${at},Aroha${at % 50},Ngata${at % 97},aroha.ngata${at}@example.com,${phone},1990-0${1 + (at % 9)}-1${at % 9},accepted`,
    );
  }
  return `${lines.join('\n')}\n`;
}
