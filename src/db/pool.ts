// The two pools of a database. `app` sessions start as muster_app, under row-level security, and every new one is
// checked to be so; `owner` sessions see all companies and are for named modules only. Neither hands out a session
// that could be used outside a transaction: see transaction.ts.
import pg from 'pg';
import {MusterError} from '../errors.ts';
import {asStatementError, sqlstate} from './sqlstate.ts';
import {columnTypes} from './types.ts';

export type PoolName = 'app' | 'owner';

/** How to reach the server as its owner: plain settings of `pg`, also what pg-boss takes. */
export type OwnerConfig = Pick<
  pg.PoolConfig,
  'connectionString' | 'host' | 'port' | 'user' | 'database' | 'ssl' | 'options' | 'application_name'
>;

export type DatabaseSettings = {
  readonly ownerConfig: OwnerConfig;
  /** Options for app sessions, in place of those in `ownerConfig`. */
  readonly appOptions: string;
  readonly appPoolSize: number;
  readonly ownerPoolSize: number;
  /** How long to wait for a free or new session before `database.busy`. */
  readonly connectTimeoutMs: number;
};

const lostSessions = new WeakSet<pg.ClientBase>();

/** A connected database. Made by `connectDatabase`, ended by `close` or `await using`. */
export class Database {
  /** For pg-boss and others that bring their own pool. Never log it: it may hold the password. */
  readonly ownerConfig: OwnerConfig;
  readonly #pools: Readonly<Record<PoolName, pg.Pool>>;
  #closing: Promise<void> | undefined;

  constructor(settings: DatabaseSettings) {
    const {ownerConfig, connectTimeoutMs: connectionTimeoutMillis} = settings;
    const shared: pg.PoolConfig = {...ownerConfig, types: columnTypes, connectionTimeoutMillis, keepAlive: true};
    this.ownerConfig = ownerConfig;
    this.#pools = {
      app: openPool({...shared, options: settings.appOptions, max: settings.appPoolSize}, refuseUnsafeRole),
      owner: openPool({...shared, max: settings.ownerPoolSize}, async () => {}),
    };
  }

  /**
   * A session out of the pool; the caller releases it. Only transaction.ts and migrate.ts may ask for one.
   * @throws MusterError `database.busy` when none is free or the server is away, `database.role_unsafe`
   */
  async acquire(pool: PoolName): Promise<pg.PoolClient> {
    try {
      return await this.#pools[pool].connect();
    } catch (error) {
      if (pool === 'app' && isRoleRefused(error)) throw new MusterError('database.role_unsafe', {cause: error});
      // Nothing but the way to the server can fail here, and pg gives its own time-outs no code.
      throw asStatementError(error, sqlstate(error) === undefined);
    }
  }

  /** The owner's pool itself, for libraries that want one (better-auth through Kysely). It sees every company. */
  get ownerPool(): pg.Pool {
    return this.#pools.owner;
  }

  /** Waits for sessions in use to be released, then ends all. May be called twice. */
  close(): Promise<void> {
    this.#closing ??= Promise.all([this.#pools.app.end(), this.#pools.owner.end()]).then(() => {});
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/** Whether the connection under this session has broken. */
export function isLost(session: pg.ClientBase): boolean {
  return lostSessions.has(session);
}

function openPool(config: pg.PoolConfig, check: (session: pg.ClientBase) => Promise<void>): pg.Pool {
  const pool = new pg.Pool({
    ...config,
    onConnect: session => {
      // Without a listener a server restart during a transaction ends the process: pg emits on the session in use.
      session.on('error', () => lostSessions.add(session));
      return check(session); // the pool waits for it, whatever its type says (pg-pool 3.14, newClient)
    },
  });
  // An idle session was cut. The pool has dropped it already and the next caller gets a new one: nothing to do.
  pool.on('error', () => {});
  return pool;
}

async function refuseUnsafeRole(session: pg.ClientBase): Promise<void> {
  const {rows} = await session.query<{safe: boolean}>(
    `select rolname = 'muster_app' and not rolsuper and not rolbypassrls as safe from pg_roles where rolname = current_user`,
  );
  if (rows[0]?.safe !== true) throw new MusterError('database.role_unsafe');
}

/** The session was refused because of `role=muster_app`: no such role, or not granted. */
function isRoleRefused(error: unknown): boolean {
  return ['22023', '42501', '42704'].includes(sqlstate(error) ?? '');
}
