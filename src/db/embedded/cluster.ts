// Makes the cluster (PostgreSQL's word for its data directory), whole or not at all: initdb works in a directory of its
// own, which is then renamed, because a killed initdb leaves one that looks finished.
import {randomBytes} from 'node:crypto';
import {mkdir, open, readdir, rename, rm} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';
import {MusterError} from '../../errors.ts';
import {isRunning} from './alive.ts';
import {reasonOf, runCommand} from './command.ts';

export const ownerName = 'muster_owner';

export type ClusterMaking = {
  /** The prefix of commandPrefix and the path of initdb. */
  readonly initdb: readonly string[];
  /** Where the cluster is wanted. */
  readonly cluster: string;
  /** Written safely to disk, or for a test that throws it away. */
  readonly durability: 'durable' | 'ephemeral';
  readonly signal?: AbortSignal | undefined;
};

/**
 * Makes it, unless another process is first: then that one's stands. UTF-8 whatever the environment says, and letters
 * beyond ASCII count as letters (pg_trgm drops them when lc-ctype is C).
 * @throws MusterError `database.start_failed`
 */
export async function makeCluster({initdb, cluster, durability, signal}: ClusterMaking): Promise<void> {
  await mkdir(dirname(cluster), {recursive: true, mode: 0o700});
  await removeLeftovers(cluster);
  const draft = `${cluster}.${process.pid}-${randomBytes(4).toString('hex')}`;
  const flags = ['--auth=trust', '-E', 'UTF8', '--locale=C', '--lc-ctype=C.UTF-8'];
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const sync = durability === 'ephemeral' ? ['--no-sync'] : [];
  try {
    const made = await runCommand([...initdb, '-D', draft, '-U', ownerName, ...flags, ...locale, ...sync], {signal});
    if (!made.ok) {
      const params = {reason: reasonOf(made.output), log: dirname(cluster)};
      throw new MusterError('database.start_failed', {params, cause: new Error(made.output)});
    }
    await rename(draft, cluster).catch(ignoreTaken);
    if (durability === 'durable') await syncDirectory(dirname(cluster));
  } finally {
    await rm(draft, {recursive: true, force: true});
  }
}

/** Drafts of processes that were killed in the middle. What cannot be removed now goes at the next first start. */
async function removeLeftovers(cluster: string): Promise<void> {
  const [parent, prefix] = [dirname(cluster), `${basename(cluster)}.`];
  const drafts = (await readdir(parent)).filter(
    name => name.startsWith(prefix) && /^\d+-[0-9a-f]+$/.test(name.slice(prefix.length)),
  );
  const dead = drafts.filter(name => !isRunning(Number.parseInt(name.slice(prefix.length), 10)));
  await Promise.allSettled(dead.map(name => rm(join(parent, name), {recursive: true, force: true})));
}

function ignoreTaken(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
}

/** Makes the rename itself survive a power cut; otherwise an empty cluster could take the place of a full one. */
async function syncDirectory(path: string): Promise<void> {
  await using directory = await open(path, 'r');
  await directory.sync();
}
