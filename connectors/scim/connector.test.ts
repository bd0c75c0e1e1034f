import assert from 'node:assert/strict';
import {test} from 'node:test';
import {isJsonObject, type Values} from '../../src/connector/index.ts';
import {describeConformance} from '../../src/connector/testing/conformance.ts';
import {compileMapping} from '../../src/mapping/mapping.ts';
import {directory} from '../directory/connector.ts';
import {scim} from './connector.ts';
import {type Ability, demoLimitedToken, demoToken, type Oddity, type ScimOptions, startScim} from './emulator.ts';
import {openScene, user} from './emulator-scene.ts';

/** Servers of very different abilities; each must pass the whole suite. */
const servers: readonly (readonly [name: string, options: ScimOptions])[] = [
  ['SCIM directory', {}],
  ['SCIM directory without patch, filter and versions', {lacks: ['patch', 'filter', 'etag', 'bulk']}],
  [
    'SCIM directory with oddities',
    {odd: ['noContentOnPatch', 'noLocation', 'relativeLocation', 'plainJson', 'textBooleans'], mostPerPage: 7},
  ],
];

for (const [name, options] of servers) {
  describeConformance(
    {...scim, manifest: {...scim.manifest, name}},
    {
      async emulator(clock) {
        const emulator = await startScim({clock, ...options});
        return Object.assign(emulator, {
          fill: (count: number) => emulator.seed(Array.from({length: count}, (_, n) => ({userName: `filled${n}`}))),
          alter: (id: string, values: Values) => emulator.change(id, values),
        });
      },
      secrets: {token: demoToken},
      badSecrets: {token: 'not-the-right-token'},
      limitedSecrets: {token: demoLimitedToken},
      largestPage: 200,
      manyRecords: options.mostPerPage ? 500 : 5_000,
      values: (n, text) => user(n, text === undefined ? {} : {displayName: text, externalId: text}),
      lookUp: ({externalId = null}) => ({key: 'externalId', values: {externalId}}),
      update: text => ({title: 'Foreman', displayName: text ?? 'Givenname Changed'}),
      isActive: values => values['active'] === true,
    },
  );
}

test('whatever a source knows of a person reaches its field without anybody mapping it', async () => {
  const [users] = scim.manifest.resources;
  const fields = directory.manifest.resources.flatMap(resource => resource.fields);
  assert.ok(users);
  const mapping = compileMapping({source: {fields}, destination: users, mapping: {}, settings: []});
  assert.deepEqual([mapping.issues, mapping.missingRequired], [[], []]);
  const person = {givenName: 'Mary', familyName: 'Smith', email: ' Mary@Example.com', phone: '021 555 0101'};
  const data = {person, job: {title: 'Picker', department: 'Orchard 12'}, employment: {number: 'EMP-1'}};
  const [mapped] = await mapping.apply([{data}], {today: '2026-03-02', settings: {}});
  assert.deepEqual(mapped, {
    issues: [],
    values: {
      userName: 'mary@example.com',
      externalId: 'EMP-1',
      givenName: 'Mary',
      familyName: 'Smith',
      displayName: 'Mary Smith',
      workEmail: 'Mary@Example.com',
      workPhone: '021 555 0101',
      employeeNumber: 'EMP-1',
      title: 'Picker',
      department: 'Orchard 12',
    },
  });
});

test('a new user arrives whole: core, work e-mail and phone, enterprise extension, and active', async () => {
  await using scene = await openScene();
  await scene.create(user(1, {manager: 'U7'}));
  const [entry] = scene.emulator.journal;
  const {id: _id, meta: _meta, ...sent} = isJsonObject(entry?.effect) ? entry.effect : {};
  const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
  assert.deepEqual(sent, {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
    userName: 'person1@example.com',
    externalId: 'external-1',
    name: {givenName: 'Givenname1', familyName: 'Familyname1'},
    displayName: 'Givenname1 Familyname1',
    title: 'Picker',
    emails: [{value: 'person1@example.com', type: 'work', primary: true}],
    phoneNumbers: [{value: '+64 21 555 0101', type: 'work', primary: true}],
    [enterprise]: {employeeNumber: 'EMP-00001', department: 'Orchard 12', manager: {value: 'U7'}},
    active: true,
  });
});

