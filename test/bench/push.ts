// How long it takes from a push over the API to the first call to the destination, on a hub that has nothing else to do:
// `npm run bench -- --push`. One push after another, each once the run of the one before is over.
import {demoKey, startHectre} from '../../connectors/hectre/emulator.ts';
import {createCompany} from '../../src/auth/company.ts';
import {table} from '../../src/command/terminal.ts';
import {inCompany} from '../../src/db/transaction.ts';
import type {StartedHub} from '../../src/start.ts';
import {listConnections} from '../../src/store/connections.ts';
import {runPage} from '../../src/store/run-pages.ts';
import {createConnection} from '../../src/sync/change-connection.ts';
import {checkConnection} from '../../src/sync/check-connection.ts';
import {defineSync} from '../../src/sync/define-sync.ts';
import {pushRecords} from '../../src/sync/push-records.ts';

const pushes = 200;

export async function measurePushes({hub}: StartedHub): Promise<void> {
  await using hectre = await startHectre({searchLagMs: [0, 0]});
  const {id: companyId} = await createCompany(hub.db, 'Bench of pushes');
  const {items} = await inCompany(hub.db, companyId, tx => listConnections(tx, {limit: 1}));
  const directoryId = items[0]?.id ?? '';
  const entered = {
    name: 'Hectre',
    connector: 'hectre',
    settings: {baseUrl: hectre.url},
    secrets: {apiKey: demoKey},
  };
  const {id: hectreId} = await createConnection(hub, companyId, 'bench', entered);
  await checkConnection(hub, companyId, hectreId);
  await defineSync(
    hub,
    companyId,
    {
      name: 'Bench of pushes',
      source: {connection: directoryId, resource: 'application'},
      destination: {connection: hectreId, resource: 'employee'},
      mode: 'create',
      onChange: true,
      settings: {},
    },
    'bench',
  );
  const took: number[] = [];
  for (let at = 0; at < pushes; at++) {
    const person = {givenName: 'Ana', familyName: `Ngata ${at}`, email: `ana${at}@example.com`};
    const records = [{id: `A-${at}`, data: {person, application: {status: 'accepted'}}}];
    const arrived = hectre.nextRequest();
    const startedMs = performance.now();
    await pushRecords(hub, companyId, {connectionId: directoryId, resource: 'application', records});
    await arrived;
    took.push(performance.now() - startedMs);
    await untilIdle(hub, companyId);
  }
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number) => `${(sorted[Math.ceil(share * pushes) - 1] ?? 0).toFixed(0)} ms`;
  console.log(
    table([
      ['push → first call', 'p50', 'p95', 'p99', 'slowest'],
      [String(pushes), at(0.5), at(0.95), at(0.99), at(1)],
    ]),
  );
  if (hectre.employees.length !== pushes) throw new Error(`${hectre.employees.length} of ${pushes} arrived`);
}

async function untilIdle(hub: StartedHub['hub'], companyId: string): Promise<void> {
  for (;;) {
    const {items} = await inCompany(hub.db, companyId, tx => runPage(tx, {}, {limit: 1}));
    if (items.every(run => run.finishedAt !== null)) return;
    await hub.clock.wait(5);
  }
}
