// Declared and able are the same, in both directions.
import {strict as assert} from 'node:assert';
import {describe, test} from 'node:test';
import type {Capability} from '../../../model/resource.ts';
import type {Connector} from '../../contract.ts';

const methods: {readonly [capability in Capability]: readonly (keyof Connector)[]} = {
  read: ['read'],
  receive: [],
  get: ['get'],
  find: ['find'],
  snapshot: ['snapshot'],
  create: ['write', 'writeMany'],
  update: ['write', 'writeMany'],
  deactivate: ['write', 'writeMany'],
  reactivate: ['write', 'writeMany'],
  files: ['files'],
};

export function describeHonesty(connector: Connector): void {
  const declared = new Set(connector.manifest.resources.flatMap(({capabilities}) => capabilities));
  describe('capabilities', () => {
    for (const capability of declared) {
      test(`can ${capability}, as it declares`, () => {
        const able = methods[capability];
        assert.ok(able.length === 0 || able.some(method => connector[method] !== undefined), able.join(' or '));
      });
    }

    test('has no ability that it does not declare', () => {
      const allowed = new Set([...declared].flatMap(capability => methods[capability]));
      for (const method of new Set(Object.values(methods).flat())) {
        assert.ok(connector[method] === undefined || allowed.has(method), `${method} is declared by no resource`);
      }
    });
  });
}
