// Every statement of Muster runs inside one of these two: `inCompany` is one transaction that can see one company only,
// `asOwner` one that sees all. A transaction inside a transaction is refused, not queued: with every session of the pool
// in use both would wait for ever.
import {AsyncLocalStorage} from 'node:async_hooks';
import {DummyDriver, Kysely, PostgresDialect, Transaction} from 'kysely';
import pg from 'pg';
import {MusterError} from '../errors.ts';
import type {Database, PoolName} from './pool.ts';
import {Session} from './session.ts';
import type {Tables} from './tables.ts';

/** What opens transactions. Store functions never take it; they take a `Tx`. */
export type Db = Database;

/** An open transaction, what every store function takes first: `` sql`…`.execute(tx) `` or Kysely's builders on it. */
export type Tx = Transaction<Tables>;

/** A transaction inside one company. Its statements say `company_id = ${tx.companyId}` as well, for the indexes' sake. */
export type CompanyTx = Tx & {readonly companyId: string};

/**
 * Runs `work` in one transaction that sees and writes rows of this company only. Committed when it returns, rolled back
 * when it throws; what it threw is thrown on. Two round trips besides its own statements.
 * @throws MusterError `database.busy` when the server is away, full or gave up on a deadlock: nothing was committed,
 *   unless the connection broke during the commit itself; then it may have been.
 */
export async function inCompany<T>(db: Db, companyId: string, work: (tx: CompanyTx) => Promise<T>): Promise<T> {
  // '*' is the owner's sign for all companies and never a company.
  if (!/^[\w-]{1,100}$/.test(companyId)) throw misuse('this is not the id of a company');
  // set_config rides in the message of `begin`: 0.25 ms a point read instead of 0.36 (research on row-level security).
  const begin = `begin; select set_config('muster.company_id', ${pg.escapeLiteral(companyId)}, true)`;
  return transact(db, 'app', begin, session => work(new OpenCompanyTransaction(session, companyId)));
}

/**
 * Runs `work` in one transaction that sees every company. For sign-in, key look-up, scheduler, watchdog, retention and
 * migrations only: the structure test names who may import it. Errors as `inCompany`.
 */
export function asOwner<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return transact(db, 'owner', 'begin', session => work(new OpenTransaction(session)));
}

/** The owner's pool as a Kysely, for better-auth, which runs its own transactions. Ends with `db`, not by itself. */
export function ownerKysely(db: Db): Kysely<Tables> {
  return new Kysely<Tables>({dialect: new PostgresDialect({pool: db.ownerPool})});
}

const dialect = new (class extends PostgresDialect {
  override createDriver() {
    return new DummyDriver(); // statements go through the Session that each transaction brings
  }
})({pool: () => Promise.reject(new Error('This dialect only compiles.'))});
const compiler = new Kysely<Tables>({dialect});

class OpenTransaction extends Transaction<Tables> {
  constructor(session: Session) {
    const executor = compiler.getExecutor().withConnectionProvider(session);
    super({config: {dialect}, dialect, driver: new DummyDriver(), executor});
  }
}

class OpenCompanyTransaction extends OpenTransaction {
  readonly companyId: string;

  constructor(session: Session, companyId: string) {
    super(session);
    this.companyId = companyId;
  }
}

/** The transaction that the current chain of calls is in, as long as it is open. */
const current = new AsyncLocalStorage<{open: boolean}>();

async function transact<T>(db: Db, pool: PoolName, begin: string, work: (session: Session) => Promise<T>): Promise<T> {
  if (current.getStore()?.open) throw misuse('a transaction was opened inside another; pass the tx on instead');
  const session = new Session(await db.acquire(pool));
  const mark = {open: true};
  try {
    await session.run(begin);
    const result = await current.run(mark, () => work(session));
    const {command} = await session.run('commit');
    // After a statement failed, PostgreSQL answers `commit` with a rollback and no error. Swallowing the first error
    // inside `work` must not turn into a success that never was.
    if (command !== 'COMMIT')
      throw misuse('a failed statement was caught inside its transaction and nothing was saved');
    session.end('clean');
    return result;
  } catch (error) {
    session.end(await rollBack(session));
    throw error;
  } finally {
    mark.open = false;
  }
}

function rollBack(session: Session): Promise<'clean' | 'broken'> {
  return session.run('rollback').then(
    () => 'clean',
    () => 'broken', // the session is dropped, and the server rolls back by itself
  );
}

function misuse(reason: string): MusterError {
  return new MusterError('bug.unexpected', {cause: new Error(reason)});
}
