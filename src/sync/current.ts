// What the destination has now in the records that a page may change: asked before it is decided, so that only what differs
// is written, the old value is shown beside the new one, and nobody's work there is overwritten unseen.
import type {Context} from '../connector/contract.ts';
import {inCompany} from '../db/transaction.ts';
import type {Values} from '../model/event.ts';
import {holdersOfKeys} from '../store/planning.ts';
import {changesOf} from './differ.ts';
import type {Hub} from './hub.ts';
import type {Mapped} from './map-page.ts';
import type {Preparation} from './prepare.ts';

/** By record id; those that could not be asked for, or need not be, are missing. */
export type Current = ReadonlyMap<string, Values>;

const nothing: Current = new Map();

/** Asks for whoever seems to differ from what was last written, and for whoever is there and was never written. */
export async function readCurrent(
  hub: Hub,
  prepared: Preparation,
  context: Context | null,
  page: readonly Mapped[],
): Promise<Current> {
  const {connector, resource} = prepared.destination;
  if (prepared.leg.mode === 'create' || context === null || !connector.get) return nothing;
  const targets = await targetsOf(hub, prepared, page);
  if (targets.size === 0) return nothing;
  const byId = new Map<string, Values>();
  for await (const {records} of connector.get(context, resource.name, [...new Set(targets.values())])) {
    for (const {id, data} of records) byId.set(id, data);
  }
  return new Map(
    [...targets].flatMap(([recordId, id]) => {
      const values = byId.get(id);
      return values ? [[recordId, values] as const] : [];
    }),
  );
}

/** The destination's id by record id. */
async function targetsOf(
  hub: Hub,
  prepared: Preparation,
  page: readonly Mapped[],
): Promise<ReadonlyMap<string, string>> {
  const targets = new Map<string, string>();
  const sound = page.filter(({record, mapped}) => !record.gone && !mapped.issues.some(({level}) => level === 'error'));
  for (const {record, mapped, scope} of sound) {
    if (record.linkedTo === null || !('included' in scope) || !scope.included) continue;
    const {values} = changesOf(mapped.values, record.confirmed, prepared.policies);
    if (record.inactive || Object.keys(values).length > 0) targets.set(record.id, record.linkedTo);
  }
  const unlinked = sound.filter(({record, keys}) => record.linkedTo === null && keys.length > 0);
  if (unlinked.length === 0) return targets;
  const hashes = unlinked.flatMap(({keys}) => keys.filter(({key}) => key.strength === 'sure').map(({hash}) => hash));
  const holders = await inCompany(hub.db, prepared.companyId, tx => holdersOfKeys(tx, prepared.plan, hashes));
  const byHash = new Map(holders.map(({hash, destinationId}) => [hash.toString('hex'), destinationId]));
  for (const {record, keys} of unlinked) {
    const id = keys.map(({hash}) => byHash.get(hash.toString('hex'))).find(found => found !== undefined);
    if (id !== undefined) targets.set(record.id, id);
  }
  return targets;
}
