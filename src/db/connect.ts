// Opens a database and looks at it first: whatever makes it unfit is one clear error at start, not a riddle at run time.
import pg from 'pg';
import {MusterError} from '../errors.ts';
import type {EmbeddedConnection} from './embedded.ts';
import {Database, type OwnerConfig} from './pool.ts';
import {isNotReady, isSocketError, sqlstate} from './sqlstate.ts';
import type {Db} from './transaction.ts';

/** A server of the operator's own, or the embedded one: what `startEmbedded` gives fits as it is. */
export type DatabaseTarget = {readonly url: string} | {readonly connection: EmbeddedConnection};

export type ConnectOptions = {
  /** Shown in the server's list of sessions. Default `muster`. */
  readonly applicationName?: string;
  /** Most sessions under row-level security at once. Default 10. */
  readonly appPoolSize?: number;
  /** Most sessions that see all companies at once, pg-boss's own not counted. Default 3. */
  readonly ownerPoolSize?: number;
  /** How long to wait for a session. Default 10,000. */
  readonly connectTimeoutMs?: number;
};

/** The oldest major version of PostgreSQL that will do: views with `security_invoker` came with it. */
export const oldestVersion = 15;

/**
 * Connects as the owner and checks version, encoding and that writing is possible. Does not migrate: `migrate` is next,
 * and checks the role `muster_app` at its end.
 * @throws MusterError `database.unreachable`, `.busy`, `.credentials_rejected`, `.missing`, `.too_old`, `.read_only`,
 *   `.encoding`; never with the password in it
 */
export async function connectDatabase(target: DatabaseTarget, options: ConnectOptions = {}): Promise<Db> {
  const {applicationName = 'muster', connectTimeoutMs = 10_000, appPoolSize = 10, ownerPoolSize = 3} = options;
  const {config, address, userOptions} = describeTarget(target);
  const session = (last: string) => [fixedOptions, userOptions, last].filter(part => part !== '').join(' ');
  const ownerConfig: OwnerConfig = {
    ...config,
    application_name: applicationName,
    options: session('-c muster.company_id=*'),
  };
  await inspect(ownerConfig, address, connectTimeoutMs);
  const appOptions = session('-c role=muster_app');
  return new Database({ownerConfig, appOptions, appPoolSize, ownerPoolSize, connectTimeoutMs});
}

// What our statements and type parsers take for granted, whatever `alter database … set` says. And a process that was put
// to sleep, or whose machine is gone, lets go of the rows it had locked: others wait for them to take over its runs.
const fixedOptions =
  '-c DateStyle=ISO -c TimeZone=UTC -c standard_conforming_strings=on -c idle_in_transaction_session_timeout=8s';

type Described = {readonly config: OwnerConfig; readonly address: string; readonly userOptions: string};

function describeTarget(target: DatabaseTarget): Described {
  if ('connection' in target) {
    const {host, port, user, database} = target.connection;
    return {config: {host, port, user, database, ssl: false}, address: host, userOptions: ''};
  }
  if (!URL.canParse(target.url)) {
    throw new MusterError('config.invalid', {params: {problems: 'DATABASE_URL is not the address of a database'}});
  }
  const url = new URL(target.url);
  // pg lets what stands in the address win over everything else, so these two would undo the role: take them out.
  const userOptions = url.searchParams.get('options') ?? '';
  url.searchParams.delete('options');
  url.searchParams.delete('application_name');
  const address = url.searchParams.get('host') ?? (decodeURIComponent(url.host) || 'localhost');
  return {config: {connectionString: url.href}, address, userOptions};
}

async function inspect(config: OwnerConfig, address: string, connectionTimeoutMillis: number): Promise<void> {
  const client = new pg.Client({...config, connectionTimeoutMillis});
  client.on('error', () => {}); // whatever breaks also fails the call in progress
  const startedAtMs = performance.now();
  try {
    await client.connect();
    const {rows} = await client.query<ServerFacts>(factsQuery);
    const [facts] = rows;
    if (facts) refuseUnfit(facts);
  } catch (error) {
    if (error instanceof MusterError) throw error; // it was reached, and found unfit
    const inTime = performance.now() - startedAtMs < connectionTimeoutMillis;
    if (inTime && isPasswordMissing(error, client)) {
      throw new MusterError('database.credentials_rejected', {params: {address}, cause: error});
    }
    throw asConnectError(error, address, client.database ?? '');
  } finally {
    await client.end().catch(() => {});
  }
}

export type ServerFacts = {
  /** As in `server_version_num`: 150004 is 15.4. */
  readonly versionNumber: number;
  readonly version: string;
  readonly readOnly: boolean;
  readonly encoding: string;
};

const factsQuery = `select current_setting('server_version_num')::int as "versionNumber",
  current_setting('server_version') as version, current_setting('server_encoding') as encoding,
  pg_is_in_recovery() or current_setting('transaction_read_only')::bool as "readOnly"`;

/** @throws MusterError `database.too_old`, `database.read_only` or `database.encoding` */
export function refuseUnfit({versionNumber, version, readOnly, encoding}: ServerFacts): void {
  if (versionNumber < oldestVersion * 10_000) throw new MusterError('database.too_old', {params: {version}});
  if (readOnly) throw new MusterError('database.read_only');
  if (encoding !== 'UTF8') throw new MusterError('database.encoding', {params: {encoding}});
}

/** The server asked for a password and there is none: pg gives that no code, as it gives none to its own time-out. */
function isPasswordMissing(error: unknown, client: pg.Client): boolean {
  return sqlstate(error) === undefined && !isSocketError(error) && !client.password;
}

function asConnectError(error: unknown, address: string, name: string): MusterError {
  const state = sqlstate(error);
  if (state === '3D000') {
    return new MusterError('database.missing', {params: {address, name}, cause: error});
  }
  if (state?.startsWith('28') || state === '42501') {
    return new MusterError('database.credentials_rejected', {params: {address}, cause: error});
  }
  if (isNotReady(error)) return new MusterError('database.busy', {cause: error});
  return new MusterError('database.unreachable', {params: {address}, cause: error});
}
