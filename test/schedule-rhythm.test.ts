// What is chosen for a schedule has no server and no browser, so it is held here: choices become expressions and back.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {cronFault} from '../src/std/cron.ts';
import {cronOf, rhythmOf, rhythmWords} from '../ui/src/schedules/rhythm.ts';

test('each choice is an expression, and the expression is that choice again', () => {
  const rows = [
    ['0 * * * *', 'hour', 'Every hour, on the hour'],
    ['15 * * * *', 'hour', 'Every hour, at 15 past'],
    ['30 2 * * *', 'day', 'Every day at 02:30'],
    ['0 7 * * 1-5', 'workday', 'Monday to Friday at 07:00'],
    ['5 18 * * 0', 'week', 'Every Sunday at 18:05'],
    ['0 0 1 * *', 'month', 'On the first of each month at 00:00'],
  ] as const;
  for (const [cron, kind, words] of rows) {
    assert.deepEqual([rhythmOf(cron).kind, cronOf(rhythmOf(cron)), rhythmWords(cron)], [kind, cron, words]);
    assert.equal(cronFault(cron), undefined);
  }
});

test('what the choices cannot say stays an expression', () => {
  for (const cron of [
    '*/15 * * * *',
    '0 7,19 * * *',
    '0 7 1 * 1',
    '0 7 L * *',
    '0 * * * 1-5',
    '0 7 * 1 *',
    'nonsense',
  ]) {
    assert.deepEqual([rhythmOf(cron).kind, cronOf(rhythmOf(cron))], ['cron', cron]);
    assert.equal(rhythmWords(cron), `By the expression ${cron}`);
  }
});
