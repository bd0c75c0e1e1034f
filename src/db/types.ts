// How column values become JavaScript values, for our pools only: pg's global table stays as other libraries expect it.
// Nothing is rounded or shifted on the way: a calendar date is no instant, money is no double.
import pg from 'pg';

const {builtins} = pg.types;

/**
 * `date` → 'yyyy-MM-dd'; `bigint` (also `count(*)`) → number, refused beyond 2^53 - 1; `numeric` → string;
 * `timestamptz` → Date (milliseconds: compare instants in SQL, not with a Date that was read); `json` → parsed.
 */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format !== 'binary') {
      if (oid === builtins.DATE) return String;
      if (oid === builtins.INT8) return safeInteger;
    }
    return pg.types.getTypeParser(oid, format);
  },
};

function safeInteger(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError('A bigint column holds a number beyond 2^53 - 1.');
  return number;
}
