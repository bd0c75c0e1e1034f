import assert from 'node:assert/strict';
import {test} from 'node:test';
import {defaultSafeguards, overLimit, type PlanFacts, type Safeguards} from './safeguard.ts';

const facts = (change: Partial<PlanFacts>): PlanFacts => ({
  deactivations: 0,
  creations: 0,
  linked: 100,
  createdBefore: [10, 10, 10],
  ...change,
});

const rows: readonly (readonly [string, Partial<PlanFacts>, string | undefined])[] = [
  ['a fifth of the linked may leave', {deactivations: 20}, undefined],
  ['one more may not', {deactivations: 21}, 'run.over_deactivations 21 > 20 of 100'],
  ['ten may always leave', {deactivations: 10, linked: 10}, undefined],
  ['eleven of twelve may not', {deactivations: 11, linked: 12}, 'run.over_deactivations 11 > 10 of 12'],
  ['three times as many as usual may come', {creations: 30}, undefined],
  ['one more may not', {creations: 31}, 'run.over_creations 31 > 30 of 10'],
  ['25 may always come', {creations: 25, createdBefore: [1, 1, 1]}, undefined],
  ['26 may not where one a run is usual', {creations: 26, createdBefore: [1, 1, 1]}, 'run.over_creations 26 > 25 of 1'],
  ['a first load is no exception to anything', {creations: 9000, createdBefore: []}, undefined],
  ['nor are two runs a habit', {creations: 9000, createdBefore: [1, 1]}, undefined],
  [
    'one great run does not change what is usual',
    {creations: 31, createdBefore: [10, 9000, 10]},
    'run.over_creations 31 > 30 of 10',
  ],
  [
    'of an even number the middle two count',
    {creations: 46, createdBefore: [10, 20, 10, 20]},
    'run.over_creations 46 > 45 of 15',
  ],
];
for (const [name, change, expected] of rows) {
  test(name, () => {
    const over = overLimit(defaultSafeguards, facts(change));
    assert.equal(over && `${over.code} ${over.params.count} > ${over.params.limit} of ${over.params.of}`, expected);
  });
}

test('a limit that is switched off holds nothing', () => {
  const off: Safeguards = {deactivations: null, creations: null};
  assert.equal(overLimit(off, facts({deactivations: 100, creations: 9000})), undefined);
});
