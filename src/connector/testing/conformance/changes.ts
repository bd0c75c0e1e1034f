// Changing what is there: updates, deactivations and reactivations. Each is sent once and says what happened; done again it
// does no harm; it never writes over what somebody else did meanwhile, and never brings back what was removed.
import {strict as assert} from 'node:assert';
import {describe, test} from 'node:test';
import {isError} from '../../../errors.ts';
import type {Values} from '../../../model/event.ts';
import type {Change, Written} from '../../contract.ts';
import {isInDoubt} from '../../doubt.ts';
import {type Fault, fault} from '../faults.ts';
import {hostileTexts} from './hostile.ts';
import type {Scene, Stage} from './stage.ts';
import {assertWhole, createWriter, lostAnswers, writeMethods} from './writer.ts';

type Changing = Exclude<Change['operation'], 'create'>;
const changing: readonly Changing[] = ['update', 'deactivate', 'reactivate'];

export function describeChanges(stage: Stage): void {
  const {resource, conformance} = stage;
  const declared = changing.filter(operation => resource.capabilities.includes(operation));
  if (declared.length === 0) return;
  const {values, lookUp, update, isActive} = conformance;

  describe('changing', () => {
    const canUpdate = declared.includes('update');
    const canSwitch = declared.some(operation => operation !== 'update');
    test('can be held to what it declares', async () => {
      await using scene = await stage.open();
      assert.ok(resource.capabilities.includes('create') && values && lookUp, 'creates, to have something to change');
      assert.ok(!canUpdate || update, 'update');
      assert.ok(!canSwitch || isActive, 'isActive');
      assert.ok(scene.emulator?.remove && scene.emulator.alter, 'remove and alter of the emulator');
    });
    if (!values || !lookUp) return;
    const {create, change, found, failureOf} = createWriter(stage, lookUp);

    /** One record that was created through the connector. */
    async function withRecord(scene: Scene): Promise<{readonly id: string; readonly record: Values}> {
      const record = values?.(1) ?? {};
      const written = await create(scene, record);
      assert.ok(written.outcome === 'created' && written.id !== undefined, 'created');
      return {id: written.id, record};
    }

    async function onlyOne(scene: Scene, record: Values): Promise<Values> {
      const matches = await found(scene, record);
      assert.equal(matches.length, 1);
      return matches[0]?.values ?? {};
    }

    const effects = (scene: Scene) => scene.emulator?.journal.length ?? 0;
    const breakWrites = (scene: Scene, wrong: Fault, times = 1) => {
      for (const method of writeMethods) scene.emulator?.faults.add({...wrong, method, times});
    };
    const wroteNothing = ({outcome}: Written) => outcome !== 'created' && outcome !== 'updated';

    if (canUpdate && update) describeUpdates(update);
    if (canSwitch && isActive) describeSwitches(isActive);

    for (const operation of declared) {
      test(`ends in an outcome when what it is to ${operation} was removed meanwhile, and brings nothing back`, async () => {
        await using scene = await stage.open();
        const {id, record} = await withRecord(scene);
        scene.emulator?.remove?.(id);
        const before = effects(scene);
        const written = await change(scene, {operation, id, values: operation === 'update' ? (update?.() ?? {}) : {}});
        assert.ok(wroteNothing(written), written.outcome);
        assert.equal(written.because, 'gone');
        assert.equal(effects(scene), before);
        assert.deepEqual(await found(scene, record), []);
      });
    }

    function describeUpdates(changes: (text?: string) => Values): void {
      const send = (scene: Scene, id: string, text?: string) =>
        change(scene, {operation: 'update', id, values: changes(text)});

      test('updates a record with one write, and leaves all else of it as it was', async () => {
        await using scene = await stage.open();
        const {id, record} = await withRecord(scene);
        const before = effects(scene);
        const written = await send(scene, id);
        assert.deepEqual([written.outcome, written.id], ['updated', id]);
        assertWhole({...record, ...changes()}, await onlyOne(scene, record));
        assert.equal(effects(scene), before + 1);
      });

      test('does no harm when a record has the values already', async () => {
        await using scene = await stage.open();
        const {id, record} = await withRecord(scene);
        await send(scene, id);
        const {outcome} = await send(scene, id);
        assert.ok(outcome === 'unchanged' || outcome === 'updated', outcome);
        assertWhole({...record, ...changes()}, await onlyOne(scene, record));
      });

      for (const [name, text] of hostileTexts) {
        test(`updates to ${name} as it is, or has it refused in words`, async () => {
          await using scene = await stage.open();
          const {id, record} = await withRecord(scene);
          const written = await send(scene, id, text);
          const kept = await onlyOne(scene, record);
          if (written.outcome !== 'refused') return assertWhole({...record, ...changes(text)}, kept);
          assert.ok(written.words);
          assertWhole(record, kept);
        });
      }

      test('writes where `before` still holds, and nothing over what somebody else changed since', async () => {
        for (const [text, outcome] of [
          [undefined, 'updated'],
          ['of somebody else', 'conflict'],
        ] as const) {
          await using scene = await stage.open();
          const {id, record} = await withRecord(scene);
          const theirs = text === undefined ? {} : changes(text);
          scene.emulator?.alter?.(id, theirs);
          const before = Object.fromEntries(Object.keys(changes()).map(field => [field, record[field] ?? null]));
          const written = await change(scene, {operation: 'update', id, values: changes(), before});
          assert.equal(written.outcome, outcome);
          if (text === undefined) continue;
          assert.equal(written.because, 'changed');
          assertWhole(theirs, await onlyOne(scene, record));
        }
      });

      test('sends an update only once whatever comes back', async () => {
        for (const wrong of [fault.failBefore, fault.rateLimited('1'), fault.html, fault.cut]) {
          await using scene = await stage.open();
          const {id} = await withRecord(scene);
          const writes = () => scene.calls.filter(({method}) => method !== 'GET').length;
          const before = writes();
          breakWrites(scene, wrong, Infinity);
          const error = await failureOf(() => send(scene, id));
          assert.equal(writes(), before + 1);
          if (isError(error, 'connection.rate_limited')) assert.ok(!isInDoubt(error) && error.retryAt);
        }
      });

      for (const [words, wrong] of lostAnswers) {
        test(`leaves one whole record when an update is stored but gives ${words}, and may be sent again`, async () => {
          await using scene = await stage.open({timeoutMs: 300});
          const {id, record} = await withRecord(scene);
          const before = effects(scene);
          breakWrites(scene, wrong);
          assert.ok(isInDoubt(await failureOf(() => send(scene, id))), 'in doubt');
          scene.emulator?.faults.clear();
          const whole = {...record, ...changes()};
          assertWhole(whole, await onlyOne(scene, record));
          assert.equal(effects(scene), before + 1);
          await send(scene, id);
          assertWhole(whole, await onlyOne(scene, record));
        });
      }
    }

    function describeSwitches(active: (values: Values) => boolean): void {
      const flip = (scene: Scene, operation: 'deactivate' | 'reactivate', id: string) =>
        change(scene, {operation, id, values: {}});

      for (const [operation, wanted] of [
        ['deactivate', false],
        ['reactivate', true],
      ] as const) {
        if (!declared.includes(operation)) continue;
        test(`can ${operation} a record, keeps its values, and does no harm the second time`, async () => {
          await using scene = await stage.open();
          const {id, record} = await withRecord(scene);
          if (wanted && declared.includes('deactivate')) await flip(scene, 'deactivate', id);
          const first = await flip(scene, operation, id);
          assert.equal(first.outcome, 'updated');
          const between = await onlyOne(scene, record);
          assert.equal(active(between), wanted);
          const {outcome} = await flip(scene, operation, id);
          assert.ok(outcome === 'unchanged' || outcome === 'updated', outcome);
          const kept = await onlyOne(scene, record);
          assert.equal(active(kept), wanted);
          assertWhole({...between, ...withoutFlag(record, between)}, kept);
        });
      }
    }
  });
}

/** The values that switching somebody off or on has no business with: all that are the same before and after. */
function withoutFlag(record: Values, between: Values): Values {
  return Object.fromEntries(Object.entries(record).filter(([field]) => typeof between[field] !== 'boolean'));
}
