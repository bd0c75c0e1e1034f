// What is done about one record in mode create, from the facts alone.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Values} from '../model/event.ts';
import type {Issue} from '../model/issue.ts';
import {addUp, countOf, decide, type Facts, type Holder, type Linked, madeBy, memoryOf} from './decide.ts';

const facts = (change: Partial<Facts> = {}): Facts => ({
  connection: 'Hectre',
  mode: 'create',
  linked: null,
  gone: false,
  scope: {included: true},
  mapped: {values: {employeeId: '7'}, issues: []},
  policies: new Map(),
  current: null,
  stageIssues: [],
  holders: [],
  sharedWith: null,
  ...change,
});
const issue = (level: Issue['level']): Issue => ({
  level,
  code: 'value.format',
  field: 'phone',
  params: {label: 'Phone'},
});
const holder = (change: Partial<Holder> = {}): Holder => ({
  strength: 'sure',
  label: 'Employee ID',
  destinationId: 'E7',
  other: null,
  ...change,
});

const linked = (change: Partial<Linked> = {}): Linked => ({
  destinationId: 'E7',
  confirmed: {employeeId: '7'},
  inactive: false,
  ...change,
});

const rows: readonly (readonly [string, Partial<Facts>, string])[] = [
  ['a new person is sent', {}, 'send event.would_create'],
  [
    'a warning does not keep anybody back',
    {mapped: {values: {}, issues: [issue('warning')]}},
    'send event.would_create 1w',
  ],
  [
    'an error does',
    {mapped: {values: {}, issues: [issue('error'), issue('error')]}},
    'error 400 event.invalid 2e settled',
  ],
  ['an error of staging too', {stageIssues: [issue('error')]}, 'error 400 event.invalid 1e settled'],
  ['a scope that cannot be told is an error', {scope: {issue: issue('error')}}, 'error 400 event.invalid 1e settled'],
  [
    'whoever is out of scope is skipped',
    {scope: {included: false, falseClause: 'a'}},
    'skipped event.out_of_scope settled',
  ],
  [
    'out of scope comes before being linked',
    {scope: {included: false, falseClause: 'a'}, linked: linked()},
    'skipped event.out_of_scope settled',
  ],
  ['a linked one is left alone', {linked: linked()}, 'complete 204 match.linked settled E7'],
  [
    'a linked one whose values are wrong too',
    {linked: linked(), mapped: {values: {}, issues: [issue('error')]}},
    'complete 204 match.linked settled E7',
  ],
  ['one who is there is linked', {holders: [holder()]}, 'complete 204 match.exists settled E7 link'],
  [
    'found by two sure keys in one record is one',
    {holders: [holder(), holder({label: 'Tax number'})]},
    'complete 204 match.exists settled E7 link',
  ],
  ['found in two records is held', {holders: [holder(), holder({destinationId: 'E8'})]}, 'held match.ambiguous'],
  ['the record of another is not theirs', {holders: [holder({other: 'A-2'})]}, 'complete 204 match.shared_key 1w E7'],
  [
    'one who shares a key with an earlier record waits behind it',
    {sharedWith: {label: 'Employee ID', record: 'A-2'}},
    'complete 204 match.shared_key 1w',
  ],
  ['a likely one is not guessed', {holders: [holder({strength: 'likely'})]}, 'complete 204 match.likely 1w E7'],
  [
    'a sure key counts before a likely one',
    {holders: [holder({strength: 'likely', destinationId: 'E1'}), holder()]},
    'complete 204 match.exists settled E7 link',
  ],
];
for (const [name, change, expected] of rows) {
  test(name, () => {
    const decision = decide(facts(change));
    const {errors, warnings} = memoryOf(decision);
    const {phase, status, reason, settled, destinationId, link} = decision;
    const said = [
      phase,
      status,
      reason.code,
      errors > 0 && `${errors}e`,
      warnings > 0 && `${warnings}w`,
      settled && 'settled',
      destinationId,
      link && 'link',
    ];
    assert.equal(said.filter(Boolean).join(' '), expected);
  });
}

