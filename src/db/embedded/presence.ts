// Each process that uses the embedded server holds a shared lock in it, so that the last to leave, and only the last,
// stops it. A killed process loses its lock with its session.
import pg from 'pg';
import {isNotReady, isSocketError, sqlstate} from '../sqlstate.ts';
import {ownerName} from './cluster.ts';
import type {EmbeddedConnection} from './place.ts';

const lockKey = '7884926'; // any number that nothing else locks

export type Presence = {
  /** Leaves. True when nobody else is present; joining then waits until the server has been stopped, or `end`. */
  leave(): Promise<boolean>;
  /** Ends the session, which also ends the keeping out of others. */
  end(): Promise<void>;
};

export type Joining =
  | {readonly state: 'joined'; readonly presence: Presence}
  /** A server is there, starting, recovering, stopping or full: ask again in a moment. */
  | {readonly state: 'not_ready'}
  | {readonly state: 'absent'};

/** Joins the server behind the socket, making the database if the server is new. */
export async function joinServer(connection: EmbeddedConnection): Promise<Joining> {
  const client = new pg.Client({...connection, ssl: false, application_name: 'muster-presence'}) as Client; // see Client
  client.on('error', () => {}); // the server went away; whoever uses it notices by its own statements
  try {
    await client.connect();
    await client.query(`select pg_advisory_lock_shared(${lockKey})`);
    client.unref(); // the presence alone shall not keep the process alive
    return {state: 'joined', presence: presenceOf(client)};
  } catch (error) {
    await client.end().catch(() => {});
    if (sqlstate(error) === '3D000') {
      await createDatabase(connection);
      return joinServer(connection);
    }
    if (isNotReady(error)) return {state: 'not_ready'};
    if (isSocketError(error)) return {state: 'absent'};
    if (sqlstate(error) === undefined) return {state: 'not_ready'}; // cut while connecting: it is stopping
    throw error;
  }
}

function presenceOf(client: Client): Presence {
  return {
    async leave() {
      client.ref();
      try {
        await client.query(`select pg_advisory_unlock_shared(${lockKey})`);
        const {rows} = await client.query<{last: boolean}>(`select pg_try_advisory_lock(${lockKey}) as last`);
        return rows[0]?.last === true;
      } catch {
        return false; // the server is not there any more
      }
    },
    end: () => client.end(),
  };
}

async function createDatabase(connection: EmbeddedConnection): Promise<void> {
  const client = new pg.Client({...connection, ssl: false, database: 'postgres'});
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query(`create database ${pg.escapeIdentifier(connection.database)} owner ${ownerName}`);
  } catch (error) {
    // Another process made it in this moment; or the server went away, and the next attempt to join will tell.
    const madeMeanwhile = ['42P04', '23505'].includes(sqlstate(error) ?? '');
    if (!madeMeanwhile && sqlstate(error) !== undefined && !isNotReady(error)) throw error;
  } finally {
    await client.end().catch(() => {});
  }
}

/** pg 8.23 has these two, its types have not. */
type Client = pg.Client & {ref(): void; unref(): void};
