// Whether the database answers at all.
import {sql} from 'kysely';
import {asOwner, type Db} from '../db/transaction.ts';

export async function isDatabaseReady(db: Db): Promise<boolean> {
  return asOwner(db, async tx => (await sql`select 1`.execute(tx)).rows.length === 1).catch(() => false);
}
