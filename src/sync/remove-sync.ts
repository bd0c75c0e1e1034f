// Deletes a sync that nothing is under way for. Its definition and runs go with it; events stay, as history does.
import {inCompany} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import {insertDeed} from '../store/audit.ts';
import {deleteSync, hasOpenRun, lockSync} from '../store/syncs.ts';
import type {Hub} from './hub.ts';

/** @throws MusterError `sync.in_use` while a run is open, `request.not_found` */
export function removeSync(hub: Hub, companyId: string, syncId: string, who: string): Promise<void> {
  return inCompany(hub.db, companyId, async tx => {
    // A run refers to its version's row, which this holds: none can begin between the question and the deletion.
    await lockSync(tx, syncId);
    if (await hasOpenRun(tx, syncId)) throw new MusterError('sync.in_use');
    if (!(await deleteSync(tx, syncId))) throw new MusterError('request.not_found', {params: {what: 'sync'}});
    await insertDeed(tx, {actor: who, action: 'sync.deleted', subject: syncId});
  });
}
