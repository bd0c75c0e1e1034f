import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {sql} from 'kysely';
import {finishRun, seedSync} from '../../test/support/seed.ts';
import {testWorld, type World} from '../../test/support/world.ts';
import {fireSchedule} from '../sync/fire-schedule.ts';

let world: World;
let syncId: string;
let scheduleId: string;
before(async () => {
  world = await testWorld();
  ({syncId} = await seedSync(world));
  ({id: scheduleId} = await world.answer('POST /schedules', {json: given()}));
});
after(() => world[Symbol.asyncDispose]());

const given = (more: object = {}) => ({
  name: 'Every weekday 07:00',
  sync: syncId,
  cron: '0 7 * * 1-5',
  zone: 'Pacific/Auckland',
  save: true,
  ...more,
});
const all = [
  'GET /schedules',
  'POST /schedules',
  'GET /schedules/{id}',
  'PATCH /schedules/{id}',
  'DELETE /schedules/{id}',
  'POST /schedules/checks',
] as const;

test('refuses without sign-in', async () => {
  for (const name of all)
    assert.equal((await world.refusal(name, {as: 'nobody', params: {id: scheduleId}})).status, 401);
});

test("refuses another company's id, as schedule and as sync of one", async () => {
  const params = {id: scheduleId};
  assert.equal((await world.refusal('GET /schedules/{id}', {as: 'stranger', params})).status, 404);
  const json = {enabled: false};
  assert.equal((await world.refusal('PATCH /schedules/{id}', {as: 'stranger', params, json})).status, 404);
  assert.equal((await world.refusal('DELETE /schedules/{id}', {as: 'stranger', params})).status, 404);
  const refusal = await world.refusal('POST /schedules', {as: 'stranger', json: given()});
  assert.deepEqual([refusal.status, refusal.code], [404, 'request.not_found']);
  assert.equal((await world.answer('GET /schedules', {as: 'stranger', query: {sync: syncId}})).items.length, 0);
});

test('a viewer looks but does not change', async () => {
  const params = {id: scheduleId};
  assert.equal((await world.answer('GET /schedules/{id}', {as: 'viewer', params})).name, 'Every weekday 07:00');
  assert.equal((await world.refusal('POST /schedules', {as: 'viewer', json: given()})).status, 403);
  assert.equal((await world.refusal('PATCH /schedules/{id}', {as: 'operator', params, json: {name: 'X'}})).status, 403);
  assert.equal((await world.refusal('DELETE /schedules/{id}', {as: 'viewer', params})).status, 403);
});

test('shows what it starts and the next three times, in the list as alone', async () => {
  const one = await world.answer('GET /schedules/{id}', {params: {id: scheduleId}});
  const {items} = await world.answer('GET /schedules', {query: {sync: syncId}});
  assert.deepEqual(items, [one]);
  const {nextRuns, createdAt: _, ...rest} = one;
  assert.deepEqual(rest, {
    id: scheduleId,
    name: 'Every weekday 07:00',
    sync: syncId,
    syncName: 'Applications to Hectre',
    cron: '0 7 * * 1-5',
    zone: 'Pacific/Auckland',
    save: true,
    inputs: {},
    enabled: true,
    lastRun: null,
    lastSkipped: null,
  });
  const clock = new Intl.DateTimeFormat('en-GB', {timeZone: 'Pacific/Auckland', timeStyle: 'short'});
  assert.deepEqual(
    nextRuns.map(at => clock.format(new Date(at))),
    ['07:00', '07:00', '07:00'],
  );
  assert.deepEqual(nextRuns, nextRuns.toSorted());
  assert.ok(Date.parse(nextRuns[0] ?? '') > Date.now());
});

test('says of an expression and a zone what is wrong, with an example', async () => {
  const messages = async (change: object) => {
    const refusal = await world.refusal('POST /schedules', {json: given(change)});
    assert.deepEqual([refusal.status, refusal.code], [400, 'request.invalid']);
    return refusal.issues.map(issue => [issue.field, issue.message]);
  };
  assert.deepEqual(await messages({cron: 'every morning'}), [
    ['cron', 'cron needs five parts: minute, hour, day of the month, month and weekday, such as 0 7 * * 1-5.'],
  ]);
  assert.deepEqual(await messages({cron: '0 25 * * *', zone: 'Auckland'}), [
    ['cron', 'cron: the hour must be 0 to 23; 0 7 * * 1-5 is weekdays at 07:00.'],
    ['zone', 'zone must be the name of a time zone, such as Pacific/Auckland or Europe/Berlin.'],
  ]);
  assert.deepEqual(await messages({cron: '0 7 31 2 *'}), [
    ['cron', 'cron names a day that no month has; the last day of each month is 0 7 L * *.'],
  ]);
  const change = {params: {id: scheduleId}, json: {cron: '60 7 * * *'}};
  assert.equal((await world.refusal('PATCH /schedules/{id}', change)).issues[0]?.code, 'field.cron_part');
});

