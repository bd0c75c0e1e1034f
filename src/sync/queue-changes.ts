// Sending on change: a save queues the records that it changed for every sync that asks for it, in its own transaction. Saves
// that come before a run has begun are one run of the latest values.
import type {CompanyTx} from '../db/transaction.ts';
import {addChanges, hasQueuedChangeRun, lockSyncsOnChange} from '../store/changes.ts';
import type {Hub} from './hub.ts';
import {startRunIn} from './start-run.ts';

/** Whom history names for such a run. */
export const onChange = 'change';

/** Answers for how many records something is due now, over all syncs. */
export async function queueChanges(
  hub: Hub,
  tx: CompanyTx,
  connectionId: string,
  recordIds: readonly string[],
): Promise<number> {
  if (recordIds.length === 0) return 0;
  let queued = 0;
  for (const sync of await lockSyncsOnChange(tx, connectionId)) {
    const added = await addChanges(tx, sync, connectionId, recordIds);
    queued += added;
    if (added === 0 || (await hasQueuedChangeRun(tx, sync.id))) continue;
    await startRunIn(hub, tx, {syncId: sync.id, save: true, inputs: {changes: true}, startedBy: onChange});
  }
  return queued;
}
