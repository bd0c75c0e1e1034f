// API keys: `muster_` and 43 characters, shown once and kept as a hash. They have a role of the same table of rights as
// members, may expire, and are revoked, never deleted.
import {asOwner, type CompanyTx, type Db} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import type {Role} from '../model/role.ts';
import {newId} from '../std/ids.ts';
import {type ApiKeyRow, findKeyInUse, insertApiKey, noteKeyUse, revokeApiKey} from '../store/api-keys.ts';
import {insertDeed} from '../store/audit.ts';
import type {Actor} from './actor.ts';
import {hashToken, newToken} from './token.ts';

const prefix = 'muster_';

export type ApiKeyRequest = {readonly name: string; readonly role: Role; readonly expiresAt?: Date | undefined};

/** `key` is never to be had again. @param actor who makes it, for the audit */
export async function createApiKey(
  tx: CompanyTx,
  actor: string,
  request: ApiKeyRequest,
): Promise<ApiKeyRow & {readonly key: string}> {
  const key = `${prefix}${newToken()}`;
  const {name, role, expiresAt = null} = request;
  const row = await insertApiKey(tx, {id: newId('key'), name, role, expiresAt, hash: hashToken(key)});
  await insertDeed(tx, {actor, action: 'api_key.created', subject: row.id, detail: {name, role}});
  return {...row, key};
}

/** From now on the key is refused. @throws MusterError `request.not_found` */
export async function removeApiKey(tx: CompanyTx, actor: string, keyId: string): Promise<void> {
  if (!(await revokeApiKey(tx, keyId))) throw new MusterError('request.not_found', {params: {what: 'API key'}});
  await insertDeed(tx, {actor, action: 'api_key.revoked', subject: keyId});
}

/** Who holds this key; undefined when it is unknown, revoked or expired. Its use is noted at most once a minute. */
export async function actorOfKey(db: Db, key: string): Promise<Actor | undefined> {
  if (!key.startsWith(prefix)) return undefined;
  return asOwner(db, async tx => {
    const found = await findKeyInUse(tx, hashToken(key));
    if (!found) return undefined;
    if (found.stale) await noteKeyUse(tx, found);
    return {companyId: found.companyId, role: found.role, id: found.id};
  });
}
