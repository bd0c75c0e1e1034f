// Writing: what was stored is what was sent, whatever the texts hold; and when an answer is lost after the record was
// stored, the record is found again, once and whole, so that the engine need not send it twice.
import {strict as assert} from 'node:assert';
import {describe, test} from 'node:test';
import {isError, MusterError} from '../../../errors.ts';
import type {Values} from '../../../model/event.ts';
import {isInDoubt} from '../../doubt.ts';
import {fault} from '../faults.ts';
import {hostileTexts} from './hostile.ts';
import type {Scene, Stage} from './stage.ts';
import {assertWhole, createWriter, lostAnswers} from './writer.ts';

export function describeWrites(stage: Stage): void {
  const {connector, resource, conformance} = stage;
  const {values, lookUp} = conformance;
  if (!connector.write || !resource.capabilities.includes('create') || !values || !lookUp) return;
  const {create, found, failureOf} = createWriter(stage, lookUp);
  const failing = (scene: Scene, record: Values) => failureOf(() => create(scene, record));

  describe('writing', () => {
    test('creates a record that is found afterwards as it was sent', async () => {
      await using scene = await stage.open();
      const record = values(1);
      assert.deepEqual(await found(scene, record), []);
      const written = await create(scene, record);
      assert.equal(written.outcome, 'created');
      const [match, ...others] = await found(scene, record);
      assert.equal(match?.id, written.id);
      assert.equal(others.length, 0);
      assertWhole(record, match?.values);
    });

    for (const [name, text] of hostileTexts) {
      test(`keeps ${name} as it is, or has it refused in words`, async () => {
        await using scene = await stage.open();
        const record = values(1, text);
        const written = await create(scene, record);
        const matches = await found(scene, record);
        if (written.outcome === 'refused') return assert.ok(written.words && matches.length === 0);
        assertWhole(record, matches[0]?.values);
      });
    }

    test('sends a write only once whatever comes back', async () => {
      for (const wrong of [fault.failBefore, fault.rateLimited('1'), fault.html, fault.cut]) {
        await using scene = await stage.open();
        assert.ok(scene.emulator);
        scene.emulator.faults.add({...wrong, times: Infinity});
        await failing(scene, values(1));
        assert.equal(scene.emulator.counts.requests, 1);
      }
    });

    test('says when to try again after a rate limit, and that nothing is in doubt', async () => {
      await using scene = await stage.open();
      assert.ok(scene.emulator);
      scene.emulator.faults.add(fault.rateLimited('9'));
      const error = await failing(scene, values(1));
      assert.ok(isError(error, 'connection.rate_limited') && !isInDoubt(error));
      assert.equal(error.retryAt?.getTime(), scene.clock.now().getTime() + 9000);
    });

    for (const [at, step] of resource.steps.entries()) {
      for (const [words, wrong] of lostAnswers) {
        test(`leaves one whole record when step ${step} is stored but gives ${words}`, async () => {
          await using scene = await stage.open({timeoutMs: 300});
          assert.ok(scene.emulator);
          for (const method of ['POST', 'PUT', 'PATCH']) scene.emulator.faults.add({...wrong, method, skip: at});
          const record = values(2);
          assert.ok(isInDoubt(await failing(scene, record)), 'in doubt');
          scene.emulator.faults.clear();
          const matches = await found(scene, record);
          assert.equal(matches.length, 1);
          assertWhole(record, matches[0]?.values);
          assert.equal(scene.emulator.journal.length, at + 1);
        });
      }
    }

    test('stops within a second when it is aborted, and says that the outcome is in doubt', async () => {
      await using scene = await stage.open({timeoutMs: 30_000});
      assert.ok(scene.emulator);
      scene.emulator.faults.add({...fault.hangAfter, times: Infinity});
      const arrived = scene.emulator.nextRequest();
      const startedMs = performance.now();
      const stopped = failing(scene, values(3));
      await arrived;
      scene.abort(new MusterError('lease.lost'));
      const error = await stopped;
      assert.ok(isError(error, 'lease.lost') && isInDoubt(error));
      assert.ok(performance.now() - startedMs < 1000);
    });
  });
}
