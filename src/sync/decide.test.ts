// What is done about one record in mode create, from the facts alone.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Issue} from '../model/issue.ts';
import {addUp, countOf, decide, type Facts, type Holder, memoryOf} from './decide.ts';

const facts = (change: Partial<Facts> = {}): Facts => ({
  connection: 'Hectre',
  linkedTo: null,
  scope: {included: true},
  mapped: {values: {employeeId: '7'}, issues: []},
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
    {scope: {included: false, falseClause: 'a'}, linkedTo: 'E7'},
    'skipped event.out_of_scope settled',
  ],
  ['a linked one is left alone', {linkedTo: 'E7'}, 'complete 204 match.linked settled E7'],
  [
    'a linked one whose values are wrong too',
    {linkedTo: 'E7', mapped: {values: {}, issues: [issue('error')]}},
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

test('an outcome is news when anything that it says is different', () => {
  const of = (change: Partial<Facts>) => memoryOf(decide(facts(change))).reasonHash.toString('hex');
  const different = new Set([
    of({}),
    of({linkedTo: 'E7'}),
    of({linkedTo: 'E8'}),
    of({mapped: {values: {}, issues: [issue('error')]}}),
    of({scope: {included: false, falseClause: 'a'}}),
    of({scope: {included: false, falseClause: 'b'}}),
  ]);
  assert.equal(different.size, 6);
  assert.equal(of({linkedTo: 'E7'}), of({linkedTo: 'E7', mapped: {values: {other: 1}, issues: []}}));
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
