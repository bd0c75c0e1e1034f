// Who a run is to decide about, a page at a time: everybody who may have another outcome than last time, whoever changed, or
// what a preview showed. What a page takes out of a waiting line is taken when its decisions are written.
import type {CompanyTx} from '../db/transaction.ts';
import {changePage, removeChanges} from '../store/changes.ts';
import {changedRecords, type PlanRecord, type PlanScope, planPage, promisedPage} from '../store/planning.ts';

export type PlanPage = {
  readonly records: readonly PlanRecord[];
  /** Where the next page begins. */
  readonly place: string;
  /** Done in the transaction that writes what was decided. */
  decided(tx: CompanyTx): Promise<void>;
};

const pageSize = 1000;
const nothing = async () => {};

/** Undefined at the end. */
export async function nextPage(tx: CompanyTx, plan: PlanScope, after: string): Promise<PlanPage | undefined> {
  if (plan.changes) {
    const changes = await changePage(tx, plan.syncId, pageSize);
    if (changes.length === 0) return undefined;
    const ids = changes.map(({recordId}) => recordId);
    const decided = (deciding: CompanyTx) => removeChanges(deciding, plan.syncId, changes);
    return {records: await changedRecords(tx, plan, ids), place: after, decided};
  }
  const pageOf = plan.planId === null ? planPage : promisedPage;
  const records = await pageOf(tx, plan, after, pageSize);
  const last = records.at(-1);
  return last && {records, place: last.promisedAt ?? last.id, decided: nothing};
}
