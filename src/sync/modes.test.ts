// Modes upsert and mirror, against a directory in which records can be changed: only what differs is written, once, with the
// old value beside the new one, and nobody is guessed at.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {sql} from 'kysely';
import {type Office, openOffice} from '../../test/support/office.ts';
import {runEvents, runOver, runUntil} from '../../test/support/runs.ts';
import {fault} from '../connector/testing/index.ts';
import {isError} from '../errors.ts';
import type {Values} from '../model/event.ts';
import {cancelRun} from './cancel-run.ts';
import {releaseEvent} from './decide-held.ts';
import {releaseRun} from './safeguards.ts';

const ana = {givenName: 'Ana', familyName: 'Ngata', email: 'ana@example.com'};
const ben = {givenName: 'Ben', familyName: 'Obi', email: 'ben@example.com'};

type Change = {readonly values: Values; readonly before: Values | null};

/** What the last events of a record carried. */
async function changeOf(world: Office, runId: string, externalId: string): Promise<Change | undefined> {
  const {rows} = await world.within(tx =>
    sql<Change>`select "values", before from events where company_id = ${world.companyId} and run_id = ${runId}
      and external_id = ${externalId}`.execute(tx),
  );
  return rows[0];
}

describe('a run of mode upsert', {concurrency: 2}, () => {
  test('creates, then writes only what differs, with what it was, and then nothing', async () => {
    await using world = await openOffice();
    await world.push('A-1', ana, {job: {title: 'Picker'}});
    await world.push('A-2', ben);
    const first = await world.run();
    assert.deepEqual([first.created, world.writes()], [2, ['POST', 'POST']]);

    await world.push('A-1', {familyName: 'Parata'});
    const second = await world.run();
    assert.deepEqual([second.created, second.updated, second.unchanged], [0, 1, 1]);
    assert.deepEqual(await runEvents(world, second.id), {'A-1': 'complete 200 event.updated'});
    assert.deepEqual(await changeOf(world, second.id, 'A-1'), {
      values: {familyName: 'Parata', displayName: 'Ana Parata'},
      before: {familyName: 'Ngata', displayName: 'Ana Ngata'},
    });
    assert.deepEqual(world.people(), {'ana@example.com': 'Parata, Picker', 'ben@example.com': 'Obi'});

    const third = await world.run();
    assert.deepEqual([third.updated, third.unchanged, await runEvents(world, third.id)], [0, 2, {}]);
    assert.deepEqual(world.writes(), ['POST', 'POST', 'PATCH']);
  });

  test('an event says how long its calls took', async () => {
    await using world = await openOffice({latencyMs: 30});
    await world.push('A-1', ana);
    const run = await world.run();
    const {rows} = await world.within(tx =>
      sql<{
        ms: number;
      }>`select duration_ms as ms from events where company_id = ${world.companyId} and run_id = ${run.id}`.execute(tx),
    );
    assert.ok((rows[0]?.ms ?? 0) >= 30, `${rows[0]?.ms} ms`);
  });

  test('a preview says what would change and changes nothing', async () => {
    await using world = await openOffice();
    await world.push('A-1', ana);
    await world.run();
    await world.push('A-1', {familyName: 'Parata'});
    await world.push('A-2', ben);
    const preview = await world.run({preview: true});
    assert.deepEqual(await runEvents(world, preview.id), {
      'A-1': 'complete 100 event.would_update',
      'A-2': 'complete 100 event.would_create',
    });
    assert.deepEqual([preview.created, preview.updated, world.writes()], [1, 1, ['POST']]);
    const save = await world.run();
    assert.deepEqual([save.created, save.updated], [1, 1]);
  });

  test('goes by what is there now: what somebody else mended already is not written', async () => {
    await using world = await openOffice();
    await world.push('A-1', ana, {job: {title: 'Picker'}});
    await world.run();
    const [user] = world.scim.users.listed();
    world.scim.change(user?.id ?? '', {title: 'Driver'});
    await world.push('A-1', {}, {job: {title: 'Driver'}});
    const run = await world.run();
    assert.deepEqual(await runEvents(world, run.id), {'A-1': 'complete 204 event.unchanged'});
    assert.deepEqual(world.writes(), ['POST']);
  });

  test('links whoever is there by a sure key and writes what differs; a likely one waits for a person', async () => {
    await using world = await openOffice();
    world.scim.seed([
      {userName: 'ana@example.com', name: {givenName: 'Ana', familyName: 'Old'}, active: true},
      {userName: 'benny', emails: [{value: 'ben@example.com', type: 'work'}], active: true},
    ]);
    await world.push('A-1', ana);
    await world.push('A-2', ben);
    const run = await world.run();
    assert.deepEqual(await runEvents(world, run.id), {
      'A-1': 'complete 200 event.updated',
      'A-2': 'held match.likely_held',
    });
    assert.deepEqual([run.updated, run.held, run.failures], [1, 1, 1]);
    assert.deepEqual(world.people(), {'ana@example.com': 'Ngata', benny: ''});
    assert.equal((await changeOf(world, run.id, 'A-1'))?.before?.['familyName'], 'Old');
  });

  test('whoever a person links is brought up to date by the next run', async () => {
    await using world = await openOffice();
    world.scim.seed([{userName: 'benny', emails: [{value: 'ben@example.com', type: 'work'}], active: true}]);
    await world.push('A-2', ben);
    await world.run();
    const [user] = world.scim.users.listed();
    const {rows} = await world.within(tx => sql<{id: string}>`select id from open_events`.execute(tx));
    const decision = {kind: 'link', destinationId: user?.id ?? ''} as const;
    const released = await world.within(tx =>
      releaseEvent(world.hub, tx, rows[0]?.id ?? '', decision, {id: 'usr_test', role: 'owner'}),
    );
    await runOver(world, released.id);
    assert.deepEqual(world.people(), {benny: ''});
    const next = await world.run();
    assert.deepEqual(await runEvents(world, next.id), {'A-2': 'complete 200 event.updated'});
    assert.deepEqual(world.people(), {'ben@example.com': 'Obi'});
  });

  test('two records of one sure key are both held, wherever in the plan they stand', async () => {
    await using world = await openOffice();
    await world.push('A-1', ana);
    await world.push('A-2', {...ana, givenName: 'Anna'});
    for (const how of [{preview: true}, {}] as const) {
      const run = await world.run(how);
      assert.deepEqual(await runEvents(world, run.id), {
        'A-1': 'held match.shared_held',
        'A-2': 'held match.shared_held',
      });
      assert.deepEqual([run.held, run.failures, run.created], [2, 2, 0]);
    }
    assert.deepEqual(world.writes(), []);
  });

  test('a value that is in error keeps the change back, and the record as it is', async () => {
    await using world = await openOffice();
    await world.push('A-1', ana);
    await world.run();
    await world.push('A-1', {familyName: 'Parata', email: 'no address'});
    const run = await world.run();
    assert.deepEqual(await runEvents(world, run.id), {'A-1': 'error 400 event.invalid'});
    assert.deepEqual([run.failures, world.people()], [1, {'ana@example.com': 'Ngata'}]);
  });

  test('whoever was removed there is said to be, and created anew by the next run', async () => {
    await using world = await openOffice();
    await world.push('A-1', ana);
    await world.run();
    world.scim.remove(world.scim.users.listed()[0]?.id ?? '');
    await world.push('A-1', {familyName: 'Parata'});
    const run = await world.run();
    assert.deepEqual(await runEvents(world, run.id), {'A-1': 'error 409 event.gone'});
    const next = await world.run();
    assert.deepEqual(await runEvents(world, next.id), {'A-1': 'complete 201 event.created'});
    assert.deepEqual(world.people(), {'ana@example.com': 'Parata'});
  });

  test('a change whose answer was lost is looked at, not taken for failed', async () => {
    await using world = await openOffice();
    await world.push('A-1', ana);
    await world.run();
    world.scim.faults.add({...fault.failAfter, method: 'PATCH'});
    await world.push('A-1', {familyName: 'Parata'});
    const run = await world.run();
    assert.deepEqual(await runEvents(world, run.id), {'A-1': 'complete 200 event.updated'});
    assert.deepEqual([run.updated, world.writes()], [1, ['POST', 'PATCH']]);
  });
});

