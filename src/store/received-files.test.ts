import assert from 'node:assert/strict';
import {test} from 'node:test';
import {testHub} from '../../test/support/hub.ts';
import {newId} from '../std/ids.ts';
import {insertFile, sealFile} from './files.ts';
import {findLatestFile} from './received-files.ts';

test('a file that is still on its way is not the latest: the last whole one is', async () => {
  await using world = await testHub({workers: false});
  const connectionId = await world.connect('file', {use: 'source', idColumn: 'ID'});
  const receive = async (name: string) => {
    const id = newId('fil');
    const file = {id, connectionId, runId: null, direction: 'in', resource: 'row', name} as const;
    await world.within(tx => insertFile(tx, {...file, mediaType: 'text/csv', headers: null, createdBy: 'test'}));
    return id;
  };
  const latest = () => world.within(tx => findLatestFile(tx, connectionId));
  const whole = await receive('monday.csv');
  assert.equal(await latest(), undefined);
  await world.within(tx => sealFile(tx, whole, {status: 'complete', sizeBytes: 3, sha256: Buffer.alloc(32)}));
  await receive('tuesday.csv');
  assert.equal((await latest())?.name, 'monday.csv');
});
