// The whole engine in this process: a database of its own, queues, workers, all connectors, and one company.
import {randomBytes} from 'node:crypto';
import * as connectors from '../../connectors/index.ts';
import {createCompany} from '../../src/auth/company.ts';
import type {EmbeddedConnection} from '../../src/db/embedded.ts';
import {asOwner, type CompanyTx, inCompany} from '../../src/db/transaction.ts';
import {createLog} from '../../src/log.ts';
import type {SyncDefinition} from '../../src/model/leg.ts';
import {Queue} from '../../src/queue/queue.ts';
import {systemClock} from '../../src/std/clock.ts';
import {newId} from '../../src/std/ids.ts';
import type {JsonObject} from '../../src/std/json.ts';
import {insertConnection, listConnections} from '../../src/store/connections.ts';
import {keepPartitions} from '../../src/store/partitions.ts';
import {insertSync} from '../../src/store/syncs.ts';
import type {Hub} from '../../src/sync/hub.ts';
import {createVault} from '../../src/vault.ts';
import {queueNames, startWorkers} from '../../src/work/queues.ts';
import {testDatabase} from './database.ts';

export type TestHub = AsyncDisposable & {
  readonly hub: Hub;
  readonly companyId: string;
  readonly directoryId: string;
  /** What another process needs to work on the same: test/crash/worker.ts. */
  readonly shared: {readonly connection: EmbeddedConnection; readonly vaultKey: string};
  within<T>(work: (tx: CompanyTx) => Promise<T>): Promise<T>;
  connect(connector: string, settings?: JsonObject, secrets?: {readonly [name: string]: string}): Promise<string>;
  /** From the directory unless another source is named. */
  sync(
    destinationId: string,
    destinationResource: string,
    definition?: Partial<SyncDefinition>,
    sourceId?: string,
  ): Promise<string>;
};

export type TestHubOptions = {readonly workers?: boolean; readonly callTimeoutMs?: number};

export async function testHub({workers = true, callTimeoutMs = 2_000}: TestHubOptions = {}): Promise<TestHub> {
  const database = await testDatabase();
  const {db, ownerConfig, connection} = database;
  const vaultKey = randomBytes(32);
  const log = createLog(process.env['MUSTER_TEST_LOG'] ? 'info' : 'silent');
  const queue = new Queue({ownerConfig, db, log});
  await queue.start(queueNames);
  await asOwner(db, tx => keepPartitions(tx, new Date()));
  const hub: Hub = {
    db,
    queue,
    connectors: new Map(Object.values(connectors).map(connector => [connector.manifest.id, connector])),
    vault: createVault(vaultKey),
    clock: systemClock,
    log,
    allowedPrivateHosts: ['127.0.0.1'],
    callTimeoutMs,
  };
  if (workers) await startWorkers(hub);
  const {id: companyId} = await createCompany(db, 'Orchard');
  const within: TestHub['within'] = work => inCompany(db, companyId, work);
  const {items} = await within(tx => listConnections(tx, {limit: 1}));
  const directoryId = items[0]?.id ?? '';
  return {
    hub,
    companyId,
    directoryId,
    shared: {connection, vaultKey: vaultKey.toString('hex')},
    within,
    async connect(connector, settings = {}, secrets = {}) {
      const id = newId('con');
      await within(async tx => {
        await insertConnection(tx, {
          id,
          name: `${connector} ${id.slice(-4)}`,
          connector,
          settings,
          status: 'connected',
          reason: null,
        });
        await hub.vault.seal(tx, companyId, id, secrets);
      });
      return id;
    },
    async sync(destinationId, resource, definition = {}, sourceId = directoryId) {
      const id = newId('syn');
      await within(tx =>
        insertSync(tx, {
          id,
          name: `Sync ${id.slice(-4)}`,
          sourceConnectionId: sourceId,
          destinationConnectionId: destinationId,
          definition: {
            sourceResource: 'application',
            legs: [{name: resource, resource, mapping: {}, mode: 'create'}],
            settings: {},
            onChange: false,
            ...definition,
          },
          createdBy: 'test',
        }),
      );
      return id;
    },
    async [Symbol.asyncDispose]() {
      await queue.stop(2_000);
      await database[Symbol.asyncDispose]();
    },
  };
}
