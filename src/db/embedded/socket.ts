// Where the server's socket lies. Whoever can open it is the owner of all data, so its directory is closed to others;
// there is no port and no password.
import {createHash} from 'node:crypto';
import {chmod, lstat, mkdir, realpath} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {MusterError} from '../../errors.ts';

/** The longest path that fits into a socket address: 108 bytes on Linux and 104 on macOS, with a zero at the end. */
const longestPathBytes = process.platform === 'darwin' ? 103 : 107;

export const port = 5432;
const fileName = `.s.PGSQL.${port}`;

/**
 * The directory for a data directory's socket, made and closed (0700): `run` inside it, or where that is too long for a
 * socket `muster-<hash>` in the directory for temporary files. The same for every process that names the data directory.
 * @throws MusterError `database.start_failed` when somebody else has made that directory
 */
export async function openSocketDir(dataDir: string): Promise<string> {
  const directory = socketDirOf(await realpath(dataDir));
  await mkdir(directory, {recursive: true, mode: 0o700});
  const stats = await lstat(directory);
  if (!stats.isDirectory() || stats.uid !== process.getuid?.()) {
    const params = {reason: `${directory} belongs to somebody else`, log: dataDir};
    throw new MusterError('database.start_failed', {params});
  }
  await chmod(directory, 0o700);
  return directory;
}

/** @param dataDir absolute and without symbolic links */
export function socketDirOf(dataDir: string): string {
  const inside = join(dataDir, 'run');
  if (Buffer.byteLength(join(inside, fileName)) <= longestPathBytes) return inside;
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  return join(tmpdir(), `muster-${hash}`);
}
