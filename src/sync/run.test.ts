// Runs end to end: from the directory into Hectre's emulator, with every person accounted for.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {demoKey, type HectreEmulator, startHectre} from '../../connectors/hectre/emulator.ts';
import {type TestHub, testHub} from '../../test/support/hub.ts';
import {runEvents, runOver} from '../../test/support/runs.ts';
import {findShownRun} from '../store/run-pages.ts';
import {pushRecords} from './push-records.ts';
import {startRun} from './start-run.ts';

describe('a run of mode create', () => {
  let world: TestHub;
  let hectre: HectreEmulator;
  let syncId: string;
  let firstId: string;

  before(async () => {
    world = await testHub();
    hectre = await startHectre({searchLagMs: [0, 0]});
    const hectreId = await world.connect('hectre', {baseUrl: hectre.url}, {apiKey: demoKey});
    syncId = await world.sync(hectreId, 'employee');
  });
  after(async () => {
    await world[Symbol.asyncDispose]();
    await hectre[Symbol.asyncDispose]();
  });

  const push = (records: readonly {id: string; given: string; family: string; email?: string; status?: string}[]) =>
    pushRecords(world.hub, world.companyId, {
      connectionId: world.directoryId,
      resource: 'application',
      records: records.map(({id, given, family, email, status = 'accepted'}) => ({
        id,
        data: {
          person: {givenName: given, familyName: family, ...(email === undefined ? {} : {email})},
          application: {status},
        },
      })),
    });

  test('sends each eligible person once and says the truth about the others', async () => {
    await push([
      {id: 'A-1', given: 'Aroha', family: 'Ngata', email: 'aroha@example.com'},
      {id: 'A-2', given: 'Ben', family: 'Ngata', email: 'Aroha@Example.com '},
      {id: 'A-3', given: 'Chidi', family: 'Obi'},
      {id: 'A-4', given: 'Dana', family: 'Ito', email: 'dana@example.com', status: 'declined'},
      {id: 'A-5', given: 'Eve', family: 'Failafter', email: 'eve@example.com'},
      {id: 'A-6', given: 'Finn', family: 'Failbefore', email: 'finn@example.com'},
      {id: 'A-7', given: 'Gus', family: 'Ratelimit', email: 'gus@example.com'},
    ]);
    const {id} = await startRun(world.hub, world.companyId, {syncId, save: true, inputs: {}, startedBy: 'test'});
    firstId = id;
    const run = await runOver(world, id);
    assert.equal(run.status, 'complete');
    const events = await runEvents(world, id);
    assert.deepEqual(events, {
      'A-1': 'complete 201 event.created',
      'A-2': 'complete 204 match.shared_key',
      'A-3': 'error 400 event.invalid',
      'A-4': 'skipped event.out_of_scope',
      'A-5': 'complete 201 event.created_confirmed',
      'A-6': 'complete 201 event.created',
      'A-7': 'complete 201 event.created',
    });
    assert.deepEqual(hectre.employees.map(employee => employee.data['lastName']).toSorted(), [
      'Failafter',
      'Failbefore',
      'Ngata',
      'Ratelimit',
    ]);
    const {total, created, unchanged, skipped, failures, warnings} = run;
    assert.deepEqual(
      {total, created, unchanged, skipped, failures, warnings},
      {total: 7, created: 4, unchanged: 1, skipped: 1, failures: 1, warnings: 1},
    );
  });

  test('a second run sends nobody again and writes no event', async () => {
    const {id} = await startRun(world.hub, world.companyId, {syncId, save: true, inputs: {}, startedBy: 'test'});
    const run = await runOver(world, id);
    const {total, created, unchanged, skipped, failures} = run;
    assert.deepEqual(
      {total, created, unchanged, skipped, failures},
      {total: 7, created: 0, unchanged: 5, skipped: 1, failures: 1},
    );
    assert.deepEqual(await runEvents(world, id), {});
    const shown = await world.within(tx => findShownRun(tx, id));
    assert.deepEqual([shown?.repeated, shown?.beforeId], [7, firstId]);
    assert.equal(hectre.employees.length, 4);
  });

  test('a preview writes nothing to the destination and says what a save would do', async () => {
    await push([{id: 'A-8', given: 'Hana', family: 'Kim', email: 'hana@example.com'}]);
    const {id} = await startRun(world.hub, world.companyId, {syncId, save: false, inputs: {}, startedBy: 'test'});
    const run = await runOver(world, id);
    assert.equal(run.created, 1);
    assert.deepEqual(await runEvents(world, id), {'A-8': 'complete 100 event.would_create'});
    assert.equal(hectre.employees.length, 4);
  });

  test('one who is there already is linked, not created', async () => {
    hectre.seed([{firstName: 'Ivy', lastName: 'Lee', employeeId: '9d2ab6e3ae15a1dd0bbef5fd7a4a07b8'}]);
    await push([{id: 'A-9', given: 'Jo', family: 'Park', email: 'dana@example.com'}]);
    const {id} = await startRun(world.hub, world.companyId, {
      syncId,
      save: true,
      inputs: {only: ['A-9', 'A-1']},
      startedBy: 'test',
    });
    await runOver(world, id);
    assert.deepEqual(await runEvents(world, id), {
      'A-1': 'complete 204 match.linked',
      'A-9': 'complete 201 event.created',
    });
  });
});