describe('a run of mode mirror', {concurrency: 2}, () => {
  const leg = {mode: 'mirror', scope: "application.status == 'accepted'"} as const;

  test('deactivates who left the source or the scope, once, and reactivates who is back', async () => {
    await using world = await openOffice({leg});
    for (const [id, person] of [
      ['A-1', ana],
      ['A-2', ben],
      ['A-3', {...ana, email: 'cleo@example.com'}],
    ] as const) {
      await world.push(id, person);
    }
    await world.run();
    await world.leave('A-1');
    await world.push('A-2', {}, {application: {status: 'terminated'}});
    const preview = await world.run({preview: true});
    assert.deepEqual(await runEvents(world, preview.id), {
      'A-1': 'complete 100 event.would_deactivate_gone',
      'A-2': 'complete 100 event.would_deactivate',
    });
    assert.equal(preview.deactivated, 2);
    const left = await world.run();
    assert.deepEqual(await runEvents(world, left.id), {
      'A-1': 'complete 200 event.deactivated',
      'A-2': 'complete 200 event.deactivated',
    });
    assert.deepEqual([left.deactivated, left.unchanged], [2, 1]);
    assert.deepEqual(world.people(), {
      'ana@example.com': 'Ngata inactive',
      'ben@example.com': 'Obi inactive',
      'cleo@example.com': 'Ngata',
    });
    assert.deepEqual(await runEvents(world, (await world.run()).id), {});

    await world.push('A-1', ana);
    await world.push('A-2', {familyName: 'Okoro'}, {application: {status: 'accepted'}});
    const back = await world.run();
    assert.deepEqual(await runEvents(world, back.id), {
      'A-1': 'complete 200 event.reactivated',
      'A-2': 'complete 200 event.reactivated',
    });
    assert.deepEqual(world.people()['ben@example.com'], 'Okoro');
    assert.deepEqual(await runEvents(world, (await world.run()).id), {});
    assert.equal(world.writes().filter(method => method === 'POST').length, 3);
  });

  test('deactivates after everything else is done', async () => {
    await using world = await openOffice({leg});
    await world.push('A-1', ana);
    await world.run();
    await world.leave('A-1');
    for (let at = 0; at < 12; at++) await world.push(`B-${at}`, {...ben, email: `b${at}@example.com`});
    await world.run();
    assert.deepEqual(world.writes().slice(1), [...Array.from({length: 12}, () => 'POST'), 'PATCH']);
  });
});

