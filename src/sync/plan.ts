// plan: everything is decided, page by page, before anything is sent. A page is read, selected, mapped and matched, then
// written together with its progress in one transaction; so a crash repeats a page of which nothing was written.
// In a preview the decisions are the outcome; in a save those to be sent wait in open_events.
import type {Context} from '../connector/contract.ts';
import {inCompany} from '../db/transaction.ts';
import {countUnchanged, partData} from '../store/planning.ts';
import {saveProgress} from '../store/runs.ts';
import {readCurrent} from './current.ts';
import {addUp, countOf} from './decide.ts';
import type {Hub} from './hub.ts';
import {listDestination, lookUp} from './look.ts';
import {mapPage} from './map-page.ts';
import {nextPage} from './plan-pages.ts';
import type {Preparation} from './prepare.ts';
import {goOn} from './read.ts';
import {writePlan} from './write-plan.ts';

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
  let after = run.resume?.plan ?? (await countTheUnchanged(hub, prepared, lease));
  const listed = context === null || (await listDestination(hub, prepared, context));
  for (;;) {
    signal.throwIfAborted();
    const {page, parts} = await inCompany(hub.db, companyId, async tx => {
      const page = await nextPage(tx, plan, after);
      const ids = page?.records.map(record => record.id) ?? [];
      return {page, parts: await partData(tx, ids)};
    });
    if (!page) return;
    const mapped = await mapPage(prepared, page.records, parts);
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
      await page.decided(tx);
      goOn(await saveProgress(tx, run.id, lease, {stage: 'plan', resume: {plan: page.place}, add}));
    });
    after = page.place;
  }
}

/** Whoever has the outcome of before is only counted: no row is read or written for them. Answers where planning begins. */
async function countTheUnchanged(hub: Hub, {companyId, run, plan}: Preparation, lease: string): Promise<string> {
  await inCompany(hub.db, companyId, async tx => {
    // Where only some are considered, only these are counted.
    const unchanged = plan.planId === null && !plan.changes ? await countUnchanged(tx, plan) : [];
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
