// Files at both ends: a run into a file destination writes one file and says so of each person, and a received file whose
// columns changed since the mapping was made is an issue per record, never a crash.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {sql} from 'kysely';
import {applicants, openOrchard} from '../../test/support/orchard.ts';
import {runEvents, runOver} from '../../test/support/runs.ts';
import {receiveFile} from './receive-file.ts';

describe('files', () => {
  test('one file a run, with everybody who is eligible and nobody twice', async () => {
    await using world = await openOrchard();
    const csvId = await world.connect('hectre-csv', {employeeId: 'email'});
    const sync = await world.sync(csvId, 'employee');
    await world.push([
      ...applicants(3),
      {id: 'B-1', email: 'b1@example.com', status: 'declined'},
      {id: 'B-2', given: '', email: 'b2@example.com'},
      {id: 'B-3', email: 'p0001@example.com'}, // shares a key
    ]);
    const first = await world.run({sync});
    const events = await runEvents(world, first.id);
    const file = await world.within(tx =>
      sql<{name: string; text: string; rows: number; status: string}>`
        select f.name, f.rows, f.status, convert_from(c.bytes, 'UTF8') as text
        from files f join file_chunks c on c.company_id = f.company_id and c.file_id = f.id
        where f.company_id = ${world.companyId} and f.run_id = ${first.id}`.execute(tx),
    );
    assert.deepEqual(events, {
      'A-0001': 'complete 201 event.written_to_file',
      'A-0002': 'complete 201 event.written_to_file',
      'A-0003': 'complete 201 event.written_to_file',
      'B-1': 'skipped event.out_of_scope',
      'B-2': 'error 400 event.invalid',
      'B-3': 'complete 204 match.shared_key',
    });
    assert.deepEqual([file.rows.length, file.rows[0]?.rows, file.rows[0]?.status], [1, 3, 'complete']);
    assert.equal(file.rows[0]?.text.trim().split(/\r?\n/).length, 4);
    assert.deepEqual([first.total, first.created, first.unchanged, first.skipped, first.failures], [6, 3, 1, 1, 1]);

    const second = await world.run({sync});
    assert.deepEqual([second.created, await runEvents(world, second.id)], [0, {}]);
    const {rows} = await world.within(tx => sql`select from files where company_id = ${world.companyId}`.execute(tx));
    assert.equal(rows.length, 1);
  });

  test('a column renamed since the mapping was made is said of each record', async () => {
    await using world = await openOrchard();
    const fileId = await world.connect('file', {use: 'source', idColumn: 'Number'});
    const hand = (text: string) =>
      receiveFile(world.hub, world.companyId, {
        connectionId: fileId,
        resource: 'row',
        name: 'staff.csv',
        columns: undefined,
        content: (async function* () {
          yield Buffer.from(text);
        })(),
        createdBy: 'test',
      });
    await hand('Number,First name,Last name,Code\n1,Ada,Obi,c1\n2,Ben,Obi,c2\n');
    const definition = {
      sourceResource: 'row',
      legs: [{name: 'employee', resource: 'employee', mapping: {employeeId: 'row.Code'}, mode: 'create' as const}],
    };
    const sync = await world.sync(world.hectreId, 'employee', definition, fileId);
    const first = await world.run({sync});
    assert.deepEqual([first.status, first.created], ['complete', 2]);
    await hand('Number,First name,Last name,Staff code\n1,Ada,Obi,c1\n3,Cy,Obi,c3\nragged\n');
    const second = await world.run({sync});
    assert.equal(second.status, 'complete');
    assert.deepEqual(await runEvents(world, second.id), {1: 'complete 204 match.linked', 3: 'error 400 event.invalid'});
    // The row that could not be read is counted, and nobody is taken for gone because of it.
    assert.deepEqual([second.total, second.failures], [4, 2]);
    assert.equal(world.hectre.employees.length, 2);
    await hand('First name,Last name\nAda,Obi\n');
    const third = await runOver(world, await world.start({sync}));
    assert.deepEqual([third.status, third.reasonCode], ['failed', 'file.column_missing']);
  });
});
