// What a source says becomes records: only what differs is written, references are followed both ways, the unseen are gone.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {sql} from 'kysely';
import {type TestHub, testHub} from '../../test/support/hub.ts';
import type {JsonObject} from '../std/json.ts';
import {pushRecords, removeRecord} from './push-records.ts';

describe('staging', () => {
  let world: TestHub;
  before(async () => {
    world = await testHub({workers: false});
  });
  after(() => world[Symbol.asyncDispose]());

  const push = (
    resource: string,
    records: readonly {id: string; data: JsonObject}[],
    snapshot?: {readonly id: string; readonly last: boolean},
  ) => pushRecords(world.hub, world.companyId, {connectionId: world.directoryId, resource, records, snapshot});
  const record = async (resource: string, externalId: string) => {
    const {rows} = await world.within(tx =>
      sql<{
        name: string;
        data: JsonObject;
        hash: string;
        gone: boolean;
        personId: string | null;
        staged: Date;
        issues: unknown;
      }>`
        select name, data, encode(hash, 'hex') as hash, gone_at is not null as gone, person_id as "personId",
          staged_at as staged, issues
        from records where company_id = ${world.companyId} and connection_id = ${world.directoryId}
          and resource = ${resource} and external_id = ${externalId}`.execute(tx),
    );
    return rows[0] ?? assert.fail(`no ${resource} ${externalId}`);
  };

  test('absent keeps, null clears, and what says nothing new is not written', async () => {
    await push('application', [
      {id: 'M-1', data: {person: {givenName: 'Ada', phone: '1'}, application: {status: 'offered'}}},
    ]);
    await push('application', [{id: 'M-1', data: {person: {phone: null}, application: {status: 'accepted'}}}]);
    const one = await record('application', 'M-1');
    assert.deepEqual(one.data, {person: {givenName: 'Ada', phone: null}, application: {status: 'accepted'}});
    await push('application', [{id: 'M-1', data: {application: {status: 'accepted'}}}]);
    assert.deepEqual((await record('application', 'M-1')).staged, one.staged);
  });

  test('a record twice in one push is one, the later over the earlier', async () => {
    await push('application', [
      {id: 'M-2', data: {person: {givenName: 'Ada', familyName: 'Obi'}}},
      {id: 'M-2', data: {person: {givenName: 'Eva'}}},
    ]);
    assert.equal((await record('application', 'M-2')).name, 'Eva Obi');
  });

  test('parts with an id are shared, and a change of one is a change of all that refer to it', async () => {
    const of = (id: string) => ({id, data: {person: {id: 'P-1', givenName: 'Ada'}, job: {id: 'J-1', title: 'Picker'}}});
    await push('application', [of('R-1'), of('R-2'), {id: 'R-3', data: {job: {id: 'J-2', title: 'Driver'}}}]);
    const [one, two, three] = [
      await record('application', 'R-1'),
      await record('application', 'R-2'),
      await record('application', 'R-3'),
    ];
    assert.equal(one.personId, two.personId);
    await push('job', [{id: 'J-1', data: {title: 'Packer'}}]);
    assert.notEqual((await record('application', 'R-1')).hash, one.hash);
    assert.notEqual((await record('application', 'R-2')).hash, two.hash);
    assert.equal((await record('application', 'R-3')).hash, three.hash);
    await push('person', [{id: 'P-1', data: {person: {givenName: 'Adele'}}}]);
    assert.equal((await record('application', 'R-1')).name, 'Adele');
  });

  test('a part may be named before anybody says what it is', async () => {
    await push('application', [{id: 'R-4', data: {job: {id: 'J-9'}}}]);
    const before = await record('application', 'R-4');
    await push('job', [{id: 'J-9', data: {title: 'Pruner'}}]);
    assert.notEqual((await record('application', 'R-4')).hash, before.hash);
    assert.deepEqual((await record('job', 'J-9')).data, {job: {title: 'Pruner'}});
  });

  test('naming a part again brings nothing back and changes nothing', async () => {
    await push('job', [{id: 'J-10', data: {title: 'Pruner'}}]);
    await removeRecord(world.hub, world.companyId, {
      connectionId: world.directoryId,
      resource: 'job',
      externalId: 'J-10',
    });
    await push('application', [{id: 'R-5', data: {job: {id: 'J-10'}}}]);
    const job = await record('job', 'J-10');
    assert.deepEqual([job.gone, job.data], [true, {job: {title: 'Pruner'}}]);
  });

  test('text that no database holds hides no neighbour', async () => {
    await push('application', [
      {id: 'T-1', data: {person: {givenName: 'A\0da', familyName: 'N\ud83dgata 😀'}}},
      {id: 'T-2', data: {person: {id: `P\0-2`, givenName: 'Ben'}}},
      {id: 'T-3', data: {person: {id: 'x'.repeat(300), givenName: 'Cy'}}},
    ]);
    assert.equal((await record('application', 'T-1')).name, 'Ada Ngata 😀');
    assert.ok((await record('application', 'T-1')).issues);
    assert.equal((await record('application', 'T-2')).name, 'Ben');
    assert.equal((await record('application', 'T-3')).name, 'Cy');
  });

  test('after the last part of a snapshot whoever stood in none of them is gone, and back when seen again', async () => {
    const job = (id: string) => ({id, data: {title: id}});
    await push('job', [job('S-1'), job('S-2'), job('S-3')]);
    await push('job', [job('S-1')], {id: 'n1', last: false});
    assert.equal((await record('job', 'S-3')).gone, false);
    await push('job', [job('S-2')], {id: 'n1', last: true});
    const gone = async () => [
      (await record('job', 'S-1')).gone,
      (await record('job', 'S-2')).gone,
      (await record('job', 'S-3')).gone,
    ];
    assert.deepEqual(await gone(), [false, false, true]);
    assert.equal((await record('application', 'R-1')).gone, false); // of the jobs only
    await push('job', [job('S-3')]);
    assert.deepEqual(await gone(), [false, false, false]);
  });

  test('pushes of one record at the same time lose nothing of each other', async () => {
    await Promise.all(
      Array.from({length: 8}, (_, at) => push('application', [{id: 'C-1', data: {person: {[`extra${at}`]: at}}}])),
    );
    const {data} = await record('application', 'C-1');
    assert.equal(Object.keys(data['person'] ?? {}).length, 8);
  });
});
