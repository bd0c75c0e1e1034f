// The environment as a frozen, typed object; the only reader of it. Everything that is wrong is said at once, each
// problem with its mend, so that nobody has to start five times to learn five things.
import {randomBytes} from 'node:crypto';
import {link, mkdir, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {isIP} from 'node:net';
import {join, resolve} from 'node:path';

export type Environment = {readonly [name: string]: string | undefined};

export type Config = {
  /** Undefined: the embedded server, under `dataDir`. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly port: number;
  /** An origin without a slash at its end: `https://muster.example.com`. */
  readonly publicUrl: string;
  /** 32 bytes: wraps the data keys of all companies and signs sessions. */
  readonly secretKey: Buffer;
  /** Hosts, addresses and CIDR blocks that connectors may call although private. */
  readonly allowedPrivateHosts: readonly string[];
  readonly supportUrl: string | undefined;
};

export type ConfigProblem = {readonly variable: string; readonly problem: string; readonly mend: string};

export type Configured =
  | {readonly ok: true; readonly config: Config}
  | {readonly ok: false; readonly problems: readonly ConfigProblem[]};

/** What `sysexits.h` calls EX_CONFIG; main ends with it when there are problems. */
export const configExitCode = 78;

/** Reads the environment. In embedded mode a missing secret key is made once and kept under the data directory. */
export async function loadConfig(env: Environment = process.env): Promise<Configured> {
  const problems: ConfigProblem[] = [];
  const refuse = (variable: string, problem: string, mend: string): undefined => {
    problems.push({variable, problem, mend});
  };
  const value = (name: string) => env[name]?.trim() || undefined;

  const databaseUrl = readDatabaseUrl(value('DATABASE_URL'), refuse);
  const dataDir = resolve(value('MUSTER_DATA_DIR') ?? 'data');
  const port = readPort(value('MUSTER_PORT') ?? '8080', refuse);
  const publicUrl = readOrigin(
    'MUSTER_PUBLIC_URL',
    value('MUSTER_PUBLIC_URL') ?? `http://localhost:${port ?? 8080}`,
    refuse,
  );
  const allowedPrivateHosts = readHosts(value('MUSTER_ALLOW_PRIVATE_HOSTS') ?? '', refuse);
  const supportUrl = readSupportUrl(value('MUSTER_SUPPORT_URL'), refuse);
  const secretKey = await readSecretKey(
    value('MUSTER_SECRET_KEY'),
    value('DATABASE_URL') ? undefined : dataDir,
    refuse,
  );

  if (problems.length > 0 || !secretKey || port === undefined || publicUrl === undefined) return {ok: false, problems};
  return {
    ok: true,
    config: Object.freeze({databaseUrl, dataDir, port, publicUrl, secretKey, allowedPrivateHosts, supportUrl}),
  };
}

/** All problems as lines for a terminal. */
export function describeProblems(problems: readonly ConfigProblem[]): string {
  return problems.map(({variable, problem, mend}) => `${variable}: ${problem}\n    ${mend}`).join('\n');
}

type Refuse = (variable: string, problem: string, mend: string) => undefined;

function readDatabaseUrl(text: string | undefined, refuse: Refuse): string | undefined {
  if (text === undefined) return undefined;
  if (URL.canParse(text) && ['postgres:', 'postgresql:'].includes(new URL(text).protocol)) return text;
  const mend =
    'Write postgres://user:password@host:5432/database, or leave it out to use the PostgreSQL Muster brings.';
  return refuse('DATABASE_URL', 'is not the address of a PostgreSQL database.', mend); // never quoted: it holds a password
}

function readPort(text: string, refuse: Refuse): number | undefined {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  return refuse('MUSTER_PORT', `"${text}" is not a port.`, 'Write a number from 1 to 65535, or 0 for any free one.');
}

function readOrigin(variable: string, text: string, refuse: Refuse): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && ['http:', 'https:'].includes(url.protocol) && url.href === `${url.origin}/`) return url.origin;
  return refuse(
    variable,
    `"${text}" is not the address of a site.`,
    'Write it like https://muster.example.com, without a path.',
  );
}

function readSupportUrl(text: string | undefined, refuse: Refuse): string | undefined {
  if (text === undefined) return undefined;
  if (URL.canParse(text) && ['http:', 'https:', 'mailto:'].includes(new URL(text).protocol)) return text;
  return refuse(
    'MUSTER_SUPPORT_URL',
    `"${text}" is not an address.`,
    'Write a web address, or mailto: and an e-mail address.',
  );
}

function readHosts(text: string, refuse: Refuse): readonly string[] {
  const hosts = text.split(/[\s,]+/).filter(Boolean);
  for (const host of hosts.filter(part => !isHost(part))) {
    const mend = 'Write host names, addresses or blocks like 10.0.0.0/8, separated by commas.';
    refuse('MUSTER_ALLOW_PRIVATE_HOSTS', `"${host}" is neither a host nor a block of addresses.`, mend);
  }
  return Object.freeze(hosts);
}

function isHost(text: string): boolean {
  const [address = '', length, ...rest] = text.split('/');
  const version = isIP(address);
  if (length === undefined) return version > 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(address);
  return version > 0 && rest.length === 0 && /^\d{1,3}$/.test(length) && Number(length) <= (version === 4 ? 32 : 128);
}

const makeKey = 'Make one with: openssl rand -base64 32';

async function readSecretKey(
  text: string | undefined,
  dir: string | undefined,
  refuse: Refuse,
): Promise<Buffer | undefined> {
  if (text !== undefined)
    return parseKey(text) ?? refuse('MUSTER_SECRET_KEY', 'is not 32 bytes in base64 or hex.', makeKey);
  if (dir === undefined) {
    return refuse(
      'MUSTER_SECRET_KEY',
      'is needed with DATABASE_URL.',
      `${makeKey}; keep it safe: secrets cannot be read without it.`,
    );
  }
  const file = join(dir, 'secret-key');
  try {
    await keepNewKey(dir, file);
    // An ordinary mode is refused, as ssh does: a backup restored carelessly must not go unnoticed.
    if (process.platform !== 'win32' && ((await stat(file)).mode & 0o077) !== 0) {
      return refuse('MUSTER_SECRET_KEY', `${file} can be read by other users.`, `Run: chmod 600 ${file}`);
    }
    const key = parseKey((await readFile(file, 'utf8')).trim());
    return key ?? refuse('MUSTER_SECRET_KEY', `${file} does not hold a key.`, 'Restore it from a backup.');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : 'unknown';
    const mend = 'Let the user that runs Muster write there, or name another directory.';
    return refuse('MUSTER_DATA_DIR', `${dir} cannot be used (${code}).`, mend);
  }
}

/** Puts a key there unless one is there: whole or not at all, and the first of several starting processes wins. */
async function keepNewKey(dir: string, file: string): Promise<void> {
  if (await stat(file).catch(() => undefined)) return;
  await mkdir(dir, {recursive: true, mode: 0o700});
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${randomBytes(32).toString('base64')}\n`, {mode: 0o600, flag: 'wx'});
  try {
    await link(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(draft, {force: true});
  }
}

function parseKey(text: string): Buffer | undefined {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  if (!/^[\w+/-]{43}=?$/.test(text)) return undefined;
  return Buffer.from(text, 'base64'); // takes the url alphabet too
}
