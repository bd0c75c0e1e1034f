// safeguards: the whole plan is looked at before anything of it leaves. A plan over a limit is held until a person lets it
// go on, whole or for chosen records, or cancels it.
import {inCompany} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import {type OverLimit, overLimit} from '../model/safeguard.ts';
import {insertDeed} from '../store/audit.ts';
import {skipQueued} from '../store/outcomes.ts';
import {addTotals, findRun, releaseHeld, takeSyncOf} from '../store/runs.ts';
import {plannedChanges, usualChanges} from '../store/safeguards.ts';
import type {Hub} from './hub.ts';
import type {Preparation} from './prepare.ts';
import {enqueueRun} from './start-run.ts';

/** The limit that the run's plan is over, if any. */
export async function planOverLimit(hub: Hub, prepared: Preparation): Promise<OverLimit | undefined> {
  const {companyId, plan, run, safeguards} = prepared;
  return inCompany(hub.db, companyId, async tx => {
    const planned = await plannedChanges(tx, plan, run.save);
    const few = (count: number, limit: {readonly least: number} | null) => limit === null || count <= limit.least;
    if (few(planned.deactivations, safeguards.deactivations) && few(planned.creations, safeguards.creations)) return;
    return overLimit(safeguards, {...planned, ...(await usualChanges(tx, plan))});
  });
}

export type Release = {
  readonly companyId: string;
  readonly runId: string;
  readonly who: string;
  /** Record ids; the others are skipped. Left out, the whole plan. */
  readonly only?: readonly string[] | undefined;
};

/** Lets a held run go on with what it planned. @throws MusterError `request.not_found`, `run.not_held` */
export async function releaseRun(hub: Hub, {companyId, runId, who, only}: Release): Promise<void> {
  await inCompany(hub.db, companyId, async tx => {
    await takeSyncOf(tx, runId);
    if (!(await findRun(tx, runId))) throw new MusterError('request.not_found', {params: {what: 'run'}});
    if (!(await releaseHeld(tx, runId))) throw new MusterError('run.not_held');
    if (only) {
      const skipped = await skipQueued(tx, runId, {code: 'event.not_chosen', params: {}}, only);
      await addTotals(tx, runId, {skipped});
    }
    const detail = only ? {records: only.length} : {};
    await insertDeed(tx, {actor: who, action: 'run.released', subject: runId, detail});
    await enqueueRun(hub, tx, runId);
  });
}
