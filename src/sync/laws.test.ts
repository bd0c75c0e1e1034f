// Laws of a run, over small random populations: a preview says what the save then does, and doing it again does nothing.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import fc from 'fast-check';
import {type Applicant, createdTwice, type Orchard, openOrchard} from '../../test/support/orchard.ts';
import {runEvents} from '../../test/support/runs.ts';

/** Few names and addresses, so that many share them; some of what people really type. */
const someone: fc.Arbitrary<Omit<Applicant, 'id'>> = fc.record(
  {
    given: fc.constantFrom('Ada', ' Ben ', '', '😀', 'x'.repeat(101), 'O’Neil', '\ud83d'),
    family: fc.constantFrom('Obi', 'Ngata', '名', ' '),
    email: fc.constantFrom('a@example.com', ' A@Example.com', 'b@example.com', 'c@example.com', '', 'no address'),
    status: fc.constantFrom('accepted', 'completed', 'declined', ''),
  },
  {requiredKeys: []},
);
const population = fc.array(fc.tuple(fc.integer({min: 1, max: 12}), someone), {minLength: 1, maxLength: 12});

describe('laws of a run', () => {
  let world: Orchard;
  before(async () => {
    world = await openOrchard();
  });
  after(() => world[Symbol.asyncDispose]());

  test('a preview says what the save does, the save does it once, and again is nothing', async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(population, async people => {
        round++;
        // Records of earlier rounds stay, so that changes, links and outcomes of before are part of it.
        await world.push(people.map(([number, one]) => ({...one, id: `L-${(round % 3) * 12 + number}`})));
        const preview = await world.run({preview: true});
        const shown = await runEvents(world, preview.id);
        const before = world.hectre.employees.length;
        const save = await world.run();
        const done = await runEvents(world, save.id);
        const asShown = Object.entries(done).map(([id, said]) => [
          id,
          said.replace('201 event.created', '100 event.would_create'),
        ]);
        assert.deepEqual(Object.fromEntries(asShown), shown);
        const {id: _, ...counters} = preview;
        assert.deepEqual({...save, id: undefined}, {...counters, id: undefined});
        assert.equal(world.hectre.employees.length - before, save.created);
        assert.equal(save.total, save.created + save.unchanged + save.skipped + save.failures);

        const again = await world.run();
        assert.deepEqual(await runEvents(world, again.id), {});
        assert.deepEqual(
          [again.created, again.total, again.skipped, again.failures, again.errors],
          [0, save.total, save.skipped, save.failures, save.errors],
        );
        assert.deepEqual(createdTwice(world.hectre), []);
      }),
      {numRuns: 15},
    );
  });
});
