// What the engine works with, passed as the first argument everywhere. Composed once, in main.ts and in tests.
import type {Connector} from '../connector/contract.ts';
import type {Db} from '../db/transaction.ts';
import type {Log} from '../log.ts';
import type {Queue} from '../queue/queue.ts';
import type {Clock} from '../std/clock.ts';
import type {Vault} from '../vault.ts';

export type Hub = {
  readonly db: Db;
  readonly queue: Queue;
  /** By id; the engine knows none of them by name. */
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly log: Log;
  /** MUSTER_ALLOW_PRIVATE_HOSTS: the outer limit for private addresses. */
  readonly allowedPrivateHosts: readonly string[];
  /** How long another system may take for one answer. */
  readonly callTimeoutMs: number;
};
