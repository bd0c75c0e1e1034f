// Going on after a wait: the runs that waited for a connection are taken up again once it passes its check.
import {inCompany} from '../db/transaction.ts';
import {runsWaitingFor} from '../store/runs.ts';
import type {Hub} from './hub.ts';
import {enqueueRun} from './start-run.ts';

export async function resumeRuns(hub: Hub, companyId: string, connectionId: string): Promise<void> {
  await inCompany(hub.db, companyId, async tx => {
    for (const runId of await runsWaitingFor(tx, connectionId)) await enqueueRun(hub, tx, runId);
  });
}
