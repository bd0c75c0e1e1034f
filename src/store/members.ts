// Statements on members: which user may act in which company, and as what. Signing in looks through all companies, so
// these take the owner's transaction and say the company themselves.
import {sql} from 'kysely';
import type {Tx} from '../db/transaction.ts';
import type {Role} from '../model/role.ts';

export type MemberRow = {
  readonly companyId: string;
  readonly id: string;
  readonly userId: string;
  readonly role: Role;
};

/** `name`: what history calls them. */
export type NewMember = MemberRow & {readonly name: string};

/** A second membership of the same user violates `members_company_id_user_id_key`. */
export async function insertMember(tx: Tx, member: NewMember): Promise<void> {
  await sql`
    insert into members (company_id, id, user_id, name, role)
    values (${member.companyId}, ${member.id}, ${member.userId}, ${member.name}, ${member.role})`.execute(tx);
}

/** The user's first membership. Index: members_user. */
export async function findMembership(tx: Tx, userId: string): Promise<MemberRow | undefined> {
  const {rows} = await sql<MemberRow>`
    select company_id as "companyId", id, user_id as "userId", role from members
    where user_id = ${userId} order by id limit 1`.execute(tx);
  return rows[0];
}

/** Whether any company has somebody who owns it. */
export async function hasOwner(tx: Tx): Promise<boolean> {
  const {rows} = await sql`select 1 from members where role = 'owner' limit 1`.execute(tx);
  return rows.length > 0;
}
