// A worker process to be killed: node worker.ts <JSON: connection, vaultKey, callTimeoutMs>. Prints `ready` and works until
// it is ended, in whatever way.
import * as connectors from '../../connectors/index.ts';
import {connectDatabase} from '../../src/db/connect.ts';
import {createLog} from '../../src/log.ts';
import {Queue} from '../../src/queue/queue.ts';
import {systemClock} from '../../src/std/clock.ts';
import {createVault} from '../../src/vault.ts';
import {queueNames, startWorkers} from '../../src/work/queues.ts';
import type {WorkerSettings} from './crew.ts';

const {connection, vaultKey, callTimeoutMs} = JSON.parse(process.argv[2] ?? '') as WorkerSettings; // crew.ts wrote it
const db = await connectDatabase({connection}, {applicationName: `worker ${process.pid}`});
const log = createLog(process.env['MUSTER_TEST_LOG'] ? 'info' : 'silent');
const queue = new Queue({ownerConfig: db.ownerConfig, db, log});
await queue.start(queueNames);
await startWorkers({
  db,
  queue,
  connectors: new Map(Object.values(connectors).map(connector => [connector.manifest.id, connector])),
  vault: createVault(Buffer.from(vaultKey, 'hex')),
  clock: systemClock,
  log,
  allowedPrivateHosts: ['127.0.0.1'],
  callTimeoutMs,
});
console.log('ready');
