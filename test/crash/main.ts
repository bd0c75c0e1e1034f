// npm run soak -- [--kills N] [--minutes M] [--seed S] [--worlds W]: workers are killed and put to sleep at seeded random
// moments until so many have gone or the time is over; whatever then is not whole ends it with 1 and the seed to repeat it.
import {parseArgs} from 'node:util';
import {applicants, type Orchard, openOrchard} from '../support/orchard.ts';
import {runOver} from '../support/runs.ts';
import {assertWhole, type Crew, gatherCrew, until} from './crew.ts';

const {values} = parseArgs({
  options: {
    kills: {type: 'string', default: '60'},
    minutes: {type: 'string', default: '20'},
    seed: {type: 'string', default: String(Date.now() % 1_000_000)},
    worlds: {type: 'string', default: '3'},
  },
});
const mostKills = Number(values.kills);
const endsAtMs = Date.now() + Number(values.minutes) * 60_000;
/** Some of the last names at which the emulator fails in a way that passes. */
const families = ['Ngata', 'Ngata', 'Ngata', 'Ngata', 'Failafter', 'Failbefore', 'Truncated', 'Ratelimit'];
const resumeMs = 30_000;

const seen = {kills: 0, sleeps: 0, runs: 0, people: 0, slowestMs: 0};
console.log(`seed ${values.seed}: ${mostKills} kills or ${values.minutes} minutes, ${values.worlds} at once`);

/** Mulberry32: small, seeded, good enough to choose moments. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const isOver = () => seen.kills >= mostKills || Date.now() >= endsAtMs;

/** One company after the other, each with its own moments. */
async function soak(random: () => number): Promise<void> {
  while (!isOver()) {
    await using world = await openOrchard({workers: false, latencyMs: Math.floor(random() * 40), random});
    await using crew = gatherCrew(world, 3_000);
    const people = 100 + Math.floor(random() * 300);
    const family = () => families[Math.floor(random() * families.length)] ?? '';
    await world.push(applicants(people).map(one => ({...one, family: family()})));
    const other = await world.sync(world.hectreId, 'employee');
    const runs = [await world.start(), await world.start({sync: other})];
    const over = Promise.all(runs.map(run => runOver(world, run, 15 * 60_000)));
    let isDone = false;
    over.then(
      () => (isDone = true),
      () => (isDone = true),
    );
    await trouble(world, crew, random, () => isDone);
    await over;
    await assertWhole(world, runs, people);
    seen.runs += runs.length;
    seen.people += people;
    console.log(JSON.stringify(seen));
  }
}

async function trouble(world: Orchard, crew: Crew, random: () => number, isDone: () => boolean): Promise<void> {
  const {hectre, hub} = world;
  let worker = await crew.hire();
  for (let round = 0; round < 8 && !isDone() && !isOver(); round++) {
    const before = hectre.counts.requests;
    const few = Math.floor(random() * 40);
    const tookMs = await until(
      world,
      'taken up',
      () => isDone() || hectre.counts.requests > before + few,
      2 * resumeMs,
    );
    seen.slowestMs = Math.max(seen.slowestMs, Math.round(tookMs));
    await hub.clock.wait(random() * 200);
    if (isDone()) return;
    if (random() < 0.75) {
      await crew.kill(worker);
      seen.kills += 1;
      worker = await crew.hire();
    } else {
      worker.kill('SIGSTOP');
      seen.sleeps += 1;
      const sleeper = worker;
      worker = await crew.hire();
      await hub.clock.wait(random() * 25_000);
      sleeper.kill('SIGCONT');
    }
  }
}

const seed = Number(values.seed);
try {
  await Promise.all(Array.from({length: Number(values.worlds)}, (_, at) => soak(randomFrom(seed + at))));
} catch (error) {
  console.error(`seed ${values.seed}`, error);
  process.exitCode = 1;
}
