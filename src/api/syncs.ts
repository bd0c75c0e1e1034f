// Syncs: listed, made, shown with their whole mapping, changed and deleted.
import {inCompany} from '../db/transaction.ts';
import {lastRuns, type ShownRun} from '../store/run-pages.ts';
import {syncPage} from '../store/sync-pages.ts';
import {changeSync, defineSync} from '../sync/define-sync.ts';
import {describeSync} from '../sync/describe-sync.ts';
import type {Hub} from '../sync/hub.ts';
import {type LoadedSync, loadSync} from '../sync/load-sync.ts';
import {removeSync} from '../sync/remove-sync.ts';
import {presentCheckIssue, presentMappedField, presentSync} from './present-sync.ts';
import type {Endpoints} from './route.ts';

type Names = 'GET /syncs' | 'POST /syncs' | 'GET /syncs/{id}' | 'PATCH /syncs/{id}' | 'DELETE /syncs/{id}';

export const syncs: Endpoints<Names> = {
  'GET /syncs': async (hub, {actor, query}) => {
    const {page, runs} = await inCompany(hub.db, actor.companyId, async tx => {
      const page = await syncPage(tx, query);
      const ids = page.items.map(sync => sync.id);
      return {page, runs: await lastRuns(tx, ids)};
    });
    const runOf = new Map(runs.map(run => [run.syncId, run]));
    return {items: page.items.map(sync => presentSync(sync, runOf.get(sync.id))), next: page.next};
  },

  'POST /syncs': async (hub, {actor, body}) => {
    const sync = await defineSync(hub, actor.companyId, body, actor.id);
    return presentDetail(hub, actor.companyId, sync, undefined);
  },

  'GET /syncs/{id}': async (hub, {actor, params}) => {
    const {sync, run} = await syncAndRun(hub, actor.companyId, params.id);
    return presentDetail(hub, actor.companyId, sync, run);
  },

  'PATCH /syncs/{id}': async (hub, {actor, params, body}) => {
    await changeSync(hub, actor.companyId, params.id, body, actor.id);
    const {sync, run} = await syncAndRun(hub, actor.companyId, params.id);
    return presentDetail(hub, actor.companyId, sync, run);
  },

  'DELETE /syncs/{id}': async (hub, {actor, params}) => {
    await removeSync(hub, actor.companyId, params.id, actor.id);
    return undefined;
  },
};

function syncAndRun(hub: Hub, companyId: string, syncId: string) {
  return inCompany(hub.db, companyId, async tx => {
    const sync = await loadSync(tx, syncId);
    const [run] = await lastRuns(tx, [syncId]);
    return {sync, run};
  });
}

async function presentDetail(hub: Hub, companyId: string, sync: LoadedSync, run: ShownRun | undefined) {
  const {fields, issues} = await describeSync(hub, companyId, sync);
  return {...presentSync(sync, run), fields: fields.map(presentMappedField), issues: issues.map(presentCheckIssue)};
}
