// Statements on idempotency keys: the first request with a key claims it, and its answer is kept for those that follow.
import {sql} from 'kysely';
import type {CompanyTx} from '../db/transaction.ts';
import type {Json} from '../std/json.ts';

export type KeptAnswer = {readonly status: number; readonly response: Json};

export type KeyClaim =
  | {readonly state: 'claimed'}
  /** Another request with this key has not been answered. */
  | {readonly state: 'open'; readonly requestHash: Buffer}
  | {readonly state: 'answered'; readonly requestHash: Buffer; readonly answer: KeptAnswer};

/**
 * Takes the key for this request, unless it was used in the last day. A claim without an answer lapses after `lapseSeconds`:
 * its process is gone, and since the answer commits together with what was done, nothing was done.
 */
export async function claimKey(
  tx: CompanyTx,
  key: string,
  requestHash: Buffer,
  lapseSeconds: number,
): Promise<KeyClaim> {
  const claimed = await sql`
    insert into idempotency_keys as known (company_id, key, request_hash) values (${tx.companyId}, ${key}, ${requestHash})
    on conflict (company_id, key) do update
      set request_hash = excluded.request_hash, status = null, response = null, created_at = now()
      where known.created_at < now() - interval '1 day'
        or (known.status is null and known.created_at < now() - ${lapseSeconds} * interval '1 second')
    returning key`.execute(tx);
  if (claimed.rows.length > 0) return {state: 'claimed'};
  const {rows} = await sql<{requestHash: Buffer; status: number | null; response: Json}>`
    select request_hash as "requestHash", status, response from idempotency_keys
    where company_id = ${tx.companyId} and key = ${key}`.execute(tx);
  const [row] = rows;
  if (!row) return {state: 'open', requestHash};
  const {status, response} = row;
  if (status === null) return {state: 'open', requestHash: row.requestHash};
  return {state: 'answered', requestHash: row.requestHash, answer: {status, response}};
}

/** False when it has an answer already: the claim had lapsed, and the request that took it was faster. */
export async function keepAnswer(
  tx: CompanyTx,
  key: string,
  requestHash: Buffer,
  answer: KeptAnswer,
): Promise<boolean> {
  const {rows} = await sql`
    update idempotency_keys set status = ${answer.status}, response = ${JSON.stringify(answer.response)}::json
    where company_id = ${tx.companyId} and key = ${key} and request_hash = ${requestHash} and status is null
    returning key`.execute(tx);
  return rows.length > 0;
}

/** A later word of the same request, which knows more than when it was kept. */
export async function replaceAnswer(
  tx: CompanyTx,
  key: string,
  requestHash: Buffer,
  answer: KeptAnswer,
): Promise<void> {
  await sql`
    update idempotency_keys set status = ${answer.status}, response = ${JSON.stringify(answer.response)}::json
    where company_id = ${tx.companyId} and key = ${key} and request_hash = ${requestHash}`.execute(tx);
}

/** The request failed and did nothing: the key may be used again. */
export async function releaseKey(tx: CompanyTx, key: string): Promise<void> {
  await sql`
    delete from idempotency_keys where company_id = ${tx.companyId} and key = ${key} and status is null`.execute(tx);
}
