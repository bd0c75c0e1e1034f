// A sync as the engine and the pages use it: its definition at one version, and both connections as they are now.

import type {CompanyTx} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import type {SyncDefinition} from '../model/leg.ts';
import {type ConnectionRow, findConnection} from '../store/connections.ts';
import {findSync} from '../store/syncs.ts';

export type LoadedSync = {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly definition: SyncDefinition;
  readonly createdAt: Date;
  readonly source: ConnectionRow;
  readonly destination: ConnectionRow;
};

/**
 * At its current version where none is named.
 * @throws MusterError `request.not_found`
 */
export async function loadSync(tx: CompanyTx, syncId: string, version?: number): Promise<LoadedSync> {
  const row = await findSync(tx, syncId, version);
  if (!row) throw new MusterError('request.not_found', {params: {what: 'sync'}});
  const source = await findConnection(tx, row.sourceConnectionId);
  const destination = await findConnection(tx, row.destinationConnectionId);
  // Foreign keys hold both.
  if (!source || !destination) throw new MusterError('bug.unexpected');
  const {id, name, definition, createdAt} = row;
  return {id, name, version: row.version, definition, createdAt, source, destination};
}
