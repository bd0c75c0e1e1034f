// Random tokens that are shown once and kept as hashes: API keys and one-time links. 32 random bytes cannot be guessed,
// so a plain hash is enough and looking one up is a single index read.
import {createHash, randomBytes} from 'node:crypto';

/** 43 characters that need no escaping anywhere. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}
