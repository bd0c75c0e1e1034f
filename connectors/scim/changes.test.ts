import assert from 'node:assert/strict';
import {test} from 'node:test';
import {isJsonObject, type Json, type JsonObject} from '../../src/connector/index.ts';
import type {ScimOptions} from './emulator.ts';
import {openScene, type Scene, user} from './emulator-scene.ts';

const writes = (scene: Scene) => scene.calls.filter(({method}) => method !== 'GET').map(({method}) => method);
const kept = (scene: Scene, id = 'U1'): JsonObject => scene.emulator.users.get(id)?.resource ?? {};
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** Somebody whose record holds more than Muster manages. */
const rich: JsonObject = {
  userName: 'Mary@Example.com',
  name: {givenName: 'Mary', familyName: 'Smith', middleName: 'Ann'},
  nickName: 'May',
  emails: [
    {value: 'may@home.example', type: 'home', primary: true},
    {value: 'mary@example.com', type: 'work', display: 'Mary'},
  ],
  phoneNumbers: [{value: 'tel:+64-21-555', type: 'mobile'}],
  [enterprise]: {department: 'Orchard 1', costCenter: '77', manager: {value: 'U9'}},
  active: true,
};

const servers: readonly (readonly [how: string, options: ScimOptions])[] = [
  ['PATCH', {}],
  ['PUT', {lacks: ['patch']}],
];
for (const [method, options] of servers) {
  test(`${method} changes what is named and keeps everything else of a record, also inside its lists`, async () => {
    await using scene = await openScene(options);
    scene.emulator.seed([rich]);
    const values = {
      ...{familyName: 'Jones', workEmail: 'mary.jones@example.com', workPhone: '+64 9 555', department: 'Orchard 2'},
      ...{title: 'Foreman', manager: null},
    };
    assert.equal((await scene.update('U1', values)).outcome, 'updated');
    assert.deepEqual(writes(scene), [method]);
    const {schemas: _schemas, ...now} = kept(scene);
    assert.deepEqual(now, {
      ...rich,
      name: {givenName: 'Mary', familyName: 'Jones', middleName: 'Ann'},
      title: 'Foreman',
      emails: [
        {value: 'may@home.example', type: 'home', primary: true},
        {value: 'mary.jones@example.com', type: 'work', display: 'Mary'},
      ],
      phoneNumbers: [
        {value: 'tel:+64-21-555', type: 'mobile'},
        {value: '+64 9 555', type: 'work', primary: true},
      ],
      [enterprise]: {department: 'Orchard 2', costCenter: '77'},
    });
  });

  test(`${method} is not sent where only the case of a user name or an address differs`, async () => {
    await using scene = await openScene(options);
    scene.emulator.seed([rich]);
    const {outcome, id} = await scene.update('U1', {userName: 'mary@example.com', workEmail: 'MARY@example.com'});
    assert.deepEqual([outcome, id, writes(scene)], ['unchanged', 'U1', []]);
  });
}

test('a whole record goes back with booleans as such where the server shows them as texts', async () => {
  await using scene = await openScene({lacks: ['patch'], odd: ['textBooleans']});
  await scene.create(user(1));
  assert.equal((await scene.update('U1', {title: 'Foreman'})).outcome, 'updated');
  assert.equal(kept(scene)['active'], true);
});

test('clearing the only address removes it, clearing one of several keeps the others', async () => {
  await using scene = await openScene();
  await scene.create(user(1));
  scene.emulator.seed([rich]);
  await scene.update('U1', {workEmail: null, title: null});
  await scene.update('U2', {workEmail: null});
  assert.deepEqual(['emails' in kept(scene), 'title' in kept(scene)], [false, false]);
  assert.deepEqual(kept(scene, 'U2')['emails'], [{value: 'may@home.example', type: 'home', primary: true}]);
});

test('an update does not touch whether somebody is active, and a reactivation brings new values along', async () => {
  await using scene = await openScene();
  const {id} = await scene.create(user(1));
  await scene.deactivate(id);
  await scene.update(id, {title: 'Foreman'});
  assert.deepEqual([kept(scene)['active'], kept(scene)['title']], [false, 'Foreman']);
  await scene.reactivate(id, {title: 'Manager'});
  assert.deepEqual([kept(scene)['active'], kept(scene)['title']], [true, 'Manager']);
});

