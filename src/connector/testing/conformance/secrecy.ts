// No secret and no personal value in anything that is recorded or logged, whatever went wrong on the way.
import {strict as assert} from 'node:assert';
import {describe, test} from 'node:test';
import {type Stage, textsOf} from './stage.ts';

export function describeSecrecy({conformance, evidence, resource}: Stage): void {
  describe('secrecy', () => {
    test('no secret stands in a call, a log line or an error', () => {
      const secrets = [conformance.secrets, conformance.badSecrets, conformance.limitedSecrets];
      for (const secret of secrets.flatMap(one => Object.values(one ?? {}))) {
        const leak = evidence.find(line => line.includes(secret));
        assert.equal(leak, undefined);
      }
    });

    test('no value of a person stands in a call, a log line or an error', () => {
      const personal = resource.fields.filter(({sensitivity}) => sensitivity !== 'ordinary').map(({name}) => name);
      for (const n of [1, 2, 3]) {
        const values = conformance.values?.(n) ?? {};
        for (const text of personal.flatMap(name => textsOf(values[name] ?? null))) {
          assert.equal(
            evidence.find(line => line.includes(text)),
            undefined,
            text,
          );
        }
      }
    });
  });
}
