import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type CronFault, cronFault, isZone, slotsAfter} from './cron.ts';

const cases: readonly (readonly [what: string, cron: string, zone: string, after: string, slots: readonly string[]])[] =
  [
    [
      'weekdays pass over Saturday and Sunday',
      '0 7 * * 1-5',
      'Europe/Berlin',
      '2026-11-26T06:00:00Z',
      ['2026-11-27T06:00:00Z', '2026-11-30T06:00:00Z', '2026-12-01T06:00:00Z'],
    ],
    ['the slot itself is not after itself', '0 7 * * *', 'UTC', '2026-11-26T07:00:00Z', ['2026-11-27T07:00:00Z']],
    [
      'nor is a slot lost that is a moment away',
      '0 7 * * *',
      'UTC',
      '2026-11-26T06:59:59.999Z',
      ['2026-11-26T07:00:00Z'],
    ],
    [
      'the same time of day in summer and in winter',
      '0 7 * * *',
      'Europe/Berlin',
      '2026-10-23T12:00:00Z',
      ['2026-10-24T05:00:00Z', '2026-10-25T06:00:00Z', '2026-10-26T06:00:00Z'],
    ],
    [
      'once, an hour later by the clock, on the night that leaves 02:30 out',
      '30 2 * * *',
      'Pacific/Auckland',
      '2026-09-25T20:00:00Z',
      ['2026-09-26T14:30:00Z', '2026-09-27T13:30:00Z'],
    ],
    [
      'once, the first time, on the night that has 02:30 twice',
      '30 2 * * *',
      'Pacific/Auckland',
      '2026-04-04T00:00:00Z',
      ['2026-04-04T13:30:00Z', '2026-04-05T14:30:00Z'],
    ],
    [
      'between the two 02:30 of that night only the next day is left',
      '30 2 * * *',
      'Pacific/Auckland',
      '2026-04-04T14:00:00Z',
      ['2026-04-05T14:30:00Z'],
    ],
    [
      'every hour goes on through the hour that comes twice',
      '0 * * * *',
      'Europe/Berlin',
      '2026-10-24T23:30:00Z',
      ['2026-10-25T00:00:00Z', '2026-10-25T01:00:00Z', '2026-10-25T02:00:00Z'],
    ],
    [
      'every half hour in the order in which they come',
      '*/30 * * * *',
      'Europe/Berlin',
      '2026-10-25T00:15:00Z',
      ['2026-10-25T00:30:00Z', '2026-10-25T01:00:00Z', '2026-10-25T01:30:00Z', '2026-10-25T02:00:00Z'],
    ],
    [
      'every hour passes over the hour that is left out, and starts nothing twice for it',
      '30 * * * *',
      'Europe/Berlin',
      '2026-03-29T00:00:00Z',
      ['2026-03-29T00:30:00Z', '2026-03-29T01:30:00Z', '2026-03-29T02:30:00Z'],
    ],
    [
      'one that is left out and one at the time it stands for are one',
      '30 2,3 * * *',
      'Europe/Berlin',
      '2026-03-28T12:00:00Z',
      ['2026-03-29T01:30:00Z', '2026-03-30T00:30:00Z'],
    ],
    [
      'where clocks move by half an hour',
      '15 2 * * *',
      'Australia/Lord_Howe',
      '2026-10-02T20:00:00Z',
      ['2026-10-03T15:45:00Z', '2026-10-04T15:15:00Z'],
    ],
    [
      'where clocks move by two hours',
      '30 2 * * *',
      'Antarctica/Troll',
      '2026-10-24T12:00:00Z',
      ['2026-10-25T00:30:00Z', '2026-10-26T02:30:00Z'],
    ],
    [
      'where the day begins at one in the morning',
      '0 0 * * *',
      'Africa/Cairo',
      '2026-04-22T23:00:00Z',
      ['2026-04-23T22:00:00Z', '2026-04-24T21:00:00Z'],
    ],
    [
      'the last day of each month',
      '0 7 L * *',
      'UTC',
      '2026-01-31T08:00:00Z',
      ['2026-02-28T07:00:00Z', '2026-03-31T07:00:00Z'],
    ],
    ['a day that comes every four years', '0 0 29 2 *', 'UTC', '2026-01-01T00:00:00Z', ['2028-02-29T00:00:00Z']],
  ];

for (const [what, cron, zone, after, slots] of cases) {
  test(`${cron} in ${zone}: ${what}`, () => {
    const found = slotsAfter({cron, zone}, new Date(after), slots.length);
    assert.deepEqual(
      found.map(slot => slot.toISOString().replace('.000Z', 'Z')),
      slots,
    );
  });
}

test('asked one by one, slots are the same as asked together, through a night that has an hour twice', () => {
  const rhythm = {cron: '*/20 * * * *', zone: 'America/New_York'};
  const start = new Date('2026-11-01T04:00:00Z');
  const together = slotsAfter(rhythm, start, 12);
  let at = start;
  for (const slot of together) {
    at = slotsAfter(rhythm, at, 1)[0] ?? at;
    assert.equal(at.toISOString(), slot.toISOString());
  }
  assert.equal(at.toISOString(), '2026-11-01T08:00:00.000Z');
});

test('each fault of an expression is found at its part', () => {
  const faults: readonly (readonly [string, CronFault | undefined])[] = [
    ['0 7 * * 1-5', undefined],
    [' 0   7 * * mon-fri ', undefined],
    ['*/15 6-18 * * *', undefined],
    ['0 7 * * thu', undefined],
    ['', 'count'],
    ['@daily', 'count'],
    ['7 o clock', 'count'],
    ['0 0 7 * * 1-5', 'count'],
    ['60 7 * * *', 'minute'],
    ['*/0 7 * * *', 'minute'],
    ['0 24 * * *', 'hour'],
    ['0 7 32 * *', 'day'],
    ['0 7 * 13 *', 'month'],
    ['0 7 * * 8', 'weekday'],
    ['0 7 * * funday', 'weekday'],
    ['0 7 * * 5-1', 'weekday'],
    // the library would choose another time at each look
    ['H 7 * * *', 'minute'],
    ['0 7 30 2 *', 'never'],
    ['0 7 31 4,6 *', 'never'],
  ];
  for (const [cron, fault] of faults) assert.equal(cronFault(cron), fault, cron);
});

test('zones are known by name, offsets are none', () => {
  for (const zone of ['UTC', 'Pacific/Auckland', 'America/Argentina/Buenos_Aires']) assert.ok(isZone(zone), zone);
  for (const zone of ['', 'Mars/Olympus', '+12:00', 'Auckland', 'GMT+12']) assert.ok(!isZone(zone), zone);
});
