import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {
  finishRun,
  newEvent,
  recordIds,
  seedEvents,
  seedOpenEvents,
  seedRun,
  seedSync,
} from '../../test/support/seed.ts';
import {testWorld, type World} from '../../test/support/world.ts';
import {asOwner} from '../db/transaction.ts';
import {newId} from '../std/ids.ts';
import type {NewEvent} from '../store/events.ts';
import {insertMember} from '../store/members.ts';
import {addTotals, insertRun} from '../store/runs.ts';
import {insertUser} from '../store/users.ts';
import {cancelRun} from '../sync/cancel-run.ts';

let world: World;
let syncId: string;
let hectreId: string;
let runId: string;
let previewId: string;
let events: readonly NewEvent[];

const wrongPhone = {
  level: 'error',
  code: 'value.too_many_digits',
  field: 'phoneNumber',
  params: {label: 'Phone number', found: 18, limit: 15, wanted: 'single spaces'},
} as const;
const shared = {
  level: 'warning',
  code: 'match.shared_key',
  field: null,
  params: {label: 'E-mail', other: 'A-1'},
} as const;

before(async () => {
  world = await testWorld();
  ({syncId, hectreId} = await seedSync(world));
  const ids = await recordIds(world);
  const about = (externalId: string) => ({recordId: ids[externalId] ?? 'rec_gone', externalId});
  const invalid = {
    phase: 'error',
    status: 400,
    reason: {code: 'event.invalid', params: {count: 1, first: 'Phone number'}},
  } as const;
  const refused = {
    phase: 'error',
    status: 422,
    reason: {code: 'event.refused', params: {connection: 'Hectre', words: 'no'}},
  } as const;
  const make = () => [
    newEvent(about('A-1')),
    newEvent({...about('A-2'), ...invalid, issues: [wrongPhone]}),
    newEvent({...about('A-3'), ...invalid, issues: [wrongPhone, shared]}),
    newEvent({...about('A-4'), ...refused}),
    newEvent({...about('A-5'), status: 204, issues: [shared]}),
  ];
  runId = await seedRun(world, syncId, true);
  events = make();
  const waiting = newEvent({...about('A-6'), phase: 'queued', reason: null});
  await world.within(async tx => {
    await seedEvents(tx, {runId, syncId}, events);
    await seedOpenEvents(tx, {runId, syncId}, hectreId, [waiting]);
  });
  previewId = await seedRun(world, syncId, false);
  await world.within(tx => {
    const items = make().map(event => (event.status === 201 ? {...event, status: 100} : event));
    return seedEvents(tx, {runId: previewId, syncId}, items, 'plan_items');
  });
});
after(() => world[Symbol.asyncDispose]());

const ofRun = [
  'GET /runs/{id}',
  'GET /runs/{id}/events',
  'GET /runs/{id}/problems',
  'GET /runs/{id}/files',
  'GET /runs/{id}/stream',
  'POST /runs/{id}/cancellation',
] as const;

async function eventsOf(id: string, query: Record<string, string> = {}): Promise<readonly string[]> {
  const {items} = await world.answer('GET /runs/{id}/events', {params: {id}, query});
  return items.map(event => event.externalId);
}

test('refuses without sign-in', async () => {
  for (const name of ['GET /runs', 'POST /runs', ...ofRun] as const) {
    assert.equal((await world.refusal(name, {as: 'nobody', params: {id: runId}})).status, 401);
  }
});

test("refuses another company's id", async () => {
  for (const name of ofRun) {
    const refusal = await world.refusal(name, {as: 'stranger', params: {id: runId}});
    assert.deepEqual([name, refusal.status, refusal.code], [name, 404, 'request.not_found']);
  }
  assert.equal((await world.refusal('POST /runs', {as: 'stranger', json: {sync: syncId}})).status, 404);
  assert.deepEqual((await world.answer('GET /runs', {as: 'stranger'})).items, []);
});

test('a viewer does not run', async () => {
  assert.equal((await world.refusal('POST /runs', {as: 'viewer', json: {sync: syncId}})).status, 403);
});

test('events of a run come in the order of the plan, open and final ones together, page by page', async () => {
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const query: Record<string, string> = cursor === null ? {limit: '2'} : {limit: '2', cursor};
    const page: {items: {externalId: string}[]; next: string | null} = await world.answer('GET /runs/{id}/events', {
      params: {id: runId},
      query,
    });
    seen.push(...page.items.map(event => event.externalId));
    cursor = page.next;
  } while (cursor !== null);
  assert.deepEqual(seen, ['A-1', 'A-2', 'A-3', 'A-4', 'A-5', 'A-6']);
});

