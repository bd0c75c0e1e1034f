// Workers killed around calls and commits, and one put to sleep for longer than its lease: another worker finishes, soon,
// and nobody is created twice or left out. `npm run soak` does the same for as long as it is asked to.
import {describe, test} from 'node:test';
import {fault} from '../../src/connector/testing/index.ts';
import {applicants, openOrchard} from '../support/orchard.ts';
import {runOver, runUntil} from '../support/runs.ts';
import {assertWhole, gatherCrew, until} from './crew.ts';

const people = 90;
/** Work of a killed worker resumes within 30 s. */
const resumeMs = 30_000;
const open = () => openOrchard({workers: false, latencyMs: 15, searchLagMs: [0, 3000]});

const moments: readonly {
  readonly name: string;
  readonly faults: readonly Parameters<Awaited<ReturnType<typeof open>>['hectre']['faults']['add']>[0][];
  readonly afterEffects: number;
}[] = [
  {name: 'with answers on their way', faults: [], afterEffects: 30},
  {
    name: 'after a record was stored and before it was answered',
    faults: [{...fault.hangAfter, method: 'POST', skip: 30, times: 3}],
    afterEffects: 50,
  },
  {
    name: 'with requests that had no effect yet',
    faults: [{...fault.hang, method: 'POST', skip: 40, times: 8}],
    afterEffects: 40,
  },
];

describe('a worker that ends without a word', {concurrency: 4}, () => {
  for (const {name, faults, afterEffects} of moments) {
    test(name, async context => {
      await using world = await open();
      await using crew = gatherCrew(world, 3_000);
      const {hectre} = world;
      await world.push(applicants(people));
      for (const one of faults) hectre.faults.add(one);
      const first = await crew.hire();
      const run = await world.start();
      await until(world, 'on its way', () => hectre.journal.length >= afterEffects);
      await crew.kill(first);
      const requests = hectre.counts.requests;
      await crew.hire();
      const tookMs = await until(world, 'taken up again', () => hectre.counts.requests > requests, resumeMs);
      context.diagnostic(`resumed after ${Math.round(tookMs)} ms`);
      await runOver(world, run);
      await assertWhole(world, [run], people);
    });
  }

  test('or sleeps for longer than its lease and wakes up in the middle', async () => {
    await using world = await open();
    await using crew = gatherCrew(world, 3_000);
    const {hectre} = world;
    await world.push(applicants(people));
    const sleeper = await crew.hire();
    const run = await world.start();
    await until(world, 'on its way', () => hectre.journal.length >= 30);
    sleeper.kill('SIGSTOP');
    const stored = hectre.journal.length;
    await crew.hire();
    await runUntil(world, run, ({created}) => created > stored + 20);
    sleeper.kill('SIGCONT');
    await runOver(world, run);
    await assertWhole(world, [run], people);
  });
});
