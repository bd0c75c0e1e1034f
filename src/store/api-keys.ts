// Statements on API keys. Only the hash of a key is kept; a revoked or expired key stays, so that history can name it.
import {sql} from 'kysely';
import type {CompanyTx, Tx} from '../db/transaction.ts';
import type {Role} from '../model/role.ts';
import {afterAllIds, oneMore, type PageOf, type PageRequest, pageFrom} from './page.ts';

export type ApiKeyRow = {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
};

export type NewApiKey = Pick<ApiKeyRow, 'id' | 'name' | 'role' | 'expiresAt'> & {readonly hash: Buffer};

const columns = sql`id, name, role, created_at as "createdAt", expires_at as "expiresAt", last_used_at as "lastUsedAt",
  revoked_at as "revokedAt"`;

export async function insertApiKey(tx: CompanyTx, key: NewApiKey): Promise<ApiKeyRow> {
  const {rows} = await sql<ApiKeyRow>`
    insert into api_keys (company_id, id, name, key_hash, role, expires_at)
    values (${tx.companyId}, ${key.id}, ${key.name}, ${key.hash}, ${key.role}, ${key.expiresAt})
    returning ${columns}`.execute(tx);
  const [row] = rows;
  if (!row) throw new Error('an insert returned no row');
  return row;
}

/** The newest first. */
export async function listApiKeys(tx: CompanyTx, page: PageRequest): Promise<PageOf<ApiKeyRow>> {
  const {rows} = await sql<ApiKeyRow>`
    select ${columns} from api_keys where company_id = ${tx.companyId} and id < ${page.cursor ?? afterAllIds}
    order by id desc limit ${oneMore(page)}`.execute(tx);
  return pageFrom(rows, page);
}

/** False when there is none; a key that is revoked already stays as it is. */
export async function revokeApiKey(tx: CompanyTx, keyId: string): Promise<boolean> {
  const {rows} = await sql`
    update api_keys set revoked_at = coalesce(revoked_at, now())
    where company_id = ${tx.companyId} and id = ${keyId} returning id`.execute(tx);
  return rows.length > 0;
}

export type KeyInUse = {
  readonly id: string;
  readonly companyId: string;
  readonly role: Role;
  /** Its last use was noted more than a minute ago, or never. */
  readonly stale: boolean;
};

/** As owner: the key that is good now, whatever its company. Index: api_keys_hash. */
export async function findKeyInUse(tx: Tx, hash: Buffer): Promise<KeyInUse | undefined> {
  const {rows} = await sql<KeyInUse>`
    select id, company_id as "companyId", role,
      last_used_at is null or last_used_at < now() - interval '1 minute' as stale
    from api_keys where key_hash = ${hash} and revoked_at is null and (expires_at is null or expires_at > now())`.execute(
    tx,
  );
  return rows[0];
}

/** As owner. Skips a row that another request is noting just now. */
export async function noteKeyUse(tx: Tx, key: Pick<KeyInUse, 'companyId' | 'id'>): Promise<void> {
  await sql`
    with key as (select id from api_keys where company_id = ${key.companyId} and id = ${key.id} for update skip locked)
    update api_keys set last_used_at = now()
    where company_id = ${key.companyId} and id in (select id from key)`.execute(tx);
}
