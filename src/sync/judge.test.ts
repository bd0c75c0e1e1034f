// The table of "Never twice, never lost" (ARCHITECTURE): what each answer of a destination means for its event.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type ErrorCode, MusterError} from '../errors.ts';
import type {Resource} from '../model/resource.ts';
import type {DrawnEvent} from '../store/events.ts';
import {judgeFailure, judgeLookUp, judgeOvertaken, judgeWritten, type Verdict} from './judge.ts';

const now = new Date('2026-03-02T09:00:00Z');
const resource = {settleSeconds: 5} as Resource; // all that is read of it
const event = (change: Partial<DrawnEvent> = {}): DrawnEvent => ({
  id: 'evt_1',
  recordId: 'rec_1',
  externalId: 'A-1',
  destinationId: null,
  operation: 'create',
  values: {firstName: 'Aroha', employeeId: '7'},
  before: null,
  issues: [],
  attempt: 1,
  draw: 1,
  lastStatus: null,
  reason: null,
  ...change,
});
const judged = (change?: Partial<DrawnEvent>) => ({
  event: event(change),
  mode: 'create' as const,
  connection: 'Hectre',
  durationMs: 12.4,
});

/** A verdict in a few words. */
function words(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'outcome': {
      const {phase, status, reason, destinationId} = verdict.outcome;
      return [phase, status, reason.code, destinationId, verdict.made === 'none' ? '' : verdict.made]
        .filter(Boolean)
        .join(' ');
    }
    case 'hold':
      return `hold ${verdict.reason.code}`;
    case 'again':
    case 'stop': {
      const {afterSeconds, counts, doubtful, reason} = verdict.again;
      const how = `${afterSeconds} s${counts ? '' : ' uncounted'}${doubtful ? ' in doubt' : ''}`;
      return `${verdict.kind} ${how} ${reason.code}`;
    }
    default:
      return verdict satisfies never;
  }
}

test('an answer to a create is an outcome', () => {
  const said = (['created', 'updated', 'unchanged', 'exists', 'refused', 'conflict', 'pending'] as const).map(outcome =>
    words(judgeWritten(judged(), {outcome, id: 'E7', words: 'no', proof: 'none'})),
  );
  assert.deepEqual(said, [
    'complete 201 event.created E7 created',
    'complete 200 event.updated E7 created',
    'complete 204 event.exists E7',
    'complete 204 event.exists E7',
    'error 422 event.refused E7',
    'error 409 event.conflict E7',
    'hold event.cannot_verify',
  ]);
});

const failures: readonly (readonly [ErrorCode, {sent?: boolean; answered?: number; retryAt?: Date}, number, string])[] =
  [
    // never left: simply again, after growing waits, three times
    ['connection.unreachable', {}, 1, 'again 1 s connection.unreachable'],
    ['connection.unreachable', {}, 2, 'again 5 s connection.unreachable'],
    ['connection.unreachable', {}, 3, 'error 504 event.no_answer'],
    ['connection.timed_out', {sent: false}, 1, 'again 1 s connection.timed_out'],
    // left and not known: looked up first, whatever the attempt
    ['connection.timed_out', {sent: true}, 1, 'again 5 s in doubt connection.timed_out'],
    ['connection.cut_off', {sent: true}, 3, 'again 5 s in doubt connection.cut_off'],
    ['connection.server_error', {sent: true, answered: 500}, 3, 'again 5 s in doubt connection.server_error'],
    ['connection.answer_unreadable', {sent: true, answered: 200}, 1, 'again 5 s in doubt connection.answer_unreadable'],
    // turned away: nothing happened there
    ['connection.rate_limited', {sent: true, answered: 429}, 3, 'again 1 s uncounted connection.rate_limited'],
    [
      'connection.rate_limited',
      {sent: true, answered: 429, retryAt: new Date('2026-03-02T09:00:30Z')},
      1,
      'again 30 s uncounted connection.rate_limited',
    ],
    ['connection.refused_request', {sent: true, answered: 302}, 1, 'error 422 event.refused'],
    ['connection.refused_request', {sent: true, answered: 418}, 1, 'error 418 event.refused'],
    // somebody must change something: no more to this connection
    [
      'connection.credentials_rejected',
      {sent: true, answered: 401},
      3,
      'stop 0 s uncounted connection.credentials_rejected',
    ],
    [
      'connection.permission_missing',
      {sent: true, answered: 403},
      1,
      'stop 0 s uncounted connection.permission_missing',
    ],
    // … but what had left and was not turned away is in doubt all the same
    ['connection.answer_too_large', {sent: true, answered: 201}, 1, 'stop 5 s in doubt connection.answer_too_large'],
    // ours
    ['bug.unexpected', {}, 1, 'again 5 s in doubt bug.unexpected'],
    ['lease.lost', {sent: false}, 3, 'again 0 s uncounted event.interrupted'],
    ['run.cancelled', {sent: true}, 1, 'again 5 s in doubt event.interrupted'],
    ['run.cancelled', {sent: false}, 3, 'again 0 s uncounted event.interrupted'],
  ];
