// deliver, for destinations that take files: all that the plan queued becomes one file, or as many as the connector
// makes of it. The file and the outcomes of its records are committed together; what a crash left half written is redone.
import type {FileRow} from '../connector/contract.ts';
import {inCompany} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import {type QueuedEvent, queuedPage} from '../store/events.ts';
import {completeFiles, deleteUnfinishedFiles} from '../store/files.ts';
import {settleEvents} from '../store/outcomes.ts';
import {addTotals, checkLease} from '../store/runs.ts';
import type {OpenContext} from './context.ts';
import {addUp, countOf, memoryOf, reason} from './decide.ts';
import type {Hub} from './hub.ts';
import type {Lease} from './lease.ts';
import type {Preparation} from './prepare.ts';
import {mine} from './read.ts';
import {storeFile} from './store-file.ts';

const pageSize = 1000;

export async function writeFiles(hub: Hub, prepared: Preparation, lease: Lease, context: OpenContext): Promise<void> {
  const {companyId, run, destination, syncName} = prepared;
  const {connector, resource} = destination;
  if (!connector.files)
    throw new MusterError('connector.cannot', {params: {connector: connector.manifest.name, what: 'write files'}});
  await inCompany(hub.db, companyId, tx => deleteUnfinishedFiles(tx, run.id));
  const [first] = await inCompany(hub.db, companyId, tx => queuedPage(tx, run.id, '', 1));
  if (!first) return;
  const names: string[] = [];
  const ids: string[] = [];
  const files = connector.files(context, rowsOf(hub, prepared), {syncName, resource, at: hub.clock.now()});
  for await (const file of files) {
    await lease.confirm();
    names.push(file.name);
    const {id} = await storeFile(hub, companyId, {
      connectionId: destination.connection.id,
      runId: run.id,
      direction: 'out',
      resource: resource.name,
      name: file.name,
      mediaType: file.mediaType,
      headers: null,
      createdBy: run.id,
      content: file.content,
      status: 'reading',
    });
    ids.push(id);
  }
  await inCompany(hub.db, companyId, async tx => {
    const state = await checkLease(tx, run.id, lease.id);
    mine(state !== 'lost');
    if (state === 'cancelled') return deleteUnfinishedFiles(tx, run.id);
    const why = reason('event.written_to_file', {file: names.join(', ')});
    let rows = 0;
    for (;;) {
      const page = await queuedPage(tx, run.id, '', pageSize);
      if (page.length === 0) break;
      rows += page.length;
      const end = {phase: 'complete' as const, status: 201, reason: why};
      const outcomes = page.map(({id, draw, externalId, issues}) => ({
        ...end,
        id,
        draw,
        issues,
        destinationId: externalId,
        durationMs: null,
        memory: memoryOf({...end, issues, settled: true}),
      }));
      await settleEvents(tx, prepared.plan.context, prepared.actor, outcomes);
      await addTotals(tx, run.id, addUp(outcomes.map(({memory}) => countOf('complete', 'created', memory))));
    }
    await completeFiles(tx, ids, rows);
  });
}

async function* rowsOf(hub: Hub, {companyId, run}: Preparation): AsyncIterable<FileRow> {
  let after = '';
  for (;;) {
    const from = after;
    const page: readonly QueuedEvent[] = await inCompany(hub.db, companyId, tx =>
      queuedPage(tx, run.id, from, pageSize),
    );
    for (const {recordId, values} of page) yield {recordId, values};
    const last = page.at(-1);
    if (!last) return;
    after = last.id;
  }
}
