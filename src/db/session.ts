// One session of a pool as Kysely sees it, for the time of one transaction. A statement that comes late, after the end,
// is refused: by then the session may serve another company.
//
// A statement that begins with `/* kept NAME */` is prepared under that name, so that PostgreSQL keeps its plan. For what
// runs once a window of deliveries: planning one of these takes some 2 ms each time, more than running it.
import type {CompiledQuery, ConnectionProvider, DatabaseConnection, QueryResult} from 'kysely';
import type pg from 'pg';
import {MusterError} from '../errors.ts';
import {isLost} from './pool.ts';
import {asStatementError} from './sqlstate.ts';

export class Session implements DatabaseConnection, ConnectionProvider {
  readonly #client: pg.PoolClient;
  #ended = false;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  provideConnection<T>(consumer: (connection: DatabaseConnection) => Promise<T>): Promise<T> {
    return consumer(this);
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#ended) throw lateUse('a statement came after the end of its transaction');
    const result = await this.run(query.sql, query.parameters);
    // The row type is the promise of whoever wrote the statement; pg cannot know it.
    const rows = (result.rows ?? []) as R[];
    // No count: nothing countable, or several statements in one text, for which pg gives a list of results.
    return typeof result.rowCount === 'number' ? {rows, numAffectedRows: BigInt(result.rowCount)} : {rows};
  }

  /** Without parameters the text goes as one message and may hold several statements. */
  async run(text: string, parameters: readonly unknown[] = []): Promise<pg.QueryResult> {
    try {
      const name = keptName.exec(text)?.[1];
      return await this.#client.query({text, values: [...parameters], ...(name === undefined ? {} : {name})});
    } catch (error) {
      throw asStatementError(error, isLost(this.#client));
    }
  }

  // biome-ignore lint/correctness/useYield: Kysely asks for a generator; nothing is streamed inside a transaction
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw lateUse('rows are read in pages, not streamed');
  }

  /** Gives the session back to its pool, or drops it when its transaction could not be ended cleanly. */
  end(outcome: 'clean' | 'broken'): void {
    this.#ended = true;
    this.#client.release(outcome === 'broken');
  }
}

const keptName = /^\s*\/\* kept (\w+) \*\//;

function lateUse(reason: string): MusterError {
  return new MusterError('bug.unexpected', {cause: new Error(reason)});
}