for (const [code, options, attempt, expected] of failures) {
  test(`${code} ${JSON.stringify(options)} at attempt ${attempt}: ${expected}`, () => {
    const error = new MusterError(code, {...options, params: {}});
    assert.equal(words(judgeFailure(judged({attempt}), error, resource, now)), expected);
  });
}

test('what is no error of ours may have arrived', () => {
  assert.equal(
    words(judgeFailure(judged(), new TypeError('x is not a function'), resource, now)),
    'again 5 s in doubt bug.unexpected',
  );
});

const reason = {code: 'connection.server_error', params: {words: 'down'}};
const interrupted = {code: 'event.interrupted', params: {}};
const lookUps: readonly (readonly [string, Partial<DrawnEvent>, Parameters<typeof judgeLookUp>[1], string])[] = [
  ['cannot be looked up', {}, null, 'hold event.cannot_verify'],
  [
    'there as meant',
    {},
    [{id: 'E7', values: {firstName: 'Aroha', employeeId: '7'}}],
    'complete 201 event.created_confirmed E7 created',
  ],
  [
    'there, as far as it is shown',
    {},
    [{id: 'E7', values: {employeeId: 7}}],
    'complete 201 event.created_confirmed E7 created',
  ],
  ['there as somebody else', {}, [{id: 'E7', values: {firstName: 'Ben'}}], 'complete 204 event.exists E7'],
  ['there twice', {}, [{id: 'E7'}, {id: 'E8'}], 'hold match.ambiguous'],
  ['not there', {reason, lastStatus: 500}, [], 'again 0 s connection.server_error'],
  ['not there for the third time', {reason, lastStatus: 503, attempt: 3}, [], 'error 503 event.failed'],
  ['not there and never answered', {reason, attempt: 3}, [], 'error 504 event.no_answer'],
  [
    'not there, answered with what was no answer',
    {reason, lastStatus: 200, attempt: 3},
    [],
    'error 504 event.no_answer',
  ],
  ['not there, cut short by us', {reason: interrupted, attempt: 3}, [], 'again 0 s uncounted event.interrupted'],
];
for (const [name, change, found, expected] of lookUps) {
  test(`looked up and ${name}: ${expected}`, () => assert.equal(words(judgeLookUp(judged(change), found)), expected));
}

const changed = {operation: 'update', destinationId: 'E7'} as const;

test('an answer to a change is an outcome, and says whether the record is still there', () => {
  const said = (['update', 'deactivate', 'reactivate'] as const).flatMap(operation =>
    [
      {outcome: 'updated' as const},
      {outcome: 'unchanged' as const},
      {outcome: 'conflict' as const, because: 'gone' as const},
      {outcome: 'conflict' as const, because: 'changed' as const},
    ].map(written => {
      const verdict = judgeWritten(judged({...changed, operation}), {...written, proof: 'echo'});
      return `${words(verdict)}${verdict.kind === 'outcome' && verdict.outcome.gone ? ' gone' : ''}`;
    }),
  );
  assert.deepEqual(said, [
    'complete 200 event.updated E7 updated',
    'complete 204 event.unchanged E7',
    'error 409 event.gone E7 gone',
    'error 409 event.changed_meanwhile E7',
    'complete 200 event.deactivated E7 deactivated',
    'complete 204 event.unchanged E7',
    'error 409 event.gone E7 gone',
    'error 409 event.changed_meanwhile E7',
    'complete 200 event.reactivated E7 updated',
    'complete 204 event.unchanged E7',
    'error 409 event.gone E7 gone',
    'error 409 event.changed_meanwhile E7',
  ]);
});

test('a change in doubt is done when it is there, and may be sent again when it is not or cannot be seen', () => {
  const as = (found: Parameters<typeof judgeLookUp>[1], change: Partial<DrawnEvent> = {}) =>
    words(judgeLookUp(judged({...changed, reason, ...change}), found));
  const there = {id: 'E7', values: {firstName: 'Aroha', employeeId: '7'}};
  assert.deepEqual(
    [
      as([there]),
      as([{...there, values: {firstName: 'Ben'}}]),
      as([]),
      as(null),
      as(null, {operation: 'deactivate'}),
      as([there], {operation: 'deactivate'}),
      as(null, {attempt: 3, lastStatus: 500}),
    ],
    [
      'complete 200 event.updated E7 updated',
      'again 0 s connection.server_error',
      'again 0 s connection.server_error',
      'again 0 s connection.server_error',
      'again 0 s connection.server_error',
      'again 0 s connection.server_error',
      'error 500 event.failed E7',
    ],
  );
});

test('whoever came first between plan and delivery is named', () => {
  const overtaken = (linked: 'own' | 'other' | 'none') =>
    words(judgeOvertaken(judged(), {eventId: 'evt_1', destinationId: 'E7', linked, linkedName: 'B-1'}));
  assert.deepEqual(
    [overtaken('own'), overtaken('other'), overtaken('none')],
    ['complete 204 match.linked E7', 'complete 204 match.shared_record', 'complete 204 match.exists E7'],
  );
});
