// run SYNC: starts a run, or a preview, and follows it. Works on it itself unless a hub is there that does.

import type {Run} from '../api/contract/run.ts';
import {presentRun} from '../api/present-run.ts';
import type {Config} from '../config.ts';
import {asOwner, inCompany} from '../db/transaction.ts';
import type {Log} from '../log.ts';
import {type StartedHub, startHub} from '../start.ts';
import {findShownRun} from '../store/run-pages.ts';
import {findSyncsNamed} from '../store/syncs.ts';
import {startRun} from '../sync/start-run.ts';
import {runLine} from './run-line.ts';
import {stopSignal} from './serve.ts';
import {answer, progressLine, say} from './terminal.ts';

export type RunOptions = {
  readonly save?: boolean;
  readonly only?: string;
  readonly watch?: boolean;
  readonly json?: boolean;
  readonly company?: string;
};

/** Answers the exit code: 0 when everything went well, 1 when something did not, 2 when there is no such sync. */
export async function run(config: Config, log: Log, wanted: string, options: RunOptions): Promise<number> {
  await using started = await startHub(config, log);
  const {hub, adopted} = started;
  const found = await asOwner(hub.db, tx => findSyncsNamed(tx, wanted, options.company));
  const [sync] = found;
  if (!sync || found.length > 1) {
    const names = found.map(({companyName}) => companyName).join(', ');
    say(
      sync
        ? `Several companies have a sync ${wanted}: ${names}. Say which with --company.`
        : `There is no sync ${wanted}.`,
    );
    return 2;
  }
  const only = options.only
    ?.split(',')
    .map(id => id.trim())
    .filter(Boolean);
  const {id} = await startRun(hub, sync.companyId, {
    syncId: sync.id,
    save: options.save === true,
    inputs: only ? {only} : {},
    startedBy: 'command line',
  });
  const elsewhere = adopted || config.databaseUrl !== undefined;
  if (elsewhere && !options.watch) {
    answer(options.json ? JSON.stringify({id}) : `Queued as ${id}; --watch follows it.`);
    return 0;
  }
  if (!elsewhere) await started.work();
  const stop = stopSignal();
  const over = await followRun(started, sync.companyId, id, stop).catch(error => {
    if (!stop.aborted) throw error;
    return undefined;
  });
  if (!over) {
    say(`No longer following ${id}; it goes on as soon as a worker is there.`);
    return 1;
  }
  answer(options.json ? JSON.stringify(over, null, 2) : runLine(over));
  return over.status === 'complete' && over.result === 'successful' ? 0 : 1;
}

/** Shows progress until the run is over; rejects when `stop` aborts. The run itself goes on wherever a worker has it. */
export async function followRun({hub}: StartedHub, companyId: string, runId: string, stop: AbortSignal): Promise<Run> {
  const line = progressLine();
  for (;;) {
    const row = await inCompany(hub.db, companyId, tx => findShownRun(tx, runId));
    if (!row) throw new Error('the run was deleted');
    const seen = presentRun(row) as Run; // Frozen<Run> only forbids writing to it
    line.show(runLine(seen));
    if (seen.finishedAt !== null) {
      line.end();
      return seen;
    }
    await hub.clock.wait(200, stop);
  }
}
