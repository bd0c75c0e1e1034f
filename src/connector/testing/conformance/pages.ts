// Whole sets: the same whatever the page size, nothing lost at any resume point, and memory that stays flat.
import {strict as assert} from 'node:assert';
import {describe, test} from 'node:test';
import {heapBytes} from '../heap.ts';
import {readAll, type Stage, waysOf} from './stage.ts';

export function describePages(stage: Stage): void {
  const ways = waysOf(stage);
  if (ways.length === 0) return;
  const largest = stage.conformance.largestPage ?? 1000;
  const many = stage.conformance.manyRecords ?? 50_000;

  for (const way of ways) {
    describe(way.name, () => {
      test('gives the same set with pages of one and the largest pages, and says when it is whole', async () => {
        const records = 23;
        await using small = await stage.open({records, pageSize: 1});
        await using large = await stage.open({records, pageSize: largest});
        const one = await readAll(way, small);
        const many = await readAll(way, large);
        assert.equal(new Set(one.ids).size, records);
        assert.deepEqual(one, many);
        assert.ok(one.complete);
      });

      test('gives no more records a page than asked for', async () => {
        await using scene = await stage.open({records: 11, pageSize: 4});
        for await (const page of way.pages(scene)) assert.ok(page.ids.length <= 4);
      });

      if (way.name === 'read') {
        test('goes on from every resume point without losing a record', async () => {
          await using scene = await stage.open({records: 12, pageSize: 5});
          const whole = await readAll(way, scene);
          const before: string[] = [];
          for await (const page of way.pages(scene)) {
            before.push(...page.ids);
            const rest: string[] = [];
            for await (const later of way.pages(scene, page.resume)) rest.push(...later.ids);
            assert.deepEqual(new Set([...before, ...rest]), new Set(whole.ids));
          }
        });
      }

      test(`takes no more memory for ${many} records than for the first tenth`, async () => {
        await using scene = await stage.open({records: many});
        let count = 0;
        let atFirst: number | undefined;
        for await (const page of way.pages(scene)) {
          count += page.ids.length;
          if (count >= many / 10) atFirst ??= heapBytes();
        }
        assert.equal(count, many);
        const grownMb = (heapBytes() - (atFirst ?? 0)) / 1e6;
        assert.ok(grownMb < 25, `${grownMb.toFixed(1)} MB more`);
      });
    });
  }
}
