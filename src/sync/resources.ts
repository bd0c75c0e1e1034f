// What a connection reads and writes: its connector's resources, with this tenant's own fields where it has such.
import type {Connector} from '../connector/contract.ts';
import {MusterError} from '../errors.ts';
import type {Resource} from '../model/resource.ts';
import type {ConnectionRow} from '../store/connections.ts';
import {openContext} from './context.ts';
import type {Hub} from './hub.ts';

/** @throws MusterError `connector.unknown` where this installation no longer has it */
export function connectorOf(hub: Pick<Hub, 'connectors'>, connection: Pick<ConnectionRow, 'connector'>): Connector {
  const connector = hub.connectors.get(connection.connector);
  if (connector) return connector;
  const known = [...hub.connectors.keys()].join(', ');
  throw new MusterError('connector.unknown', {params: {name: connection.connector, known}});
}

/** A system that takes longer than this to say what fields it has is not waited for. */
const describeTimeoutMs = 20_000;

/**
 * Never inside a transaction: some connectors ask their system, or read their latest file, to find out.
 * @throws MusterError whatever keeps such a one from saying so
 */
export async function resourcesOf(
  hub: Hub,
  companyId: string,
  connection: ConnectionRow,
): Promise<readonly Resource[]> {
  const connector = connectorOf(hub, connection);
  if (!connector.describe) return connector.manifest.resources;
  const signal = AbortSignal.timeout(describeTimeoutMs);
  await using context = await openContext(hub, companyId, connection, {signal});
  return await connector.describe(context);
}

/** One of them by name; undefined where there is none. */
export async function resourceOf(
  hub: Hub,
  companyId: string,
  connection: ConnectionRow,
  name: string,
): Promise<Resource | undefined> {
  const resources = await resourcesOf(hub, companyId, connection);
  return resources.find(resource => resource.name === name);
}
