// Password hashes: argon2id of Node itself, in the usual text form, so that its cost can rise without a migration.
import {argon2, randomBytes, timingSafeEqual} from 'node:crypto';
import {promisify} from 'node:util';

const derive = promisify(argon2);

/** OWASP Password Storage Cheat Sheet, Argon2id, first row with t=2: 19 MiB, read 2025. 46 ms here. */
const cost = {memory: 19_456, passes: 2, parallelism: 1};
const tagLength = 32;

/** `$argon2id$v=19$m=…,t=…,p=…$salt$hash` */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const hash = await derive('argon2id', {message: normalised(password), nonce, ...cost, tagLength});
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${unpadded(nonce)}$${unpadded(hash)}`;
}

export async function verifyPassword({
  hash,
  password,
}: {
  readonly hash: string;
  readonly password: string;
}): Promise<boolean> {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/-]+)\$([\w+/-]+)$/.exec(hash);
  if (!match) return false;
  const [memory = 0, passes = 0, parallelism = 0] = match.slice(1, 4).map(Number);
  const [nonce, wanted] = match.slice(4).map(text => Buffer.from(text, 'base64'));
  if (!nonce || !wanted) return false;
  const settings = {message: normalised(password), nonce, memory, passes, parallelism, tagLength: wanted.length};
  return timingSafeEqual(await derive('argon2id', settings), wanted);
}

/** The same letters typed on another machine may come composed otherwise. */
function normalised(password: string): Buffer {
  return Buffer.from(password.normalize('NFKC'), 'utf8');
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
