// Sending on change: what a save changed is sent at once and once, the latest of it, and nothing else is.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import fc from 'fast-check';
import {sql} from 'kysely';
import type {TestHub} from '../../test/support/hub.ts';
import {type Office, openOffice} from '../../test/support/office.ts';
import {applicants, createdTwice, openOrchard} from '../../test/support/orchard.ts';
import {runOver, runSeen} from '../../test/support/runs.ts';
import {isError} from '../errors.ts';
import {defineSync} from './define-sync.ts';
import {type Pushed, pushRecords} from './push-records.ts';

const ana = {givenName: 'Ana', familyName: 'Ngata', email: 'ana@example.com'};
const definition = {onChange: true} as const;

/** Ids of the runs that changes started, oldest first. */
async function changeRuns(world: TestHub): Promise<readonly string[]> {
  const {rows} = await world.within(tx =>
    sql<{id: string}>`select id from runs where company_id = ${world.companyId} and started_by = 'change'
      order by id`.execute(tx),
  );
  return rows.map(({id}) => id);
}

async function allOver(world: TestHub): Promise<void> {
  for (const id of await changeRuns(world)) await runOver(world, id);
}

/** What every event of the company said, oldest first. */
async function told(world: TestHub): Promise<readonly string[]> {
  const {rows} = await world.within(tx =>
    sql<{said: string}>`select concat_ws(' ', external_id, phase, status::text, reason_code) as said from events
      where company_id = ${world.companyId} order by id`.execute(tx),
  );
  return rows.map(({said}) => said);
}

async function save(world: TestHub, records: Pushed['records'], resource = 'application'): Promise<number> {
  const pushed = {connectionId: world.directoryId, resource, records};
  return (await pushRecords(world.hub, world.companyId, pushed)).queued;
}

