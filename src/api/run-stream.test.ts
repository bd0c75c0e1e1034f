import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {
  drawEvent,
  finishRun,
  newEvent,
  recordIds,
  seedEvents,
  seedOpenEvents,
  seedRun,
  seedSync,
  settleEvent,
} from '../../test/support/seed.ts';
import {testWorld, type World} from '../../test/support/world.ts';
import {eventSummary, run} from './contract/run.ts';
import {phasesBetween} from './run-stream.ts';

let world: World;
let syncId: string;
let hectreId: string;
let recordId: string;
before(async () => {
  world = await testWorld();
  ({syncId, hectreId} = await seedSync(world));
  recordId = (await recordIds(world))['A-1'] ?? '';
});
after(() => world[Symbol.asyncDispose]());

type Message = {readonly event: string; readonly id: string | undefined; readonly data: unknown};

/** Messages as an EventSource would see them, one after the other. */
async function* messages(response: Response): AsyncGenerator<Message> {
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += new TextDecoder().decode(chunk);
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const lines = text.slice(0, end).split('\n');
      text = text.slice(end + 2);
      const field = (name: string) => lines.find(line => line.startsWith(`${name}: `))?.slice(name.length + 2);
      const data = field('data');
      if (data !== undefined) yield {event: field('event') ?? '', id: field('id'), data: JSON.parse(data)};
    }
  }
}

/** In short, each held against the contract: `run deliver`, `queued A-1`. */
function brief({event, data}: Message): string {
  if (event === 'run') return `run ${run.parse(data).stage} ${run.parse(data).status}`;
  const {phase, externalId} = eventSummary.parse(data);
  return `${phase} ${externalId}`;
}

async function follow(runId: string, headers: {[name: string]: string} = {}): Promise<AsyncGenerator<Message>> {
  const response = await world.response('GET /runs/{id}/stream', {params: {id: runId}, headers});
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/);
  return messages(response);
}

async function all(stream: AsyncIterable<Message>): Promise<readonly string[]> {
  const told = [];
  for await (const message of stream) told.push(brief(message));
  return told;
}

test('refuses without sign-in', async () => {
  const runId = await seedRun(world, syncId, false);
  assert.equal((await world.refusal('GET /runs/{id}/stream', {as: 'nobody', params: {id: runId}})).status, 401);
});

test("refuses another company's run", async () => {
  const runId = await seedRun(world, syncId, false);
  assert.equal((await world.refusal('GET /runs/{id}/stream', {as: 'stranger', params: {id: runId}})).status, 404);
});

test('a run that was over before anybody looked still tells every stage and phase, in order', async () => {
  const runId = await seedRun(world, syncId, true);
  const about = {recordId, status: null, phase: 'queued', reason: null} as const;
  const sent = newEvent({...about, externalId: 'A-1'});
  const known = newEvent({recordId, externalId: 'A-2', status: 204});
  await world.within(async tx => {
    await seedOpenEvents(tx, {runId, syncId}, hectreId, [sent]);
    await seedEvents(tx, {runId, syncId}, [known]);
    await drawEvent(tx, sent.id);
    await settleEvent(tx, sent.id, 201, 'event.created');
  });
  await finishRun(world, runId);
  assert.deepEqual(await all(await follow(runId)), [
    'run read running',
    'run plan running',
    'run deliver running',
    'queued A-1',
    'in_progress A-1',
    'complete A-1',
    'complete A-2',
    'run done complete',
  ]);
});

test('a run that goes on is told as it goes, and the stream ends with it', async () => {
  const runId = await seedRun(world, syncId, true);
  const [first, second] = ['A-1', 'A-2'].map(externalId =>
    newEvent({recordId, externalId, status: null, phase: 'queued', reason: null}),
  );
  assert.ok(first && second);
  await world.within(tx => seedOpenEvents(tx, {runId, syncId}, hectreId, [first, second]));
  const stream = await follow(runId);
  const next = async () => {
    const {value} = await stream.next();
    return value ? brief(value) : 'the end';
  };
  assert.deepEqual([await next(), await next(), await next()], ['queued A-1', 'queued A-2', 'run read running']);
  await world.within(tx => drawEvent(tx, first.id));
  assert.equal(await next(), 'in_progress A-1');
  // The later one ends before the earlier one, which is told all the same.
  await world.within(async tx => {
    await drawEvent(tx, second.id);
    await settleEvent(tx, second.id, 503, 'event.no_answer');
  });
  assert.deepEqual([await next(), await next()], ['in_progress A-2', 'error A-2']);
  await world.within(tx => settleEvent(tx, first.id, 201, 'event.created'));
  assert.equal(await next(), 'run read running'); // one fewer pending
  assert.equal(await next(), 'complete A-1');
  await finishRun(world, runId);
  const rest = [];
  for (let told = await next(); told !== 'the end'; told = await next()) rest.push(told);
  assert.equal(rest.at(-1), 'run done complete');
});

test('who comes back with Last-Event-ID is not told again what ended before', async () => {
  const runId = await seedRun(world, syncId, false);
  const events = ['A-1', 'A-2'].map(externalId => newEvent({recordId, externalId, status: 100}));
  await world.within(tx => seedEvents(tx, {runId, syncId}, events, 'plan_items'));
  await finishRun(world, runId);
  const told = await all(await follow(runId, {'last-event-id': events[0]?.id ?? ''}));
  assert.deepEqual(
    told.filter(line => !line.startsWith('run')),
    ['complete A-2'],
  );
});

test('two who follow one run share its looks, and each is told everything', async () => {
  const runId = await seedRun(world, syncId, false);
  await world.within(tx =>
    seedEvents(tx, {runId, syncId}, [newEvent({recordId, externalId: 'A-1', status: 100})], 'plan_items'),
  );
  const streams = await Promise.all([follow(runId), follow(runId)]);
  const both = Promise.all(streams.map(stream => all(stream)));
  await finishRun(world, runId);
  const [one, other] = await both;
  assert.ok(one?.includes('complete A-1') && other?.includes('complete A-1'));
  assert.deepEqual([one?.at(-1), other?.at(-1)], ['run done complete', 'run done complete']);
});

test('a client that goes away ends the looking', async () => {
  const runId = await seedRun(world, syncId, false);
  const stream = await follow(runId);
  await stream.next();
  await stream.return(undefined);
  assert.equal((await stream.next()).done, true);
});

const ways = [
  [undefined, 'queued', 0, ['queued']],
  [undefined, 'in_progress', 1, ['queued', 'in_progress']],
  [undefined, 'complete', 1, ['queued', 'in_progress', 'complete']],
  [undefined, 'complete', 0, ['complete']],
  [undefined, 'held', 0, ['held']],
  ['queued', 'error', 1, ['in_progress', 'error']],
  ['queued', 'skipped', 0, ['skipped']],
  ['in_progress', 'queued', 1, ['queued']],
  ['in_progress', 'held', 1, ['held']],
  ['held', 'queued', 1, ['queued']],
  ['complete', 'complete', 1, []],
] as const;
for (const [last, phase, attempt, way] of ways) {
  test(`an event last told as ${last ?? 'nothing'} that is ${phase} after ${attempt} attempts went ${way.join(', ') || 'nowhere'}`, () => {
    assert.deepEqual(phasesBetween(last, {phase, attempt}), way);
  });
}