test('whoever is there already is recognised by the external id or the user name, whatever its case', async () => {
  await using scene = await openScene();
  scene.emulator.seed([{userName: 'PERSON1@example.com'}, {userName: 'renamed@example.com', externalId: 'external-2'}]);
  const written = [await scene.create(user(1)), await scene.create(user(2))];
  assert.deepEqual(
    written.map(({outcome, id}) => [outcome, id]),
    [
      ['exists', 'U1'],
      ['exists', 'U2'],
    ],
  );
  assert.equal(scene.emulator.journal.length, 0);
});

test('a user name that belongs to somebody with another external id is a conflict that names who', async () => {
  await using scene = await openScene();
  scene.emulator.seed([{userName: 'person1@example.com', externalId: 'external-99'}]);
  const {outcome, id, words} = await scene.create(user(1));
  assert.deepEqual([outcome, id], ['conflict', undefined]);
  assert.equal(words, 'another record has this value already: Another one has this value already (U1)');
});

test('a refusal says in words what is wrong', async () => {
  await using scene = await openScene();
  const {outcome, words} = await scene.create({...user(1), userName: ' '});
  assert.deepEqual([outcome, words], ['refused', 'a value is missing or not allowed there: userName is required']);
});

test('look-ups find by user name, external id and any e-mail address, with quotes and backslashes in them', async () => {
  await using scene = await openScene();
  const hostile = 'a "quoted" \\ (b) or userName pr';
  scene.emulator.seed([
    {userName: 'One@Example.com', externalId: hostile},
    {userName: 'two', externalId: 'ABC', emails: [{value: 'Two@Home.example', type: 'home'}]},
  ]);
  assert.deepEqual(
    await scene.find(
      {userName: 'one@example.com'},
      {externalId: hostile},
      {externalId: 'abc'},
      {workEmail: 'two@home.example'},
      {userName: 'nobody" or userName pr or "x" eq "x'},
    ),
    [['U1'], ['U1'], [], ['U2'], []],
  );
});

const lists: readonly ScimOptions[] = [
  {lacks: ['filter']},
  {odd: ['ignoresFilter']},
  {odd: ['refusesFilter']},
  {lacks: ['discovery'], odd: ['refusesFilter']},
];
for (const options of lists) {
  const what = [...(options.lacks ?? []).map(one => `no ${one}`), ...(options.odd ?? [])].join(' and ');
  test(`a server with ${what} is listed once for all look-ups, and nobody is taken for somebody else`, async () => {
    await using scene = await openScene({mostPerPage: 2, ...options});
    scene.emulator.seed(Array.from({length: 5}, (_, n) => ({userName: `user${n}`})));
    const pages = () => scene.calls.filter(({path}) => path.includes('startIndex=')).length;
    assert.deepEqual(await scene.find({userName: 'user4'}, {userName: 'user9'}, {userName: 'user0'}), [
      ['U5'],
      [],
      ['U1'],
    ]);
    assert.equal(pages(), 3);
  });
}

test('a server that breaks at a filter is listed instead', async () => {
  await using scene = await openScene();
  scene.emulator.seed([{userName: 'one'}]);
  await scene.codes();
  const broken = {status: 500, json: {detail: 'Unexpected token'}};
  scene.emulator.faults.add({when: 'before', how: broken, method: 'GET', times: 3});
  assert.deepEqual(await scene.find({userName: 'one'}), [['U1']]);
});

test('somebody is not said to be missing when the list moved while it was read', async () => {
  await using scene = await openScene({lacks: ['filter'], mostPerPage: 2});
  scene.emulator.seed(Array.from({length: 5}, (_, n) => ({userName: `user${n}`})));
  await scene.codes();
  const looking = scene.find({userName: 'user2'}, {userName: 'nobody'});
  await scene.emulator.nextRequest();
  await scene.emulator.nextRequest();
  scene.emulator.remove('U1');
  await assert.rejects(looking, {code: 'connection.answer_unreadable'});
});

