// Where an embedded server lives: everything that is known before it is started, the same for each process that names
// the same data directory.
import {mkdir, realpath} from 'node:fs/promises';
import {join} from 'node:path';
import {type Binaries, findBinaries} from './binaries.ts';
import {ownerName} from './cluster.ts';
import {openSocketDir, port} from './socket.ts';

/** How `pg` reaches the server: `host` is the directory of a socket that only this user can open. */
export type EmbeddedConnection = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
};

/** Safe against power cuts, or a test's that is thrown away. */
export type Durability = 'durable' | 'ephemeral';

export type Place = {
  readonly cluster: string;
  readonly logFile: string;
  readonly connection: EmbeddedConnection;
  readonly binaries: Binaries;
  readonly durability: Durability;
};

/** @throws MusterError `database.platform_unsupported`, `database.start_failed` */
export async function preparePlace(wantedDir: string, durability: Durability): Promise<Place> {
  const binaries = await findBinaries();
  await mkdir(wantedDir, {recursive: true, mode: 0o700});
  const dataDir = await realpath(wantedDir);
  const connection = {host: await openSocketDir(dataDir), port, user: ownerName, database: 'muster'};
  return {cluster: join(dataDir, 'pg'), logFile: join(dataDir, 'postgres.log'), connection, binaries, durability};
}
