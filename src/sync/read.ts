// read: pages of the source into records, each page and its resume point in one transaction, so that a crash repeats at
// most a page. Only a reading that reached the end says who is gone.
import {inCompany} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import {markGone, markUnseenGone, writeSeen} from '../store/records.ts';
import {saveProgress} from '../store/runs.ts';
import {openContext} from './context.ts';
import type {Hub} from './hub.ts';
import {isFitId} from './parts.ts';
import type {Preparation} from './prepare.ts';
import {stageRecords} from './stage.ts';

/** Reads the whole source, if it is one that is read: what is pushed is there already. */
export async function readSource(hub: Hub, prepared: Preparation, lease: string, signal: AbortSignal): Promise<void> {
  const {companyId, run, source} = prepared;
  const {connector, connection, resource} = source;
  const set = {connectionId: connection.id, resource: resource.name};
  const move = {stage: 'plan', resume: {}, add: {}} as const;
  if (!connector.read) {
    await inCompany(hub.db, companyId, async tx => goOn(await saveProgress(tx, run.id, lease, move)));
    return;
  }
  await using context = await openContext(hub, companyId, connection, {signal});
  const resume = run.resume?.read;
  let chunk = run.resume?.chunk ?? 0;
  let complete = false;
  for await (const page of connector.read(context, resource.name, resume === undefined ? {} : {resume})) {
    signal.throwIfAborted();
    complete = page.complete === true;
    chunk++;
    const records = page.records.filter(record => isFitId(record.id));
    await inCompany(hub.db, companyId, async tx => {
      const staged = await stageRecords(tx, {
        connectionId: connection.id,
        resource,
        resources: source.resources,
        records,
        absent: 'drop',
      });
      await writeSeen(tx, run.id, String(chunk), staged.recordIds);
      if (page.gone) await markGone(tx, set, page.gone);
      // A row that could not be made a record is one that failed.
      const unusable = page.issues?.filter(({level}) => level === 'error').length ?? 0;
      const bad = unusable + page.records.length - records.length;
      const add = {total: bad, failures: bad, errors: bad};
      goOn(await saveProgress(tx, run.id, lease, {stage: 'read', resume: {read: page.resume, chunk}, add}));
    });
  }
  await inCompany(hub.db, companyId, async tx => {
    if (complete) await markUnseenGone(tx, set, run.id);
    goOn(await saveProgress(tx, run.id, lease, move));
  });
}

/** @throws MusterError `lease.lost` or `run.cancelled` where the run may not go on */
export function goOn(saved: 'mine' | 'cancelled' | 'lost'): void {
  if (saved === 'cancelled') throw new MusterError('run.cancelled', {params: {who: ''}});
  mine(saved === 'mine');
}

/** @throws MusterError `lease.lost` unless the statement found the run to be still this worker's */
export function mine(saved: boolean): void {
  if (!saved) throw new MusterError('lease.lost');
}