test('an expression is tried before it is saved', async () => {
  const good = await world.answer('POST /schedules/checks', {as: 'viewer', json: {cron: '0 7 1 * *', zone: 'UTC'}});
  assert.deepEqual(good.issues, []);
  assert.deepEqual(
    good.nextRuns.map(at => at.slice(7)),
    ['-01T07:00:00.000Z', '-01T07:00:00.000Z', '-01T07:00:00.000Z'],
  );
  const bad = await world.answer('POST /schedules/checks', {as: 'viewer', json: {cron: '0 7 1 13 *', zone: 'UTC'}});
  assert.deepEqual([bad.nextRuns, bad.issues.map(issue => issue.field)], [[], ['cron']]);
});

test('a request sent again with its key makes one schedule', async () => {
  const question = {json: given({name: 'Once'}), headers: {'idempotency-key': 'schedule-1'}};
  const [first, again] = [
    await world.answer('POST /schedules', question),
    await world.answer('POST /schedules', question),
  ];
  assert.deepEqual(again, first);
  const {items} = await world.answer('GET /schedules');
  assert.equal(items.filter(item => item.name === 'Once').length, 1);
});

test('people are named or, with an empty list, everybody is meant', async () => {
  const named = await world.answer('POST /schedules', {json: given({inputs: {only: ['A-1'], note: 'x'}})});
  assert.deepEqual(named.inputs, {only: ['A-1'], note: 'x'});
  const params = {id: named.id};
  const everybody = await world.answer('PATCH /schedules/{id}', {params, json: {inputs: {only: []}}});
  assert.deepEqual(everybody.inputs, {});
});

test('is paused and goes on', async () => {
  const params = {id: scheduleId};
  const paused = await world.answer('PATCH /schedules/{id}', {params, json: {enabled: false}});
  assert.deepEqual([paused.enabled, paused.nextRuns], [false, []]);
  const resumed = await world.answer('PATCH /schedules/{id}', {params, json: {enabled: true}});
  assert.deepEqual([resumed.enabled, resumed.nextRuns.length], [true, 3]);
});

test('shows its last run, and in words why a start was left out', async () => {
  const {id, nextRuns} = await world.answer('POST /schedules', {json: given({cron: '0 * * * *', save: false})});
  const at = nextRuns.map(slot => new Date(slot));
  const {hub, companyId} = world.api;
  for (const slot of at) await fireSchedule(hub, companyId, id, slot);
  const {lastRun, lastSkipped} = await world.answer('GET /schedules/{id}', {params: {id}});
  assert.deepEqual([lastRun?.status, lastRun?.save], ['queued', false]);
  assert.deepEqual(lastSkipped, {
    at: nextRuns[2],
    message: 'Not started: the run before it had not been done yet.',
    hint: 'Look at what that run waits for, or let the schedule start less often.',
  });
  const run = await world.answer('GET /runs/{id}', {params: {id: lastRun?.id ?? ''}});
  assert.equal(run.startedBy, 'Schedule: Every weekday 07:00');
  await finishRun(world, run.id);
});

test('is deleted; what was done is in the audit', async () => {
  const {id} = await world.answer('POST /schedules', {json: given({name: 'Short-lived'})});
  await world.answer('PATCH /schedules/{id}', {params: {id}, json: {name: 'Renamed'}});
  await world.answer('DELETE /schedules/{id}', {params: {id}});
  assert.equal((await world.refusal('GET /schedules/{id}', {params: {id}})).status, 404);
  const {rows} = await world.within(tx =>
    sql<{action: string; name: string}>`
      select action, detail ->> 'name' as name from audit where company_id = ${tx.companyId} and subject = ${id}
      order by id`.execute(tx),
  );
  assert.deepEqual(rows, [
    {action: 'schedule.created', name: 'Short-lived'},
    {action: 'schedule.changed', name: 'Renamed'},
    {action: 'schedule.deleted', name: 'Renamed'},
  ]);
});

test('goes with its sync', async () => {
  const made = await world.answer('GET /schedules', {query: {sync: syncId}});
  assert.ok(made.items.length > 0);
  await world.answer('DELETE /syncs/{id}', {params: {id: syncId}});
  assert.deepEqual((await world.answer('GET /schedules')).items, []);
});
