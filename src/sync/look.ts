// Looking at the destination before anything is decided: who is there already, by their keys. Few records are looked up
// one by one; for many the whole destination is listed once. What is learned are keyed hashes, not people.
import type {Context, Found} from '../connector/contract.ts';
import {inCompany} from '../db/transaction.ts';
import type {Values} from '../model/event.ts';
import {countChanges} from '../store/changes.ts';
import {completeLook, countUnlinked, lastLook, learnIdentifiers} from '../store/planning.ts';
import type {Hub} from './hub.ts';
import {keyHashes, lookUps} from './keys.ts';
import type {Preparation} from './prepare.ts';

/** A preview may lean on a listing of the destination that is not older than this. */
const previewLookSeconds = 600;

/**
 * Lists the whole destination if that is cheaper than looking up everybody who is not linked yet. Answers whether it is
 * known now; if not, `lookUp` each page.
 */
export async function listDestination(hub: Hub, prepared: Preparation, context: Context): Promise<boolean> {
  const {companyId, destination, plan, run} = prepared;
  const {connector, resource, connection} = destination;
  if (!connector.snapshot) return false;
  const set = {connectionId: connection.id, resource: resource.name};
  const {unlinked, last} = await inCompany(hub.db, companyId, async tx => ({
    unlinked: plan.changes ? await countChanges(tx, plan.syncId) : await countUnlinked(tx, plan),
    last: await lastLook(tx, set),
  }));
  if (unlinked === 0) return true;
  if (!run.save && last && last.ageSeconds < previewLookSeconds) return true;
  if (connector.find && unlinked < (resource.limits.snapshotFrom ?? 1)) return false;
  const startedAt = performance.now();
  let complete = false;
  for await (const page of connector.snapshot(context, resource.name)) {
    context.signal.throwIfAborted();
    complete = page.complete === true;
    await learn(hub, prepared, page.records);
  }
  const tookSeconds = (performance.now() - startedAt) / 1000;
  if (complete) await inCompany(hub.db, companyId, tx => completeLook(tx, set, tookSeconds));
  return complete;
}

/** Looks these up in the destination, those of them that have a key. */
export async function lookUp(
  hub: Hub,
  prepared: Preparation,
  context: Context,
  values: readonly Values[],
): Promise<void> {
  const {connector, resource} = prepared.destination;
  const asked = values.flatMap(each => lookUps(prepared, each));
  if (!connector.find || asked.length === 0) return;
  const found = await connector.find(context, resource.name, asked);
  await learn(
    hub,
    prepared,
    found.flatMap((records, at) =>
      records.map(record => ({...record, values: record.values ?? asked[at]?.values ?? {}})),
    ),
  );
}

async function learn(hub: Hub, prepared: Preparation, records: readonly Found[]): Promise<void> {
  const {companyId, destination} = prepared;
  const set = {connectionId: destination.connection.id, resource: destination.resource.name};
  const rows = records.flatMap(({id, values}) =>
    keyHashes(prepared, values ?? {}).map(({hash}) => ({hash, externalId: id})),
  );
  if (rows.length > 0) await inCompany(hub.db, companyId, tx => learnIdentifiers(tx, set, rows));
}
