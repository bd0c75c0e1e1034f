// Statements on sealed secrets and wrapped data keys. What is inside them only src/vault.ts can read.
import {sql} from 'kysely';
import type {Tx} from '../db/transaction.ts';

export type SealedSecret = {readonly name: string; readonly sealed: Buffer};

/** In place of those with the same names. */
export async function replaceSecrets(
  tx: Tx,
  companyId: string,
  connectionId: string,
  secrets: readonly SealedSecret[],
): Promise<void> {
  const names = secrets.map(({name}) => name);
  const sealed = secrets.map(secret => secret.sealed);
  await sql`
    insert into secrets (company_id, connection_id, name, sealed)
    select ${companyId}, ${connectionId}, name, sealed from unnest(${names}::text[], ${sealed}::bytea[]) as s (name, sealed)
    on conflict (company_id, connection_id, name) do update set sealed = excluded.sealed, replaced_at = now()`.execute(
    tx,
  );
}

export async function deleteSecrets(
  tx: Tx,
  companyId: string,
  connectionId: string,
  names: readonly string[],
): Promise<void> {
  await sql`
    delete from secrets where company_id = ${companyId} and connection_id = ${connectionId}
      and name = any(${[...names]}::text[])`.execute(tx);
}

export async function listSecrets(tx: Tx, companyId: string, connectionId: string): Promise<readonly SealedSecret[]> {
  const {rows} = await sql<SealedSecret>`
    select name, sealed from secrets
    where company_id = ${companyId} and connection_id = ${connectionId} order by name`.execute(tx);
  return rows;
}

/** By connection: the names of the secrets that it has. */
export async function listSecretNames(
  tx: Tx,
  companyId: string,
  connectionIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const {rows} = await sql<{connectionId: string; names: readonly string[]}>`
    select connection_id as "connectionId", array_agg(name order by name) as names from secrets
    where company_id = ${companyId} and connection_id = any(${[...connectionIds]}::text[])
    group by connection_id`.execute(tx);
  return new Map(rows.map(({connectionId, names}) => [connectionId, names]));
}

/** `ours` is true when this very transaction wrote it: then it may yet be rolled back. */
export type WrappedKey = {readonly wrapped: Buffer; readonly ours: boolean};

export async function findDataKey(tx: Tx, companyId: string): Promise<WrappedKey | undefined> {
  const {rows} = await sql<WrappedKey>`
    select wrapped, coalesce(xmin = pg_current_xact_id_if_assigned()::xid, false) as ours
    from data_keys where company_id = ${companyId}`.execute(tx);
  return rows[0];
}

/** Unless there is one: of two transactions that make the first one, the later waits for the earlier and keeps it. */
export async function insertDataKey(tx: Tx, companyId: string, wrapped: Buffer): Promise<void> {
  await sql`
    insert into data_keys (company_id, wrapped) values (${companyId}, ${wrapped})
    on conflict (company_id) do nothing`.execute(tx);
}