const mapped = (values: Values) => ({values, issues: []});
const out = {included: false, falseClause: 'a'} as const;
const changes: readonly (readonly [string, Partial<Facts>, string])[] = [
  ['a new person is created', {}, 'send create event.would_create'],
  ['one as they are there is left alone', {linked: linked()}, 'complete 204 update event.unchanged E7 settled'],
  [
    'of one who differs only what differs is written',
    {
      linked: linked({confirmed: {employeeId: '7', firstName: 'Ana'}}),
      mapped: mapped({employeeId: '7', firstName: 'Ada'}),
    },
    'send update event.would_update E7 firstName: Ana → Ada',
  ],
  [
    'what is there now counts, not what was written last',
    {linked: linked(), mapped: mapped({employeeId: '7'}), current: {employeeId: '8'}},
    'send update event.would_update E7 employeeId: 8 → 7',
  ],
  [
    'an empty value there and none here are the same',
    {linked: linked({confirmed: {employeeId: '7', phone: ''}}), mapped: mapped({employeeId: 7, phone: null})},
    'complete 204 update event.unchanged E7 settled',
  ],
  [
    'what is there is cleared where the mapping says so',
    {linked: linked({confirmed: {phone: '1'}}), mapped: mapped({phone: null})},
    'send update event.would_update E7 phone: 1 → null',
  ],
  [
    'where nothing is known of it, everything is written',
    {linked: linked({confirmed: null})},
    'send update event.would_update E7 employeeId: ? → 7',
  ],
  [
    'fields for new records only, or for empty ones, are left alone',
    {
      linked: linked({confirmed: {a: 1, b: 1, c: ''}}),
      mapped: mapped({a: 2, b: 2, c: 2}),
      policies: new Map([
        ['a', 'onCreate'],
        ['b', 'ifEmpty'],
        ['c', 'ifEmpty'],
      ]),
    },
    'send update event.would_update E7 c:  → 2',
  ],
  [
    'an error keeps a change back too',
    {linked: linked(), mapped: {values: {}, issues: [issue('error')]}},
    'error 400 create event.invalid E7 settled',
  ],
  [
    'one who is there by a sure key is linked and written',
    {holders: [holder()], current: {employeeId: '9'}},
    'send update event.would_update E7 link employeeId: 9 → 7',
  ],
  [
    'one who is there as they should be is linked',
    {holders: [holder()], current: {employeeId: '7'}},
    'complete 200 link event.linked E7 link settled',
  ],
  [
    'a likely one is a person’s to decide',
    {holders: [holder({strength: 'likely'})]},
    'held create match.likely_held E7',
  ],
  [
    'a sure one that a likely one contradicts too',
    {holders: [holder(), holder({strength: 'likely', destinationId: 'E8'})]},
    'held create match.ambiguous',
  ],
  ['the record of another is held', {holders: [holder({other: 'A-2'})]}, 'held create match.shared_held'],
  [
    'so is one who shares a key with another of this run',
    {sharedWith: {label: 'Employee ID', record: 'A-2'}},
    'held create match.shared_held',
  ],
];
for (const [name, change, expected] of changes) {
  for (const mode of ['upsert', 'mirror'] as const)
    test(`${mode}: ${name}`, () => assert.equal(said({mode, ...change}), expected));
}

const leavers: readonly (readonly [string, Partial<Facts>, string])[] = [
  [
    'who left the source is deactivated',
    {linked: linked(), gone: true},
    'send deactivate event.would_deactivate_gone E7',
  ],
  ['who left the scope too', {linked: linked(), scope: out}, 'send deactivate event.would_deactivate E7'],
  ['once is enough', {linked: linked({inactive: true}), scope: out}, 'skipped create event.out_of_scope settled'],
  ['who never was there is none', {scope: out}, 'skipped create event.out_of_scope settled'],
  [
    'who is back is reactivated, with what has changed since',
    {linked: linked({inactive: true, confirmed: {employeeId: '6'}})},
    'send reactivate event.would_reactivate E7 employeeId: 6 → 7',
  ],
];
for (const [name, change, expected] of leavers) {
  test(`mirror: ${name}`, () => assert.equal(said({mode: 'mirror', ...change}), expected));
}

test('upsert deactivates nobody', () => {
  assert.equal(said({mode: 'upsert', linked: linked(), scope: out}), 'skipped create event.out_of_scope settled');
});

function said(change: Partial<Facts>): string {
  const {phase, status, operation, reason, settled, destinationId, link, values, before} = decide(facts(change));
  const fields = Object.entries(values).map(([field, value]) => `${field}: ${before ? before[field] : '?'} → ${value}`);
  const changed = phase === 'send' && operation !== 'create' ? fields : [];
  const parts = [
    phase,
    status,
    operation,
    reason.code,
    destinationId,
    link && 'link',
    settled && 'settled',
    ...changed,
  ];
  return parts.filter(Boolean).join(' ');
}

test('what was done is counted under its own heading', () => {
  const operations = ['create', 'update', 'reactivate', 'deactivate', 'link', 'show'] as const;
  assert.deepEqual(operations.map(madeBy), ['created', 'updated', 'updated', 'deactivated', 'linked', 'none']);
});

test('an outcome is news when anything that it says is different', () => {
  const of = (change: Partial<Facts>) => memoryOf(decide(facts(change))).reasonHash.toString('hex');
  const different = new Set([
    of({}),
    of({linked: linked()}),
    of({linked: linked({destinationId: 'E8'})}),
    of({mapped: {values: {}, issues: [issue('error')]}}),
    of({scope: {included: false, falseClause: 'a'}}),
    of({scope: {included: false, falseClause: 'b'}}),
  ]);
  assert.equal(different.size, 6);
  assert.equal(of({linked: linked()}), of({linked: linked(), mapped: {values: {other: 1}, issues: []}}));
});

test('every record is counted under exactly one heading', () => {
  const none = {errors: 0, warnings: 0, infos: 0};
  const total = addUp([
    countOf('complete', 'created', none),
    countOf('complete', 'none', none, 3),
    countOf('skipped', 'none', none),
    countOf('held', 'none', none),
    countOf('error', 'none', {...none, errors: 2}),
    countOf('queued', 'none', {...none, warnings: 9}), // counted when it ends
  ]);
  assert.deepEqual(total, {
    created: 1,
    unchanged: 3,
    skipped: 1,
    held: 1,
    failures: 2,
    errors: 2,
    warnings: 0,
    infos: 0,
  });
});
