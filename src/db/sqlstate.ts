// The only reader of SQLSTATE: turns what PostgreSQL and the socket say into the few things the rest may know.
// Codes: PostgreSQL manual, appendix A.
import pg from 'pg';
import {MusterError} from '../errors.ts';

/** Passes by waiting: shutdown, crash, still starting, no connection free, serialization, deadlock, lock and idle limits. */
const passing = new Set(['57P01', '57P02', '57P03', '53300', '40001', '40P01', '55P03', '25P03', '57P05']);

/** The five-letter code of an error that the server sent; undefined for anything else. */
export function sqlstate(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

/**
 * True when the row exists already. With a constraint (or unique index) name only for that one.
 * The transaction it happened in is over: catch it around `inCompany`, not inside.
 */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (!(error instanceof pg.DatabaseError) || error.code !== '23505') return false;
  return constraint === undefined || error.constraint === constraint;
}

/** True when the row points at one that is not there, or is still pointed at by others. */
export function isForeignKeyViolation(error: unknown, constraint?: string): boolean {
  if (!(error instanceof pg.DatabaseError) || error.code !== '23503') return false;
  return constraint === undefined || error.constraint === constraint;
}

/**
 * What a statement threw, as the rest of the program may see it: trouble that passes becomes `database.busy` (transient);
 * other server errors stay themselves, without the parts in which PostgreSQL quotes the row, since rows hold people.
 * @param lost whether the connection is known to be gone; pg gives such errors no code
 */
export function asStatementError(error: unknown, lost: boolean): unknown {
  if (error instanceof MusterError) return error;
  if (error instanceof pg.DatabaseError) {
    if (isPassing(error.code)) return new MusterError('database.busy', {cause: withoutRow(error)});
    return withoutRow(error);
  }
  return lost || isSocketError(error) ? new MusterError('database.busy', {cause: error}) : error;
}

/** Whether the server answered that it is there but not ready for a session (starting, recovering, full). */
export function isNotReady(error: unknown): boolean {
  return isPassing(sqlstate(error));
}

/** Whether the operating system reported it (refused, reset, no such host or socket file): nobody answered. */
export function isSocketError(error: unknown): boolean {
  return error instanceof Error && !(error instanceof pg.DatabaseError) && 'code' in error && 'syscall' in error;
}

function isPassing(code: string | undefined): boolean {
  return code !== undefined && (passing.has(code) || code.startsWith('08'));
}

function withoutRow(error: pg.DatabaseError): pg.DatabaseError {
  error.detail = undefined;
  error.where = undefined;
  error.internalQuery = undefined;
  return error;
}
