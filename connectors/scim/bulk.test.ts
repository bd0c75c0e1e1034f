import assert from 'node:assert/strict';
import {test} from 'node:test';
import {MusterError} from '../../src/connector/index.ts';
import {openScene, type Scene, user} from './emulator-scene.ts';

type Answers = Awaited<ReturnType<Scene['writeMany']>>;
const words = (answers: Answers) =>
  answers.map(one => (one instanceof MusterError ? [one.code, one.sent] : one.outcome));
const posts = (scene: Scene, path: string) =>
  scene.calls.filter(call => call.method === 'POST' && call.path === path).length;
const creates = (scene: Scene, ...familyNames: readonly string[]) =>
  familyNames.map((familyName, n) => scene.change({operation: 'create', values: user(n, {familyName})}));

test('many changes are few requests, and each has its own answer in its own place', async () => {
  await using scene = await openScene({bulk: {maxOperations: 3, maxPayloadSize: 100_000}});
  scene.emulator.seed([
    {userName: 'person0@example.com'},
    {userName: 'leaver', active: true},
    {userName: 'same', title: 'x'},
  ]);
  const answers = await scene.writeMany(
    ...creates(scene, 'A', 'B'),
    scene.change({operation: 'create', values: {userName: ''}}),
    scene.change({operation: 'deactivate', id: 'U2', values: {}}),
    scene.change({operation: 'update', id: 'U3', values: {title: 'x'}}),
    scene.change({operation: 'update', id: 'U404', values: {title: 'x'}}),
    scene.change({operation: 'update', id: 'U3', values: {title: 'y'}}),
  );
  assert.deepEqual(words(answers), ['exists', 'created', 'refused', 'updated', 'unchanged', 'conflict', 'updated']);
  assert.deepEqual(
    answers.map(one => (one instanceof MusterError ? null : one.id)),
    ['U1', 'U4', undefined, 'U2', 'U3', 'U404', 'U3'],
  );
  assert.deepEqual([posts(scene, '/Bulk'), posts(scene, '/Users')], [2, 0]);
  assert.equal(scene.emulator.users.get('U2')?.resource['active'], false);
});

test('no request is larger than the server takes', async () => {
  await using scene = await openScene({bulk: {maxOperations: 100, maxPayloadSize: 2_000}});
  const answers = await scene.writeMany(...creates(scene, ...'ABCDEFGH'));
  assert.ok(words(answers).every(outcome => outcome === 'created'));
  assert.ok(posts(scene, '/Bulk') > 1);
  assert.equal(scene.emulator.users.size, 8);
});

test('where the server stops in the middle, the rest is in doubt and not called a success', async () => {
  await using scene = await openScene();
  const answers = await scene.writeMany(...creates(scene, 'A', 'Failbulk', 'B', 'Stopbulk', 'C'));
  assert.deepEqual(words(answers), [
    'created',
    ['connection.server_error', true],
    'created',
    ['connection.answer_unreadable', true],
    ['connection.answer_unreadable', true],
  ]);
});

test('when a request fails, those after it do not leave, and only what left may be in doubt', async () => {
  await using scene = await openScene({bulk: {maxOperations: 2, maxPayloadSize: 100_000}});
  await scene.codes();
  scene.emulator.faults.add({when: 'after', how: 'cut', method: 'POST', skip: 1});
  const answers = await scene.writeMany(...creates(scene, 'A', 'B', 'C', 'D', 'E', 'F'));
  assert.deepEqual(words(answers), [
    'created',
    'created',
    ['connection.cut_off', true],
    ['connection.cut_off', true],
    ['connection.cut_off', false],
    ['connection.cut_off', false],
  ]);
  assert.equal(scene.emulator.users.size, 4);
});

test('a request that the server finds too large after all is sent in halves', async () => {
  await using scene = await openScene();
  await scene.codes();
  scene.emulator.faults.add({when: 'before', how: {status: 413, json: {detail: 'Too large'}}, method: 'POST'});
  assert.deepEqual(words(await scene.writeMany(...creates(scene, ...'ABCD'))), Array(4).fill('created'));
  assert.deepEqual([posts(scene, '/Bulk'), scene.emulator.users.size], [3, 4]);
});

test('a server without bulk gets one request for each change', async () => {
  await using scene = await openScene({lacks: ['bulk']});
  assert.deepEqual(words(await scene.writeMany(...creates(scene, 'A', 'B'))), ['created', 'created']);
  assert.deepEqual([posts(scene, '/Bulk'), posts(scene, '/Users')], [0, 2]);
});