test('events are told in words, under the name that the record has today', async () => {
  const {items} = await world.answer('GET /runs/{id}/events', {params: {id: runId}});
  assert.deepEqual(
    [items[0]?.name, items[0]?.message, items[0]?.reason],
    ['Ana Ngata', 'Created in Hectre.', 'event.created'],
  );
  assert.deepEqual([items[5]?.phase, items[5]?.message, items[5]?.name], ['queued', 'Waiting to be sent.', 'A-6']);
  const [issue] = items[1]?.issues ?? [];
  assert.equal(issue?.message, 'Phone number: 18 digits given, 15 at most, single spaces');
  assert.deepEqual([issue?.label, issue?.owner], ['Phone number', 'source']);
});

for (const kind of ['a run', 'a preview'] as const) {
  test(`events of ${kind} are filtered by phase, operation, problem and person, each alone and together`, async () => {
    const id = kind === 'a run' ? runId : previewId;
    assert.deepEqual(await eventsOf(id, {phase: 'error'}), ['A-2', 'A-3', 'A-4']);
    assert.deepEqual(await eventsOf(id, {phase: 'complete', operation: 'create'}), ['A-1', 'A-5']);
    assert.deepEqual(await eventsOf(id, {phase: 'error,complete,error'}), ['A-1', 'A-2', 'A-3', 'A-4', 'A-5']);
    assert.deepEqual(await eventsOf(id, {phase: 'complete,held', issue: 'match.shared_key'}), ['A-5']);
    assert.deepEqual(await eventsOf(id, {operation: 'update'}), []);
    assert.deepEqual(await eventsOf(id, {issue: 'value.too_many_digits'}), ['A-2', 'A-3']);
    assert.deepEqual(await eventsOf(id, {issue: 'event.refused'}), ['A-4']);
    assert.deepEqual(await eventsOf(id, {issue: 'match.shared_key', phase: 'complete'}), ['A-5']);
    assert.deepEqual(await eventsOf(id, {search: 'ngata'}), ['A-1']);
    assert.deepEqual(await eventsOf(id, {search: 'ben', issue: 'value.too_many_digits', phase: 'error'}), ['A-2']);
    assert.deepEqual(await eventsOf(id, {search: 'ben', issue: 'event.refused'}), []);
    assert.deepEqual(await eventsOf(id, {issue: 'value.too_many_digits', field: 'phoneNumber'}), ['A-2', 'A-3']);
    assert.deepEqual(await eventsOf(id, {issue: 'value.too_many_digits', field: 'firstName'}), []);
    const both = {issue: 'value.too_many_digits', search: 'ben'};
    assert.deepEqual(await eventsOf(id, {...both, field: 'phoneNumber'}), ['A-2']);
    assert.deepEqual(await eventsOf(id, {...both, field: 'firstName'}), []);
    assert.deepEqual(await eventsOf(id, {issue: 'event.refused', field: 'phoneNumber'}), []);
    assert.deepEqual(await eventsOf(id, {issue: 'no.such'}), []);
  });
}

test('a phase that there is not is refused, alone and among others', async () => {
  for (const phase of ['done', 'error,done', 'error,', '']) {
    const refusal = await world.refusal('GET /runs/{id}/events', {params: {id: runId}, query: {phase}});
    assert.deepEqual([phase, refusal.code], [phase, 'request.invalid']);
  }
});

test('a filtered page ends where its rows end', async () => {
  const query = {issue: 'value.too_many_digits', limit: '1'};
  const first = await world.answer('GET /runs/{id}/events', {params: {id: runId}, query});
  assert.equal(first.next, first.items[0]?.id);
  const last = await world.answer('GET /runs/{id}/events', {
    params: {id: runId},
    query: {...query, cursor: first.next ?? ''},
  });
  assert.deepEqual([last.items[0]?.externalId, last.next], ['A-3', null]);
});

test('problems come by cause, the most frequent first, in words that hold for all, with one of several as an example', async () => {
  for (const id of [runId, previewId]) {
    const {items} = await world.answer('GET /runs/{id}/problems', {params: {id}});
    assert.deepEqual(
      items.map(problem => [problem.code, problem.level, problem.field, problem.events]),
      [
        ['match.shared_key', 'warning', null, 2],
        ['value.too_many_digits', 'error', 'phoneNumber', 2],
        ['event.refused', 'error', null, 1],
      ],
    );
    assert.equal(items[1]?.message, 'Phone number: too many digits, 15 at most, single spaces');
    assert.equal(items[1]?.example?.message, 'Phone number: 18 digits given, 15 at most, single spaces');
    assert.equal(items[1]?.example?.name, 'Ben Ó Briain');
    const {items: found} = await world.answer('GET /runs/{id}/events', {params: {id}, query: {search: 'A-2'}});
    assert.equal(items[1]?.example?.event, found[0]?.id);
    assert.deepEqual([items[2]?.message, items[2]?.example], ['Hectre refused the values: no', null]);
  }
});

