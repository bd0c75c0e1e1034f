// Statements of our own on the tables of sign-in, in the schema `auth`: what better-auth cannot do inside our transaction.
// All as owner, since users belong to no company.
import {sql} from 'kysely';
import type {Tx} from '../db/transaction.ts';

export type NewUser = {
  readonly id: string;
  readonly name: string;
  /** Lower case, as sign-in looks for it. */
  readonly email: string;
  readonly passwordHash: string;
};

/** A user who can sign in with a password. A taken address violates `users_email_key`. */
export async function insertUser(tx: Tx, user: NewUser): Promise<void> {
  await sql`
    with person as (
      insert into auth.users (id, name, email, email_verified) values (${user.id}, ${user.name}, ${user.email}, false)
      returning id
    )
    insert into auth.accounts (id, account_id, provider_id, user_id, password, updated_at)
    select gen_random_uuid()::text, id, 'credential', id, ${user.passwordHash}, now() from person`.execute(tx);
}

export type UserRow = {readonly id: string; readonly name: string; readonly email: string};

export async function findUser(tx: Tx, userId: string): Promise<UserRow | undefined> {
  const {rows} = await sql<UserRow>`select id, name, email from auth.users where id = ${userId}`.execute(tx);
  return rows[0];
}

/** Removes what has expired on the way. */
export async function insertOwnerLink(tx: Tx, tokenHash: Buffer, hours: number): Promise<void> {
  await sql`delete from auth.owner_links where expires_at <= now()`.execute(tx);
  await sql`
    insert into auth.owner_links (token_hash, expires_at)
    values (${tokenHash}, now() + ${hours} * interval '1 hour')`.execute(tx);
}

export async function isOwnerLink(tx: Tx, tokenHash: Buffer): Promise<boolean> {
  const {rows} = await sql`
    select 1 from auth.owner_links where token_hash = ${tokenHash} and expires_at > now()`.execute(tx);
  return rows.length > 0;
}

/** Uses up every link, if this one is good. Two who come at once take turns, and the second finds none. */
export async function spendOwnerLinks(tx: Tx, tokenHash: Buffer): Promise<boolean> {
  const {rows} = await sql<{good: boolean}>`
    delete from auth.owner_links returning token_hash = ${tokenHash} and expires_at > now() as good`.execute(tx);
  return rows.some(({good}) => good);
}