describe('sending on change', {concurrency: 2}, () => {
  test('sends what was saved without anybody starting a run, and says how many records were queued', async () => {
    await using world = await openOrchard({definition});
    const record = {id: 'A-1', data: {person: ana, application: {status: 'accepted'}}};
    assert.equal(await save(world, [record]), 1);
    await allOver(world);
    assert.deepEqual(await told(world), ['A-1 complete 201 event.created']);
    assert.equal(await save(world, [record]), 0); // nothing of it is new
    assert.equal((await changeRuns(world)).length, 1);
  });

  test('an application goes when it becomes accepted, and not when it is completed or terminated by hand', async () => {
    await using world = await openOrchard({definition});
    const becomes = async (status: string) => {
      await save(world, [{id: 'A-1', data: {person: ana, application: {status}}}]);
      await allOver(world);
      return [await told(world), world.hectre.employees.length];
    };
    assert.deepEqual(await becomes('offered'), [[], 0]);
    assert.deepEqual(await becomes('completed'), [[], 0]);
    assert.deepEqual(await becomes('accepted'), [['A-1 complete 201 event.created'], 1]);
    assert.deepEqual(await becomes('terminated'), [['A-1 complete 201 event.created'], 1]);
  });

  test('a whole run still includes whom a change passed over', async () => {
    await using world = await openOrchard({definition});
    await save(world, [{id: 'A-1', data: {person: ana, application: {status: 'completed'}}}]);
    await allOver(world);
    assert.equal((await world.run()).created, 1);
  });

  test('whoever was in error goes once the value is mended, also where it stands in a record of its own', async () => {
    await using world = await openOrchard({definition});
    const person = {...ana, id: 'P-1', email: null};
    await save(world, [{id: 'A-1', data: {person, application: {status: 'accepted'}}}]);
    await allOver(world);
    assert.equal(await save(world, [{id: 'P-1', data: {person: {email: ana.email}}}], 'person'), 1);
    await allOver(world);
    assert.deepEqual(await told(world), ['A-1 error 400 event.invalid', 'A-1 complete 201 event.created']);
  });

  test('several saves before a run begins are one run of the latest values', async () => {
    await using world = await openOffice({workers: false, definition});
    for (const familyName of ['One', 'Two', 'Three']) await world.push('A-1', {...ana, familyName});
    assert.equal((await changeRuns(world)).length, 1);
    await world.work();
    await allOver(world);
    assert.deepEqual([world.people(), world.writes()], [{'ana@example.com': 'Three'}, ['POST']]);
  });

  test('waits its turn behind a run of the sync that is going on, and loses nothing', async () => {
    await using world = await openOrchard({definition});
    const goOn = world.hectre.faults.hold('POST');
    await world.push([{id: 'B-1', email: 'b@example.com'}]);
    const [first] = await changeRuns(world);
    await runSeenDelivering(world);
    await world.push([{id: 'B-2', email: 'c@example.com'}]);
    const [, second = ''] = await changeRuns(world);
    assert.notEqual(second, first);
    assert.equal((await runSeen(world, second)).status, 'queued');
    goOn();
    await allOver(world);
    assert.deepEqual([world.hectre.employees.length, createdTwice(world.hectre)], [2, []]);
  });

  test('is refused where nobody hears of a change, with what to do instead', async () => {
    await using world = await openOrchard({workers: false});
    const fileId = await world.connect('file', {use: 'source', idColumn: 'Number'});
    const input = {
      name: 'Rows',
      source: {connection: fileId, resource: 'row'},
      destination: {connection: world.hectreId, resource: 'employee'},
      mapping: {firstName: "'a'", lastName: "'b'", employeeId: "'c'"},
      mode: 'create',
      onChange: true,
      settings: {},
    } as const;
    await assert.rejects(defineSync(world.hub, world.companyId, input, 'test'), error => {
      assert.ok(isError(error, 'sync.invalid'));
      assert.deepEqual(
        error.issues?.map(({code, field}) => [code, field]),
        [['sync.on_change_unheard', 'onChange']],
      );
      return true;
    });
  });

  test('leavers of a mirror are deactivated at once', async () => {
    await using world = await openOffice({definition, leg: {mode: 'mirror'}});
    await world.push('A-1', ana);
    await allOver(world);
    await world.leave('A-1');
    await allOver(world);
    assert.deepEqual(world.people(), {'ana@example.com': 'Ngata inactive'});
  });

  test('a large run of another sync does not hold it up', async () => {
    await using world = await openOrchard();
    const small = await world.connect('hectre', {baseUrl: world.hectre.url}, {apiKey: 'hectre-demo-key'});
    const secondDirectory = await world.connect('directory');
    await world.sync(small, 'employee', definition, secondDirectory);
    await world.push(applicants(300));
    const goOn = world.hectre.faults.hold('POST', 50);
    const large = await world.start();
    while (world.hectre.employees.length < 50) await world.hectre.nextRequest();
    const data = {person: ana, application: {status: 'accepted'}};
    const pushed = {connectionId: secondDirectory, resource: 'application', records: [{id: 'S-1', data}]};
    await pushRecords(world.hub, world.companyId, pushed);
    const arrived = world.hectre.nextRequest();
    assert.equal((await arrived).method, 'GET'); // it looks whether she is there while the other one stands still
    assert.equal((await runSeen(world, large)).status, 'running');
    goOn();
    await allOver(world);
    await runOver(world, large);
    assert.equal(world.hectre.employees.length, 301);
  });

  test('whatever comes between saves and runs, the latest values are there in the end, and nobody twice', async () => {
    await using world = await openOffice({definition});
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('save', 'run'), {minLength: 1, maxLength: 6}), async deeds => {
        round += 1;
        for (const [at, deed] of deeds.entries()) {
          if (deed === 'run') await world.start();
          else await world.push('A-1', {...ana, familyName: `Name ${round} ${at}`});
        }
        await settle(world);
        const saved = await familyNames(world);
        assert.deepEqual(Object.values(world.people()), saved);
      }),
      {numRuns: 6},
    );
  });
});

async function runSeenDelivering(world: Awaited<ReturnType<typeof openOrchard>>): Promise<void> {
  for (;;) if ((await world.hectre.nextRequest()).method === 'POST') return;
}

/** Until every run is over. */
async function settle(world: Office): Promise<void> {
  const {rows} = await world.within(tx =>
    sql<{id: string}>`select id from runs where company_id = ${world.companyId}`.execute(tx),
  );
  for (const {id} of rows) await runOver(world, id);
}

async function familyNames(world: Office): Promise<readonly string[]> {
  const {rows} = await world.within(tx =>
    sql<{name: string}>`select data -> 'person' ->> 'familyName' as name from records
      where company_id = ${world.companyId}`.execute(tx),
  );
  return rows.map(({name}) => name);
}
