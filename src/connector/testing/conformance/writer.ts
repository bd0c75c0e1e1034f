// How the parts of the suite write and look: one change through the connector, a write that is to fail, what is there after.
import {strict as assert} from 'node:assert';
import {MusterError} from '../../../errors.ts';
import type {Values} from '../../../model/event.ts';
import type {Change, Found, LookUp, Written} from '../../contract.ts';
import {type Fault, fault} from '../faults.ts';
import type {Scene, Stage} from './stage.ts';

/** Answers that are lost after what was sent took effect. */
export const lostAnswers: readonly (readonly [words: string, wrong: Fault])[] = [
  ['no answer in time', fault.hangAfter],
  ['a cut connection', fault.cutAfter],
  ['a truncated answer', fault.truncatedAfter],
  ['an answer 500', fault.failAfter],
];

export const writeMethods = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;

export type Writer = {
  create(scene: Scene, values: Values): Promise<Written>;
  change(scene: Scene, change: Omit<Change, 'resource' | 'idempotencyKey'>): Promise<Written>;
  /** What the write throws; it is no pass that it throws nothing. */
  failureOf(write: () => Promise<Written>): Promise<MusterError>;
  /** Who is found by the record's key, once the resource has settled. */
  found(scene: Scene, record: Values): Promise<readonly Found[]>;
};

export function createWriter(stage: Stage, lookUp: (values: Values) => LookUp): Writer {
  const {connector, resource} = stage;
  const change: Writer['change'] = (scene, one) => {
    assert.ok(connector.write);
    return connector.write(scene.ctx, {...one, resource: resource.name, idempotencyKey: 'evt_1'});
  };
  return {
    change,
    create: (scene, values) => change(scene, {operation: 'create', values, id: null}),
    async failureOf(write) {
      try {
        await write();
      } catch (error) {
        stage.note(error);
        assert.ok(error instanceof MusterError, String(error));
        return error;
      }
      return assert.fail('the write was to fail');
    },
    async found(scene, record) {
      await scene.clock.advance(resource.settleSeconds * 1000);
      const [matches] = (await connector.find?.(scene.ctx, resource.name, [lookUp(record)])) ?? [];
      return matches ?? [];
    },
  };
}

/** The fields that were sent, as they were sent; absent ones may be null or missing. */
export function assertWhole(sent: Values, kept: Values | undefined): void {
  for (const [field, value] of Object.entries(sent)) assert.deepEqual(kept?.[field], value, field);
}
