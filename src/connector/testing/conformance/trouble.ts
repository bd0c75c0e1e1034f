// What goes wrong on the other side is told by the right code, recovers where it can, and never passes for a whole set.
import {strict as assert} from 'node:assert';
import {describe, test} from 'node:test';
import {type ErrorCode, isError, MusterError} from '../../../errors.ts';
import {type Fault, fault} from '../faults.ts';
import {readAll, type Stage, waysOf} from './stage.ts';

const unreadable: readonly (readonly [words: string, wrong: Fault])[] = [
  ['a truncated answer', fault.truncated],
  ['an empty answer', fault.empty],
  ['a web page', fault.html],
  ['an answer that is not JSON', fault.notJson],
];

export function describeTrouble(stage: Stage): void {
  const {connector} = stage;
  if (connector.manifest.baseUrlSetting === undefined) return;
  const [way] = waysOf(stage);

  async function thrownBy(call: () => Promise<unknown>, code: ErrorCode): Promise<MusterError> {
    try {
      await call();
    } catch (error) {
      stage.note(error);
      assert.ok(isError(error, code), `${code} wanted, got ${error}`);
      return error;
    }
    return assert.fail(`${code} wanted, nothing was thrown`);
  }

  describe('trouble while reading', () => {
    test('waits as long as Retry-After says and goes on', async () => {
      await using scene = await stage.open();
      assert.ok(scene.emulator);
      scene.emulator.faults.add(fault.rateLimited('7'));
      await connector.check(scene.ctx);
      assert.ok(
        scene.clock.waits.some(ms => ms >= 7000),
        `waited ${scene.clock.waits}`,
      );
    });

    test('gives a longer Retry-After back to the engine', async () => {
      await using scene = await stage.open();
      assert.ok(scene.emulator);
      scene.emulator.faults.add({...fault.rateLimited('120'), times: Infinity});
      const error = await thrownBy(() => connector.check(scene.ctx), 'connection.rate_limited');
      assert.equal(error.retryAt?.getTime(), scene.clock.now().getTime() + 120_000);
    });

    test('recovers from an answer 500, a cut and a rate limit without Retry-After', async () => {
      for (const wrong of [fault.failBefore, fault.cut, fault.rateLimited()]) {
        await using scene = await stage.open();
        assert.ok(scene.emulator);
        scene.emulator.faults.add(wrong);
        await connector.check(scene.ctx);
      }
    });

    test('gives up after three tries', async () => {
      await using scene = await stage.open();
      assert.ok(scene.emulator);
      scene.emulator.faults.add({...fault.failBefore, times: Infinity});
      const error = await thrownBy(() => connector.check(scene.ctx), 'connection.server_error');
      assert.equal(error.answered, 500);
      assert.equal(scene.emulator.counts.requests, 3);
    });

    for (const [words, wrong] of unreadable) {
      test(`cannot read ${words}`, async () => {
        await using scene = await stage.open({records: 3});
        assert.ok(scene.emulator);
        scene.emulator.faults.add({...wrong, times: Infinity});
        const {ctx} = scene;
        const call = () => (way ? readAll(way, scene) : connector.check(ctx));
        assert.ok((await thrownBy(call, 'connection.answer_unreadable')).sent);
      });
    }

    test('does not take what it read for the whole when the key is revoked in between', async () => {
      if (!way) return;
      await using scene = await stage.open({records: 30, pageSize: 5});
      assert.ok(scene.emulator);
      scene.emulator.faults.add({...fault.revoked, skip: 2, times: Infinity});
      let complete = false;
      await thrownBy(async () => {
        for await (const page of way.pages(scene)) complete ||= page.complete;
      }, 'connection.credentials_rejected');
      assert.ok(!complete);
    });

    test('stops within a second when it is aborted', async () => {
      await using scene = await stage.open({records: 3, timeoutMs: 30_000});
      assert.ok(scene.emulator);
      scene.emulator.faults.add({...fault.hang, times: Infinity});
      const arrived = scene.emulator.nextRequest();
      const startedMs = performance.now();
      const stopped = thrownBy(() => connector.check(scene.ctx), 'run.cancelled');
      await arrived;
      scene.abort(new MusterError('run.cancelled', {params: {who: 'a test'}}));
      assert.equal((await stopped).params['who'], 'a test');
      assert.ok(performance.now() - startedMs < 1000);
    });
  });
}
