// Queues of work on pg-boss. Enqueueing is an insert in the caller's transaction, so work exists exactly when what it is
// about does. Items carry ids only. Work of a killed worker is given out again within 30 s; work that keeps failing ends
// in the dead-letter queue, whose worker must say so where a person sees it.

import {sql} from 'kysely';
import {fromKysely, PgBoss} from 'pg-boss';
import type {OwnerConfig} from '../db/pool.ts';
import {asOwner, type Db, type Tx} from '../db/transaction.ts';
import {isError} from '../errors.ts';
import type {Log} from '../log.ts';

/** Ids and the company they belong to; never values of people. */
export type Item = {readonly companyId: string} & {readonly [name: string]: string};

export type Worker = (item: Item, signals: Signals) => Promise<void>;

export type Signals = {
  /** The process is about to stop: begin nothing more and give back what is left. */
  readonly stop: AbortSignal;
  /** Time is up, or the item was taken for lost: end at once. */
  readonly abort: AbortSignal;
};

export type EnqueueOptions = {
  /** Not before, by the database's clock. */
  readonly afterSeconds?: number;
  /** While one item of that key waits, another is not added. */
  readonly key?: string;
};

export type QueueOptions = {readonly ownerConfig: OwnerConfig; readonly db: Db; readonly log: Log};

const schema = 'queue';
const exhausted = 'exhausted';

// Measured: kill -9 of a worker → given out again after 9–14 s with these (stack notes on pg-boss). Ten seconds is the
// shortest heartbeat that pg-boss takes.
const timing = {
  heartbeatSeconds: 10,
  heartbeatRefreshSeconds: 2,
  superviseIntervalSeconds: 5,
  monitorIntervalSeconds: 5,
  maintenanceIntervalSeconds: 300,
};

export class Queue {
  readonly #boss: PgBoss;
  readonly #db: Db;
  readonly #log: Log;
  readonly #stopping = new AbortController();
  #started = false;

  constructor(options: QueueOptions) {
    const {heartbeatSeconds: _, heartbeatRefreshSeconds: __, ...intervals} = timing;
    this.#db = options.db;
    this.#log = options.log;
    this.#boss = new PgBoss({
      ...(options.ownerConfig as ConstructorParameters<typeof PgBoss>[0] & object), // a subset of pg's settings, as pg-boss takes them
      schema,
      max: 3,
      useListenNotify: true,
      ...intervals,
    });
    // Obligatory: without a listener an error event ends the process. Trouble with the database passes or shows elsewhere.
    this.#boss.on('error', error => this.#log.warn('queue.trouble', {error}));
  }

  /** Installs or upgrades the queue's own tables and makes the named queues. */
  async start(names: readonly string[]): Promise<void> {
    await this.#boss.start();
    this.#started = true;
    await this.#boss.createQueue(exhausted, {deleteAfterSeconds: 3600});
    for (const name of names) {
      await this.#boss.createQueue(name, {
        policy: 'short',
        notify: true,
        heartbeatSeconds: timing.heartbeatSeconds,
        expireInSeconds: 12 * 3600,
        // Short waits, since a killed worker counts as a failure of its item: the fifth kill in a row must not make it
        // wait half a minute. An item that keeps failing is given up after some ten minutes.
        retryLimit: 120,
        retryDelay: 1,
        retryBackoff: true,
        retryDelayMax: 5,
        deadLetter: exhausted,
        deleteAfterSeconds: 3600,
      });
    }
    await asOwner(this.#db, async tx => {
      await sql`grant usage on schema queue to muster_app`.execute(tx);
      await sql`grant select, insert, update on queue.job, queue.job_common to muster_app`.execute(tx);
      await sql`grant select on queue.queue, queue.version to muster_app`.execute(tx);
    });
  }

  /** Adds work inside the caller's transaction: it is there when, and only if, that commits. */
  async enqueue(tx: Tx, name: string, item: Item, options: EnqueueOptions = {}): Promise<void> {
    await this.#boss.send(name, item, {
      db: fromKysely(tx),
      singletonKey: options.key ?? crypto.randomUUID(),
      ...(options.afterSeconds ? {startAfter: options.afterSeconds} : {}),
    });
  }

  /** Of these values of an item's field, those for which no item waits or is being worked on. In a transaction of the owner. */
  async withoutWork(tx: Tx, name: string, field: string, values: readonly string[]): Promise<readonly string[]> {
    const {rows} = await sql<{value: string}>`
      select value from unnest(${values}::text[]) as v (value)
      where not exists (select from queue.job j
        where j.name = ${name} and j.data ->> ${field} = v.value and j.state in ('created', 'retry', 'active'))`.execute(
      tx,
    );
    return rows.map(row => row.value);
  }

  /** Starts `parallel` workers on a queue. What a worker throws is tried again with growing delays. */
  async work(name: string, parallel: number, worker: Worker): Promise<void> {
    for (let at = 0; at < parallel; at++) {
      let id = '';
      id = await this.#boss.work<Item>(
        name,
        {
          batchSize: 1,
          heartbeatRefreshSeconds: timing.heartbeatRefreshSeconds,
          pollingIntervalSeconds: 2,
          notifyPollingIntervalSeconds: 5,
        },
        async jobs => {
          // Notifications that come while a worker works coalesce; without this it would sleep its interval after every
          // item (measured: 1–58 items/s instead of hundreds).
          this.#boss.notifyWorker(id);
          for (const job of jobs) await this.#run(name, job.data, job.signal, worker);
        },
      );
    }
  }

  /** Hears of work that was given up after all attempts. */
  async onExhausted(worker: (item: Item) => Promise<void>): Promise<void> {
    await this.#boss.work<Item>(exhausted, {pollingIntervalSeconds: 2}, async jobs => {
      for (const job of jobs) await worker(job.data);
    });
  }

  async #run(name: string, item: Item, abort: AbortSignal, worker: Worker): Promise<void> {
    try {
      await worker(item, {stop: AbortSignal.any([this.#stopping.signal, abort]), abort});
    } catch (error) {
      if (!isError(error, 'lease.lost')) this.#log.error('queue.work_failed', {queue: name, error});
      throw error;
    }
  }

  /** Lets work in progress end for `graceMs`, then hands it back, to be given out again at once. */
  async stop(graceMs: number): Promise<void> {
    if (!this.#started) return;
    this.#started = false;
    this.#stopping.abort();
    await this.#boss.stop({graceful: true, timeout: graceMs, close: true});
  }
}
