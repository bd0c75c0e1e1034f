import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Run} from '../api/contract/run.ts';
import {noTotals} from '../model/run.ts';
import {runLine} from './run-line.ts';

const run: Run = {
  id: 'run_1',
  sync: 'syn_1',
  syncName: 'Directory to Hectre',
  syncVersion: 1,
  status: 'complete',
  stage: 'done',
  waitingFor: null,
  message: null,
  hint: null,
  result: 'partially_successful',
  save: true,
  queuedAt: '2026-11-02T10:00:00Z',
  startedAt: '2026-11-02T10:00:00Z',
  finishedAt: '2026-11-02T10:01:00Z',
  durationMs: 60_000,
  startedBy: 'command line',
  pending: null,
  totals: {...noTotals, total: 1000, created: 953, unchanged: 4, skipped: 40, failures: 3},
  unchangedSince: null,
  behind: null,
  follows: null,
};

test('a run says what it did', () => {
  assert.equal(
    runLine(run),
    'Directory to Hectre: partially successful · 1,000 people · 953 created · 4 unchanged · 40 not included · 3 failed',
  );
});

test('a preview says in every word what a run would do, and calls nothing a success or a failure', () => {
  const [name, state, ...counts] = runLine({...run, save: false}).split(/: | · /);
  assert.deepEqual([name, state], ['Directory to Hectre', 'previewed']);
  assert.deepEqual(counts, [
    '1,000 people would be considered',
    '953 would be created',
    '4 would stay unchanged',
    '40 would not be included',
    '3 would fail',
  ]);
});

test('one on its way says how far it is, and what it waits for', () => {
  const under = {...run, status: 'waiting', stage: 'deliver', result: null, waitingFor: 'Hectre is inactive'} as const;
  assert.match(runLine({...under, status: 'running'}), /^Directory to Hectre: sending · /);
  assert.match(runLine(under), /^Directory to Hectre: waiting · .* · Hectre is inactive$/);
});