test('a server that gives its first page again and again is not read forever, nor taken for read', async () => {
  await using scene = await openScene({odd: ['ignoresPaging'], lacks: ['filter'], mostPerPage: 2});
  scene.emulator.seed(Array.from({length: 5}, (_, n) => ({userName: `user${n}`})));
  let complete: boolean | undefined;
  for await (const page of scim.snapshot?.(scene.ctx, 'user') ?? []) complete = page.complete;
  assert.notEqual(complete, true);
  assert.deepEqual(await scene.find({userName: 'user1'}), [['U2']]);
  await assert.rejects(scene.find({userName: 'user4'}), {code: 'connection.answer_unreadable'});
});

test('testing the connection says what the server lacks, and passes', async () => {
  await using whole = await openScene();
  assert.deepEqual(await whole.codes(), ['check.passed']);
  await using poor = await openScene({lacks: ['patch', 'bulk', 'filter', 'enterprise', 'groups']});
  assert.deepEqual(await poor.codes(), [
    'check.passed',
    'check.resource_missing',
    'check.fields_missing',
    'check.no_search',
    'check.whole_records_only',
    'check.no_bulk',
  ]);
  await using silent = await openScene({lacks: ['discovery']});
  assert.ok((await silent.codes()).includes('check.undescribed'));
});

const names = async (lacks: readonly Ability[], settings = {}) => {
  await using scene = await openScene({lacks}, settings);
  const resources = (await scim.describe?.(scene.ctx)) ?? [];
  return resources.map(({name, fields, keys}) => [name, fields.map(field => field.name), keys.map(key => key.name)]);
};

test('only what the server takes can be mapped, and an external id of another system is left alone', async () => {
  const [[, all = []] = []] = await names([]);
  const core = [
    'userName',
    'externalId',
    'givenName',
    'familyName',
    'displayName',
    'workEmail',
    'workPhone',
    'title',
    'active',
  ];
  assert.equal(all.length, 15);
  assert.deepEqual(await names(['enterprise', 'groups']), [['user', core, ['externalId', 'userName', 'workEmail']]]);
  const [[, fields = [], keys] = []] = await names(['groups'], {externalId: 'foreign'});
  assert.ok(!fields.includes('externalId'));
  assert.deepEqual(keys, ['userName', 'workEmail']);
});

const byName: readonly (readonly [familyName: string, first: string, second: string, stored: number])[] = [
  ['Ratelimit', 'connection.rate_limited', 'created', 1],
  ['Failbefore', 'connection.server_error', 'created', 1],
  ['Failafter', 'connection.server_error', 'exists', 1],
  ['Failalways', 'connection.server_error', 'connection.server_error', 0],
  ['Html', 'connection.answer_unreadable', 'connection.answer_unreadable', 0],
];
for (const [familyName, first, second, stored] of byName) {
  test(`the family name ${familyName} gives ${first}, sent again ${second}, and stores ${stored} in all`, async () => {
    await using scene = await openScene();
    const send = () =>
      scene.create(user(1, {familyName})).then(
        ({outcome}) => outcome,
        ({code}) => code,
      );
    assert.deepEqual([await send(), await send()], [first, second]);
    assert.equal(scene.emulator.journal.length, stored);
  });
}

test('a source reads users with their values under the fields, and goes on where the list ended', async () => {
  const odd: readonly Oddity[] = ['textBooleans'];
  await using scene = await openScene({odd});
  await scene.create(user(1));
  const read = async (resume?: number) => {
    const from = resume === undefined ? {} : {resume: {startIndex: resume, total: 1}};
    for await (const page of scim.read?.(scene.ctx, 'user', from) ?? []) return page;
    return undefined;
  };
  assert.deepEqual((await read())?.records, [{id: 'U1', data: {...user(1), active: true}}]);
  assert.deepEqual([(await read(2))?.records, (await read(2))?.complete], [[], true]);
});