test('a run says what it is, and that it waits for as long as it does', async () => {
  const run = await world.answer('GET /runs/{id}', {params: {id: runId}});
  assert.deepEqual(
    [run.syncName, run.status, run.stage, run.save, run.pending],
    ['Applications to Hectre', 'running', 'read', true, 1],
  );
  assert.deepEqual([run.result, run.finishedAt], [null, null]);
});

test('runs are listed newest first and filtered by sync and status', async () => {
  const list = async (query: Record<string, string>) =>
    (await world.answer('GET /runs', {query})).items.map(run => run.id);
  assert.deepEqual(await list({}), [previewId, runId]);
  assert.deepEqual(await list({sync: 'syn_none'}), []);
  assert.deepEqual(await list({sync: syncId, status: 'queued'}), []);
});

test('a started run is queued, names who started it, and the same key starts it once', async () => {
  const headers = {'idempotency-key': 'start-1'};
  const run = await world.answer('POST /runs', {
    as: 'operator',
    json: {sync: syncId, save: true, only: ['A-1']},
    headers,
  });
  assert.deepEqual([run.status, run.startedBy, run.totals.total], ['queued', 'operator key', 0]);
  const again = await world.answer('POST /runs', {
    as: 'operator',
    json: {sync: syncId, save: true, only: ['A-1']},
    headers,
  });
  assert.equal(again.id, run.id);
  assert.equal((await world.refusal('POST /runs', {json: {sync: 'syn_none'}})).status, 404);
});

test('a queued run that is cancelled is over at once; a run that is over cannot be cancelled', async () => {
  const {id} = await world.answer('POST /runs', {json: {sync: syncId}});
  const run = await world.answer('POST /runs/{id}/cancellation', {params: {id}});
  assert.equal(run.status, 'cancelled');
  assert.match(run.message ?? '', /^Cancelled by/);
  const refusal = await world.refusal('POST /runs/{id}/cancellation', {params: {id}});
  assert.deepEqual([refusal.status, refusal.code], [409, 'run.not_cancellable']);
});

test('members are named, in what they start and in what they end; words stay as they are', async () => {
  const userId = newId('usr');
  const {hub, companyId} = world.api;
  const name = 'Mia Tamihana';
  await asOwner(hub.db, async tx => {
    await insertUser(tx, {id: userId, name, email: 'mia@example.com', passwordHash: ''});
    await insertMember(tx, {companyId, id: newId('mem'), userId, name, role: 'admin'});
  });
  const started = async (startedBy: string) => {
    const id = newId('run');
    await world.within(tx => insertRun(tx, {id, syncId, save: false, inputs: {}, startedBy}));
    await cancelRun(hub, {companyId, runId: id, who: userId});
    return world.answer('GET /runs/{id}', {params: {id}});
  };
  const run = await started(userId);
  assert.deepEqual([run.startedBy, run.message], ['Mia Tamihana', 'Cancelled by Mia Tamihana.']);
  assert.equal((await started('command line')).startedBy, 'command line');
});

test('records that are counted but not listed are told with the last run with save before', async () => {
  const before = await world.answer('GET /runs/{id}', {params: {id: runId}});
  assert.equal(before.unchangedSince, null);
  await finishRun(world, runId);
  await seedRun(world, syncId, false);
  const laterId = await seedRun(world, syncId, true);
  const later = () => world.answer('GET /runs/{id}', {params: {id: laterId}});
  assert.equal((await later()).unchangedSince, null);
  await world.within(tx => addTotals(tx, laterId, {total: 3, skipped: 3, repeated: 3}));
  assert.deepEqual((await later()).unchangedSince, {run: runId, startedAt: before.startedAt, records: 3});
  const {items} = await world.answer('GET /runs', {query: {limit: '1'}});
  assert.equal(items[0]?.unchangedSince?.run, runId);
});

test('a finished run has its result and nothing pending', async () => {
  await finishRun(world, previewId);
  const run = await world.answer('GET /runs/{id}', {params: {id: previewId}});
  assert.deepEqual([run.status, run.stage, run.result, run.pending], ['complete', 'done', 'successful', null]);
  assert.ok((run.durationMs ?? -1) >= 0);
  assert.deepEqual(await eventsOf(previewId, {limit: '1'}), ['A-1']);
});
