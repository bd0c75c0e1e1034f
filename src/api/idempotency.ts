// Idempotency-Key: a creating request that is sent again, because its answer was lost, gets the first one's answer and
// does nothing. The same key for a different request is refused.
import {createHash} from 'node:crypto';
import {type CompanyTx, type Db, inCompany} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import type {Json} from '../std/json.ts';
import {claimKey, type KeptAnswer, keepAnswer, releaseKey, replaceAnswer} from '../store/idempotency.ts';
import {fieldIssue} from './parse.ts';

export const keyHeader = 'idempotency-key';

/** Longer than any request lives (listen.ts): what has no answer by then never will have. */
const lapseSeconds = 600;

export type Settle = (tx: CompanyTx, answer: KeptAnswer) => Promise<void>;

type Keyed = {
  readonly companyId: string;
  readonly key: string;
  /** All that makes the request what it is. */
  readonly content: readonly (string | Buffer)[];
};

/**
 * Does `work` once for this key. `work` may settle its answer inside its own transaction; else that happens afterwards.
 * @throws MusterError `request.key_reused`, `request.unanswered`, `request.invalid`, and what `work` throws: then the key
 *   is free again, unless it was settled
 */
export async function answerOnce(
  db: Db,
  keyed: Keyed,
  work: (settle: Settle) => Promise<KeptAnswer>,
): Promise<KeptAnswer> {
  const {companyId, key} = keyed;
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    const wanted = '1 to 200 characters without spaces';
    throw new MusterError('request.invalid', {issues: [fieldIssue('Idempotency-Key', 'field.format', {wanted})]});
  }
  const hash = hashOf(keyed.content);
  const claim = await inCompany(db, companyId, tx => claimKey(tx, key, hash, lapseSeconds));
  if (claim.state !== 'claimed' && !claim.requestHash.equals(hash)) throw new MusterError('request.key_reused');
  if (claim.state === 'open') throw new MusterError('request.unanswered', {retryAt: new Date(Date.now() + 1000)});
  if (claim.state === 'answered') return claim.answer;

  let settled = false;
  const settle: Settle = async (tx, answer) => {
    // Another request with this key was faster after this one's claim had lapsed: undo what was done here.
    if (!(await keepAnswer(tx, key, hash, answer))) throw new MusterError('request.unanswered');
    settled = true;
  };
  try {
    const answer = await work(settle);
    const keep = settled ? replaceAnswer : keepAnswer;
    await inCompany(db, companyId, async tx => void (await keep(tx, key, hash, answer)));
    return answer;
  } catch (error) {
    await inCompany(db, companyId, tx => releaseKey(tx, key)).catch(() => {}); // the first error is the one to tell
    throw error;
  }
}

/** @param body as it will be sent, so that it can be kept */
export function keptAnswer(status: number, body: unknown): KeptAnswer {
  // What cannot be JSON is not an answer of the API; nothing (204) is kept as null.
  return {status, response: body === undefined ? null : (body as Json)};
}

function hashOf(content: readonly (string | Buffer)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of content) {
    const bytes = Buffer.from(part);
    hash.update(`${bytes.length}:`).update(bytes);
  }
  return hash.digest();
}