for (const odd of ['noContentOnPatch', 'plainJson'] as const) {
  test(`a server that takes a deactivation and goes on showing the person as active is not believed (${odd})`, async () => {
    await using scene = await openScene({odd: ['ignoresActive', odd]});
    const {id} = await scene.create(user(1));
    const {outcome, words} = await scene.deactivate(id);
    assert.deepEqual([outcome, words], ['refused', 'it took the change and still shows the person as active']);
  });
}

test('whoever is to be deactivated and is not there any more needs nothing; an update of them is a conflict', async () => {
  await using scene = await openScene();
  const outcomes = [
    await scene.deactivate('U404'),
    await scene.update('U404', {title: 'x'}),
    await scene.reactivate('U404'),
  ];
  assert.deepEqual(
    outcomes.map(({outcome, because, issues}) => [outcome, because, issues?.[0]?.level]),
    [
      ['unchanged', 'gone', 'info'],
      ['conflict', 'gone', 'error'],
      ['conflict', 'gone', 'error'],
    ],
  );
});

test('a record that is removed between the look and the change is a conflict too', async () => {
  await using scene = await openScene();
  await scene.create(user(1));
  await scene.codes();
  const updating = scene.update('U1', {title: 'Foreman'});
  await scene.emulator.nextRequest();
  scene.emulator.remove('U1');
  assert.equal((await updating).because, 'gone');
});

test('where the server has versions, a record that changed since its version was seen is left alone', async () => {
  await using scene = await openScene();
  const {id, version} = await scene.create(user(1));
  assert.equal(version, 'W/"1"');
  scene.emulator.change('U1', {nickName: 'May'});
  const stale = await scene.update(id, {title: 'Foreman'}, {version: 'W/"1"'});
  assert.deepEqual([stale.outcome, stale.because], ['conflict', 'changed']);
  assert.deepEqual(
    stale.issues?.map(({code}) => code),
    ['event.changed_meanwhile'],
  );
  assert.equal(kept(scene)['title'], 'Picker');
  assert.equal((await scene.update(id, {title: 'Foreman'}, {version: 'W/"2"'})).version, 'W/"3"');
});

test('where it has none, versions are neither asked for nor sent', async () => {
  await using scene = await openScene({lacks: ['etag']});
  const {id} = await scene.create(user(1));
  assert.equal((await scene.update(id, {title: 'Foreman'}, {version: 'W/"1"'})).outcome, 'updated');
});

test('a value that another record has is a conflict in words, and nothing is changed', async () => {
  await using scene = await openScene();
  scene.emulator.seed([{userName: 'taken'}, {userName: 'own'}]);
  const {outcome, id, words} = await scene.update('U2', {userName: 'Taken'});
  assert.deepEqual([outcome, id, kept(scene, 'U2')['userName']], ['conflict', 'U2', 'own']);
  assert.match(words ?? '', /^another record has this value already/);
});

test('a failure while looking before a change leaves no doubt about the change', async () => {
  await using scene = await openScene();
  const {id} = await scene.create(user(1));
  const failing = {status: 500, json: {}};
  scene.emulator.faults.add({when: 'before', how: failing, method: 'GET', times: Infinity});
  await assert.rejects(scene.update(id, {title: 'Foreman'}), {code: 'connection.server_error', sent: false});
});

test('a group is created, its members are exchanged, its name is changed', async () => {
  await using scene = await openScene();
  const {id, outcome} = await scene.create({displayName: 'Pickers', members: ['U1', 'U2']}, 'group');
  assert.deepEqual([id, outcome], ['G1', 'created']);
  const change = {displayName: 'Packers', members: ['U2', 'U3']};
  assert.equal((await scene.update(id, change, {resource: 'group'})).outcome, 'updated');
  assert.deepEqual(await scene.get(id, 'group'), change);
  assert.equal((await scene.update(id, {members: ['U3', 'U2']}, {resource: 'group'})).outcome, 'unchanged');
  assert.equal((await scene.create(change, 'group')).outcome, 'exists');
});

test('what an answer shows is read whatever the case of its names and the form of its booleans', async () => {
  await using scene = await openScene({odd: ['textBooleans']});
  const odd: {readonly [name: string]: Json} = {UserName: 'mary', userName: 'mary', EMAILS: [{value: 'm@example.com'}]};
  scene.emulator.seed([{...odd, active: false}]);
  const values = await scene.get('U1');
  assert.ok(isJsonObject(values));
  assert.deepEqual([values['workEmail'], values['active']], ['m@example.com', false]);
});
