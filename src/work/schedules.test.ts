import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {sql} from 'kysely';
import {type TestHub, testHub} from '../../test/support/hub.ts';
import type {CompanyTx} from '../db/transaction.ts';
import {type RunFilter, runPage} from '../store/run-pages.ts';
import {endRun, leaseRun} from '../store/runs.ts';
import {findSchedule} from '../store/schedules.ts';
import {changeSchedule, defineSchedule, removeSchedule, type ScheduleInput} from '../sync/define-schedule.ts';
import {fireSchedule} from '../sync/fire-schedule.ts';
import {startRun} from '../sync/start-run.ts';
import {fireDueSchedules, ScheduleWatch} from './schedules.ts';

let world: TestHub;
let destinationId: string;
before(async () => {
  world = await testHub({workers: false});
  destinationId = await world.connect('file');
});
after(() => world[Symbol.asyncDispose]());

const dayMs = 24 * 3_600_000;
const later = (at: Date, ms: number) => new Date(at.getTime() + ms);

/** A schedule of a sync of its own, and its first slot. */
async function scheduled(given: Partial<ScheduleInput> = {}) {
  const {hub, companyId} = world;
  const syncId = given.syncId ?? (await world.sync(destinationId, 'row'));
  const content = {name: 'Every day 07:00', cron: '0 7 * * *', zone: 'Pacific/Auckland', save: true, inputs: {}};
  const {id, nextAt} = await defineSchedule(hub, companyId, {...content, enabled: true, ...given, syncId}, 'usr_test');
  return {id, syncId, slot: nextAt ?? assert.fail('it is not paused')};
}

const runsOf = async (filter: RunFilter) => (await world.within(tx => runPage(tx, filter, {limit: 200}))).items;
const known = async (id: string) => (await world.within(tx => findSchedule(tx, id))) ?? assert.fail('it is gone');

test('of several processes that look at the same moment one starts the run, once', async () => {
  const {id, syncId, slot} = await scheduled();
  await Promise.all([1, 2, 3, 4].map(() => fireDueSchedules(world.hub, slot)));
  await fireDueSchedules(world.hub, slot);
  const [run, ...others] = await runsOf({syncId});
  assert.deepEqual(others, []);
  assert.deepEqual([run?.startedBy, run?.status, run?.save], ['Schedule: Every day 07:00', 'queued', true]);
  assert.deepEqual((await known(id)).nextAt, later(slot, dayMs));
});

test('nothing starts before its slot', async () => {
  const {syncId, slot} = await scheduled();
  await fireDueSchedules(world.hub, later(slot, -1));
  assert.deepEqual(await runsOf({syncId}), []);
});

test('slots that nobody was there for are made up for by one run, which says when it was due', async () => {
  const {id, syncId, slot} = await scheduled({zone: 'UTC'});
  const back = later(slot, 3 * dayMs + 3_600_000);
  await fireDueSchedules(world.hub, back);
  await fireDueSchedules(world.hub, back);
  const due = `${slot.toISOString().slice(0, 10)} 07:00`;
  assert.deepEqual(
    (await runsOf({syncId})).map(run => run.startedBy),
    [`Schedule: Every day 07:00 (late, was due ${due})`],
  );
  assert.deepEqual((await known(id)).nextAt, later(slot, 4 * dayMs));
});

test('one that is paused starts nothing, and makes up for nothing when it goes on', async () => {
  const {hub, companyId} = world;
  const {id, syncId, slot} = await scheduled();
  await changeSchedule(hub, companyId, id, {enabled: false}, 'usr_test');
  await fireDueSchedules(hub, later(slot, 9 * dayMs));
  assert.equal(await fireSchedule(hub, companyId, id, later(slot, dayMs)), 'none');
  const {nextAt} = await changeSchedule(hub, companyId, id, {enabled: true}, 'usr_test');
  assert.deepEqual([nextAt, await runsOf({syncId})], [slot, []]);
});

test('another expression or zone is due by itself, another name changes nothing of that', async () => {
  const {hub, companyId} = world;
  const {id, slot} = await scheduled({zone: 'UTC'});
  const named = await changeSchedule(hub, companyId, id, {name: 'Early'}, 'usr_test');
  assert.deepEqual(named.nextAt, slot);
  const moved = await changeSchedule(hub, companyId, id, {cron: '30  7 * * *'}, 'usr_test');
  assert.deepEqual([moved.cron, moved.nextAt?.toISOString().slice(11, 16)], ['30 7 * * *', '07:30']);
});

