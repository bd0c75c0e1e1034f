// The only file that decrypts. Each company has a data key, wrapped by the installation's secret key; a secret is sealed
// with AES-256-GCM under it and bound to its company, connection and name, so that a row copied elsewhere does not open.
import {createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes} from 'node:crypto';
import type {Tx} from './db/transaction.ts';
import {MusterError} from './errors.ts';
import {deleteSecrets, findDataKey, insertDataKey, listSecrets, replaceSecrets} from './store/secrets.ts';

/** Values by name. */
export type SecretValues = {readonly [name: string]: string};

/** The same 16 bytes for the same text of one company, for ever; tells nothing about the text without its data key. */
export type Hasher = (text: string) => Buffer;

export type Vault = {
  /** Stores these in place of those with the same names; an empty value removes its secret, the others stay. */
  seal(tx: Tx, companyId: string, connectionId: string, secrets: SecretValues): Promise<void>;
  /** @throws MusterError `config.invalid` when MUSTER_SECRET_KEY is not the one they were sealed under */
  open(tx: Tx, companyId: string, connectionId: string): Promise<SecretValues>;
  /** For match keys: ask once, then hash without waiting. */
  hasher(tx: Tx, companyId: string): Promise<Hasher>;
};

/** @param secretKey MUSTER_SECRET_KEY, 32 bytes */
export function createVault(secretKey: Buffer): Vault {
  const wrappingKey = derive(secretKey, 'muster wrapping key 1');
  const keys = new Map<string, Buffer>();

  async function dataKey(tx: Tx, companyId: string): Promise<Buffer> {
    const known = keys.get(companyId);
    if (known) return known;
    let row = await findDataKey(tx, companyId);
    if (!row) {
      await insertDataKey(tx, companyId, encrypt(wrappingKey, randomBytes(32), ['data key', companyId]));
      row = await findDataKey(tx, companyId);
    }
    if (!row) throw new MusterError('bug.unexpected', {cause: new Error('no data key, and none could be made')});
    const key = decrypt(wrappingKey, row.wrapped, ['data key', companyId]);
    // One that this transaction made may be rolled back with it. Remembered, it would seal what nobody can ever open.
    if (!row.ours) remember(keys, companyId, key);
    return key;
  }

  return {
    async seal(tx, companyId, connectionId, secrets) {
      const entries = Object.entries(secrets);
      const removed = entries.filter(([, value]) => value === '').map(([name]) => name);
      if (removed.length > 0) await deleteSecrets(tx, companyId, connectionId, removed);
      const kept = entries.filter(([, value]) => value !== '');
      if (kept.length === 0) return;
      const key = await dataKey(tx, companyId);
      const sealed = kept.map(([name, value]) => ({
        name,
        sealed: encrypt(key, Buffer.from(value, 'utf8'), ['secret', companyId, connectionId, name]),
      }));
      await replaceSecrets(tx, companyId, connectionId, sealed);
    },
    async open(tx, companyId, connectionId) {
      const rows = await listSecrets(tx, companyId, connectionId);
      if (rows.length === 0) return {};
      const key = await dataKey(tx, companyId);
      return Object.fromEntries(
        rows.map(({name, sealed}) => [
          name,
          decrypt(key, sealed, ['secret', companyId, connectionId, name]).toString('utf8'),
        ]),
      );
    },
    async hasher(tx, companyId) {
      const key = derive(await dataKey(tx, companyId), 'muster match keys 1');
      return text => createHmac('sha256', key).update(text, 'utf8').digest().subarray(0, 16);
    },
  };
}

/** Keys are small and companies few; the limit only keeps a mistake elsewhere from filling the memory. */
const mostKeys = 10_000;

function remember(keys: Map<string, Buffer>, companyId: string, key: Buffer): void {
  if (keys.size >= mostKeys) keys.clear();
  keys.set(companyId, key);
}

/** A key for another purpose: knowing it does not give the one that it comes from. */
function derive(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', purpose, 32));
}

const format = 1;
const nonceBytes = 12;
const tagBytes = 16;

/** Format byte, nonce, tag, ciphertext. Random nonces are safe for 2^32 values under one key (NIST SP 800-38D, 8.3). */
function encrypt(key: Buffer, plain: Buffer, boundTo: readonly string[]): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, {authTagLength: tagBytes}).setAAD(bindingOf(boundTo));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(format), nonce, cipher.getAuthTag(), sealed]);
}

function decrypt(key: Buffer, sealed: Buffer, boundTo: readonly string[]): Buffer {
  const nonce = sealed.subarray(1, 1 + nonceBytes);
  const tag = sealed.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes);
  try {
    if (sealed[0] !== format) throw new Error('unknown format');
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, {authTagLength: tagBytes});
    decipher.setAAD(bindingOf(boundTo)).setAuthTag(tag);
    return Buffer.concat([decipher.update(sealed.subarray(1 + nonceBytes + tagBytes)), decipher.final()]);
  } catch (error) {
    const problems = 'MUSTER_SECRET_KEY is not the key under which the secrets in this database were stored';
    throw new MusterError('config.invalid', {params: {problems}, cause: error});
  }
}

/** JSON, so that no two lists of parts give the same bytes. */
function bindingOf(parts: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify(parts), 'utf8');
}
