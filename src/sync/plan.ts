// plan: everything is decided, page by page, before anything is sent. A page is read, selected, mapped and matched, then
// written together with its progress in one transaction; so a crash repeats a page of which nothing was written.
// In a preview the decisions are the outcome; in a save those to be sent wait in open_events.
import type {Context} from '../connector/contract.ts';
import {inCompany} from '../db/transaction.ts';
import {countUnchanged, partData, planPage, promisedPage} from '../store/planning.ts';
import {saveProgress} from '../store/runs.ts';
import {readCurrent} from './current.ts';
import {addUp, countOf} from './decide.ts';
import type {Hub} from './hub.ts';
import {listDestination, lookUp} from './look.ts';
import {mapPage} from './map-page.ts';
import type {Preparation} from './prepare.ts';
import {goOn} from './read.ts';
import {writePlan} from './write-plan.ts';

const pageSize = 1000;
const beforeAllIds = '';

/**
 * Decides about every record of the run that is to be looked at. `context` reaches the destination, null where that
 * cannot be asked; `signal` aborts when the lease is lost or the process stops.
 */
export async function planRun(
  hub: Hub,
  prepared: Preparation,
  lease: string,
  signal: AbortSignal,
  context: Context | null,
): Promise<void> {
  const {companyId, run, plan} = prepared;
  const pageOf = plan.planId === null ? planPage : promisedPage;
  let after = run.resume?.plan ?? (await countTheUnchanged(hub, prepared, lease));
  const listed = context === null || (await listDestination(hub, prepared, context));
  for (;;) {
    signal.throwIfAborted();
    const page = await inCompany(hub.db, companyId, async tx => {
      const records = await pageOf(tx, plan, after, pageSize);
      return {
        records,
        parts: await partData(
          tx,
          records.map(record => record.id),
        ),
      };
    });
    const last = page.records.at(-1);
    if (!last) return;
    const place = last.promisedAt ?? last.id;
    const mapped = await mapPage(prepared, page.records, page.parts);
    if (!listed && context) {
      const unknown = mapped.filter(one => one.record.linkedTo === null && one.keys.length > 0);
      await lookUp(
        hub,
        prepared,
        context,
        unknown.map(one => one.mapped.values),
      );
    }
    const current = await readCurrent(hub, prepared, context, mapped);
    await inCompany(hub.db, companyId, async tx => {
      const add = await writePlan(tx, prepared, mapped, current);
      goOn(await saveProgress(tx, run.id, lease, {stage: 'plan', resume: {plan: place}, add}));
    });
    after = place;
  }
}

/** Whoever has the outcome of before is only counted: no row is read or written for them. Answers where planning begins. */
async function countTheUnchanged(hub: Hub, {companyId, run, plan}: Preparation, lease: string): Promise<string> {
  await inCompany(hub.db, companyId, async tx => {
    // Applied is what the plan showed, and nobody else is considered.
    const unchanged = plan.planId === null ? await countUnchanged(tx, plan) : [];
    const add = addUp(
      unchanged.map(({records, ...each}) => ({
        total: records,
        repeated: records,
        ...countOf(each.phase, 'none', each, records),
      })),
    );
    goOn(await saveProgress(tx, run.id, lease, {stage: 'plan', resume: {plan: beforeAllIds}, add}));
  });
  return beforeAllIds;
}
