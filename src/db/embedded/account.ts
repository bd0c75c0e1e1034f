// PostgreSQL refuses to run as root. An ordinary user starts it directly; root starts it as "nobody", so that it keeps
// nothing of root but the files it is given, and no account is added to the machine.
import {stat} from 'node:fs/promises';
import {runCommand} from './command.ts';

const nobody = 65534;

/** Root's files, seen by the server as its own, and no capability at all: works under a 0700 directory, copies nothing. */
const namespaced = ['unshare', '--user', `--map-user=${nobody}`, `--map-group=${nobody}`];

/**
 * Where user namespaces are off (Docker's default seccomp profile): really uid 65534, with the one right to pass
 * directories of others. Without no_setuid_fixup the right would not count in access().
 */
const switched = [
  ...['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', '--securebits=+no_setuid_fixup'],
  ...['--inh-caps=-all,+dac_override', '--ambient-caps=-all,+dac_override'],
];

/**
 * What to put before each of PostgreSQL's commands; empty for an ordinary user. A cluster stays with the way it was made
 * by, as its files belong to that user.
 * @param cluster the cluster's directory, which need not exist yet
 */
export async function commandPrefix(cluster: string): Promise<readonly string[]> {
  if (process.getuid?.() !== 0) return [];
  const owner = await stat(cluster).then(
    stats => stats.uid,
    () => undefined,
  );
  if (owner === nobody) return switched;
  if (owner === 0) return namespaced;
  return (await runCommand([...namespaced, 'true'])).ok ? namespaced : switched;
}
