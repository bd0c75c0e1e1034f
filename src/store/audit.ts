// The audit: what somebody did to configuration, secrets, keys or masked values. Written in the transaction of the deed
// itself, so neither is there without the other; only ever added to.
import {sql} from 'kysely';
import type {CompanyTx} from '../db/transaction.ts';
import {newId} from '../std/ids.ts';
import type {JsonObject} from '../std/json.ts';

export type Deed = {
  /** `usr_…` or `key_…`. */
  readonly actor: string;
  /** Such as `connection.changed`. */
  readonly action: string;
  /** Id of what it was done to. */
  readonly subject: string;
  /** What changed, by name; never a secret's value. */
  readonly detail?: JsonObject;
};

export async function insertDeed(tx: CompanyTx, deed: Deed): Promise<void> {
  await sql`
    insert into audit (company_id, id, actor, action, subject, detail)
    values (${tx.companyId}, ${newId('aud')}, ${deed.actor}, ${deed.action}, ${deed.subject},
      ${JSON.stringify(deed.detail ?? {})}::json)`.execute(tx);
}
