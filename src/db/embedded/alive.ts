// Tells a live PostgreSQL from a number in a file: after a crash the number may be a zombie's or another program's, and
// PostgreSQL itself would wait for it for ever.
import {readFile, readlink, realpath, rename, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {runCommand} from './command.ts';

/** Whether there is a process with that id, be it a zombie. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // kill throws nothing else: there, and somebody else's
  }
}

/** Whether the process is a PostgreSQL at work on this cluster. In doubt yes. */
async function isPostgres(pid: number, cluster: string): Promise<boolean> {
  if (process.platform !== 'linux') {
    const {output} = await runCommand(['ps', '-o', 'stat=,comm=', '-p', String(pid)]);
    return /postgres/.test(output) && !output.trim().startsWith('Z');
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [, name, state] = /\((.*)\) (\S)/.exec(stat) ?? [];
  if (name !== 'postgres' || state === 'Z' || state === 'X') return false;
  const workingDirectory = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  return workingDirectory === undefined || workingDirectory === (await realpath(cluster));
}

export type Postmaster = {readonly pid: number; readonly socketDir: string};

/** The server at work on this cluster, as its lock file says and the system confirms. */
export async function livePostmaster(cluster: string): Promise<Postmaster | undefined> {
  const lines = await linesOf(join(cluster, 'postmaster.pid')); // id, cluster, start, port, socket directory, …
  const pid = processId(lines[0]);
  const socketDir = lines[4];
  return pid && socketDir && (await isPostgres(pid, cluster)) ? {pid, socketDir} : undefined;
}

/**
 * Removes lock files whose holder is no live server, where PostgreSQL would not dare to: the id exists, but as a zombie
 * or as something else. Files of ids that are gone it removes itself.
 */
export async function removeStaleLocks(cluster: string, socketDir: string): Promise<void> {
  for (const path of [join(cluster, 'postmaster.pid'), join(socketDir, '.s.PGSQL.5432.lock')]) {
    const pid = await lockHolder(path);
    if (pid === undefined || !isRunning(pid) || (await isPostgres(pid, cluster))) continue;
    await removeLock(path, pid);
  }
}

/** Takes the file away only if it is still the one looked at: another process may have started a server meanwhile. */
async function removeLock(path: string, pid: number): Promise<void> {
  const aside = `${path}.stale.${process.pid}`;
  try {
    await rename(path, aside);
    if ((await lockHolder(aside)) !== pid) await rename(aside, path);
    else await rm(aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error; // file calls throw these; gone is what we want
  }
}

async function lockHolder(path: string): Promise<number | undefined> {
  return processId((await linesOf(path))[0]);
}

async function linesOf(path: string): Promise<readonly string[]> {
  return (await readFile(path, 'utf8').catch(() => '')).split('\n');
}

function processId(line: string | undefined): number | undefined {
  const pid = Number(line);
  return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
}