describe('a plan', {concurrency: 2}, () => {
  test('that was previewed is applied as it was shown; what moved since is skipped, and applying again does nothing', async () => {
    await using world = await openOffice();
    await world.push('A-1', ana);
    await world.push('A-2', ben);
    await world.run();
    await world.push('A-1', {familyName: 'Parata'});
    await world.push('A-2', {familyName: 'Okoro'});
    await world.push('A-3', {...ana, email: 'cleo@example.com'});
    const preview = await world.run({preview: true});
    await world.push('A-2', {familyName: 'Osei'});
    await world.push('A-4', {...ana, email: 'dan@example.com'});
    const applied = await world.apply(preview.id);
    assert.deepEqual(await runEvents(world, applied.id), {
      'A-1': 'complete 200 event.updated',
      'A-2': 'skipped event.moved_since',
      'A-3': 'complete 201 event.created',
    });
    const people = {'ana@example.com': 'Parata', 'ben@example.com': 'Obi', 'cleo@example.com': 'Ngata'};
    assert.deepEqual(world.people(), people);
    const again = await world.apply(preview.id);
    assert.deepEqual([again.created, again.updated, again.skipped, world.people()], [0, 0, 3, people]);
    const next = await world.run();
    assert.deepEqual(await runEvents(world, next.id), {
      'A-2': 'complete 200 event.updated',
      'A-4': 'complete 201 event.created',
    });
  });

  test('is applied for chosen records alone', async () => {
    await using world = await openOffice();
    await world.push('A-1', ana);
    await world.push('A-2', ben);
    const preview = await world.run({preview: true});
    const applied = await world.apply(preview.id, ['A-2']);
    assert.deepEqual(await runEvents(world, applied.id), {'A-2': 'complete 201 event.created'});
    assert.deepEqual(world.people(), {'ben@example.com': 'Obi'});
  });

  test('only of a finished preview can be applied', async () => {
    await using world = await openOffice();
    await world.push('A-1', ana);
    const save = await world.run();
    await assert.rejects(world.apply(save.id), error => isError(error, 'run.plan_unusable'));
    await assert.rejects(world.apply('run_none'), error => isError(error, 'request.not_found'));
  });
});

describe('safeguards', {concurrency: 2}, () => {
  const leg = {mode: 'mirror', scope: "application.status == 'accepted'"} as const;

  /** Thirteen people, of whom all but one leave. */
  async function exodus(world: Office): Promise<void> {
    const ids = Array.from({length: 13}, (_, at) => `A-${String(at + 10)}`);
    for (const id of ids) await world.push(id, {...ana, email: `${id.toLowerCase()}@example.com`});
    await world.run();
    for (const id of ids.slice(1)) await world.leave(id);
  }

  test('hold a plan that deactivates too many, say so beforehand, and let it go on when a person says so', async () => {
    await using world = await openOffice({leg});
    await exodus(world);
    const preview = await world.run({preview: true});
    assert.equal(preview.reasonCode, 'run.over_deactivations_preview');
    const runId = await world.start();
    const held = await runUntil(world, runId, run => run.status === 'held');
    assert.equal(held.reasonCode, 'run.over_deactivations');
    assert.equal(world.writes().length, 13);
    const record = await world.recordId('A-11');
    await releaseRun(world.hub, {companyId: world.companyId, runId, who: 'Rita', only: [record]});
    const run = await runOver(world, runId);
    assert.deepEqual([run.status, run.deactivated, run.skipped], ['complete', 1, 11]);
    assert.deepEqual(Object.values(world.people()).filter(said => said.endsWith('inactive')).length, 1);
    await assert.rejects(releaseRun(world.hub, {companyId: world.companyId, runId, who: 'Rita'}), error =>
      isError(error, 'run.not_held'),
    );
    const next = await world.start();
    await runUntil(world, next, ({status}) => status === 'held');
    await releaseRun(world.hub, {companyId: world.companyId, runId: next, who: 'Rita'});
    assert.equal((await runOver(world, next)).deactivated, 11);
  });

  test('a held plan that is cancelled has done nothing', async () => {
    await using world = await openOffice({leg});
    await exodus(world);
    const runId = await world.start();
    await runUntil(world, runId, run => run.status === 'held');
    await cancelRun(world.hub, {companyId: world.companyId, runId, who: 'Rita'});
    const run = await runOver(world, runId);
    assert.deepEqual([run.status, run.deactivated, run.skipped, world.writes().length], ['cancelled', 0, 12, 13]);
  });
});