test('a slot waits behind a run that is at work; the one after it finds it there, and says so on the schedule', async () => {
  const {hub, companyId} = world;
  const {id, syncId, slot} = await scheduled();
  const byHand = await startRun(hub, companyId, {syncId, save: true, inputs: {}, startedBy: 'usr_test'});
  await world.within(tx => leaseRun(tx, byHand.id, 'a worker'));

  assert.equal(await fireSchedule(hub, companyId, id, slot), 'started');
  assert.equal(await fireSchedule(hub, companyId, id, later(slot, dayMs)), 'skipped');
  const [waiting, ...rest] = await runsOf({syncId});
  assert.deepEqual([waiting?.status, rest.map(run => run.id)], ['queued', [byHand.id]]);
  const {lastSkippedAt, skippedCode, nextAt} = await known(id);
  assert.deepEqual(
    [lastSkippedAt, skippedCode, nextAt],
    [later(slot, dayMs), 'schedule.skipped_waiting', later(slot, 2 * dayMs)],
  );

  await world.within(tx => endRun(tx, byHand.id, {status: 'complete'}));
  await world.within(tx => leaseRun(tx, waiting?.id ?? '', 'a worker'));
  assert.equal(await fireSchedule(hub, companyId, id, later(slot, 2 * dayMs)), 'started', 'it is at work, not waiting');
});

test('previews of a schedule do not pile up either', async () => {
  const {hub, companyId} = world;
  const {id, syncId, slot} = await scheduled({save: false, inputs: {only: ['A-1']}});
  assert.equal(await fireSchedule(hub, companyId, id, slot), 'started');
  assert.equal(await fireSchedule(hub, companyId, id, later(slot, dayMs)), 'skipped');
  assert.equal((await runsOf({syncId})).length, 1);
  const {rows} = await world.within(tx =>
    sql`select save, inputs from runs where company_id = ${tx.companyId} and sync_id = ${syncId}`.execute(tx),
  );
  assert.deepEqual(rows, [{save: false, inputs: {only: ['A-1']}}]);
});

test('a slot that had its run has no other, also after the clock was put back', async () => {
  const {hub, companyId} = world;
  const {id, syncId, slot} = await scheduled();
  await fireSchedule(hub, companyId, id, slot);
  await world.within(tx => setBack(tx, id, slot));
  assert.equal(await fireSchedule(hub, companyId, id, slot), 'none');
  assert.equal((await runsOf({syncId})).length, 1);
  assert.deepEqual((await known(id)).nextAt, later(slot, dayMs));
});

test('one that cannot be started keeps no other from its turn, and comes again', async () => {
  const {hub} = world;
  const broken = await scheduled({cron: '0 6 * * *'});
  const whole = await scheduled();
  await world.within(tx =>
    sql`update schedules set cron = 'never at all' where company_id = ${tx.companyId} and id = ${broken.id}`.execute(
      tx,
    ),
  );
  const at = later(whole.slot, dayMs);
  await fireDueSchedules(hub, at);
  assert.equal((await runsOf({syncId: whole.syncId})).length, 1);
  assert.deepEqual((await known(broken.id)).nextAt, broken.slot);
  await removeSchedule(hub, world.companyId, broken.id, 'usr_test');
});

test('a deleted schedule leaves its runs with its name, a deleted sync takes its schedules along', async () => {
  const {hub, companyId} = world;
  const {id, syncId, slot} = await scheduled();
  const {id: other} = await scheduled({syncId});
  await fireSchedule(hub, companyId, id, slot);
  await removeSchedule(hub, companyId, id, 'usr_test');
  const [run] = await runsOf({syncId});
  assert.equal(run?.startedBy, 'Schedule: Every day 07:00');
  await world.within(tx => sql`delete from syncs where company_id = ${tx.companyId} and id = ${syncId}`.execute(tx));
  assert.equal(await world.within(tx => findSchedule(tx, other)), undefined);
  assert.equal(await fireSchedule(hub, companyId, other, slot), 'none');
});

test('what watches looks again and again, also after a look that failed, until it is stopped', async () => {
  const {syncId, id, slot} = await scheduled();
  // Due by the database's own clock, which nobody passes in.
  await world.within(tx => setBack(tx, id, new Date(Date.now() - 1000)));
  const looked: PromiseWithResolvers<void>[] = [1, 2, 3].map(() => Promise.withResolvers<void>());
  const goOn = looked.map(() => Promise.withResolvers<void>());
  let looks = 0;
  const wait = async (_ms: number, signal?: AbortSignal) => {
    const at = looks++;
    looked[at]?.resolve();
    const stopped = new Promise<void>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    await Promise.race([goOn[at]?.promise, stopped]);
  };
  let isAway = true;
  const {hub} = world;
  const db = new Proxy(hub.db, {
    get: (target, name) => {
      if (name === 'acquire' && isAway) throw new Error('away');
      const value = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  {
    await using _watch = new ScheduleWatch({...hub, db, clock: {...hub.clock, wait}});
    await looked[0]?.promise;
    assert.deepEqual(await runsOf({syncId}), []);
    isAway = false;
    goOn[0]?.resolve();
    await looked[1]?.promise;
    assert.equal((await runsOf({syncId})).length, 1);
  }
  assert.equal(looks, 2);
  assert.ok((await known(id)).nextAt?.getTime() === slot.getTime(), 'on to its next real slot');
});

async function setBack(tx: CompanyTx, id: string, at: Date): Promise<void> {
  await sql`
    update schedules set next_at = ${at}::timestamptz
    where company_id = ${tx.companyId} and id = ${id}`.execute(tx);
}
