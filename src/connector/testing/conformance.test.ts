import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {before, describe, test} from 'node:test';
import {fileURLToPath} from 'node:url';

/** The tests that fail for each sample of defects.fixture.ts. */
async function failuresBySample(): Promise<ReadonlyMap<string, readonly string[]>> {
  const fixture = fileURLToPath(new URL('conformance/defects.fixture.ts', import.meta.url));
  const output = await new Promise<string>(resolve => {
    // An environment of its own: inside a test run the runner would report to this one.
    execFile(process.execPath, ['--test-reporter=tap', fixture], {env: {}, maxBuffer: 50e6}, (_, stdout) =>
      resolve(stdout),
    );
  });
  const failures = new Map<string, string[]>();
  let sample = '';
  for (const line of output.split('\n')) {
    const started = /^# Subtest: Sample that (.*) conforms$/.exec(line);
    if (started?.[1]) {
      sample = started[1];
      failures.set(sample, []);
    }
    const failed = /^ {8}not ok \d+ - (.*?)( #.*)?$/.exec(line);
    if (failed?.[1]) failures.get(sample)?.push(failed[1]);
  }
  return failures;
}

const noticed: readonly (readonly [sample: string, by: RegExp])[] = [
  ['declares what it cannot', /^can files, as it declares/],
  ['can what it does not declare', /^has no ability that it does not declare/],
  ['takes every failed check for passed', /^tells rejected credentials/],
  ['loses the last record of a page', /^takes no more memory for/],
  ['takes a broken read for the whole set', /^does not take what it read for the whole/],
  ['keeps every record in memory', /^takes no more memory for/],
  ['sends a failed write again', /^sends a write only once/],
  ['logs names', /^no value of a person/],
  ['changes values on the way', /^keeps white space at the edges/],
  ['declares that it updates and was never shown how', /^can be held to what it declares/],
  ['adds a record where it should update one', /^updates a record with one write/],
  ['updates by writing only what the update names', /^updates a record with one write/],
  ['cannot update to what is there', /^does no harm when a record has the values already/],
  ['changes values of an update on the way', /^updates to white space at the edges/],
  ['writes over what somebody else changed', /^writes where `before` still holds/],
  ['sends a failed update again', /^sends an update only once/],
  [
    'takes a lost answer to an update for a refusal',
    /^leaves one whole record when an update is stored but gives no ans/,
  ],
  ['breaks at a record that was removed', /^ends in an outcome when what it is to update/],
  ['brings back who was removed', /^ends in an outcome when what it is to reactivate/],
  ['says that it deactivates and does not', /^can deactivate a record/],
  ['switches back on who is deactivated twice', /^can deactivate a record/],
  ['empties a record that it reactivates', /^can reactivate a record/],
];

describe('the conformance kit', () => {
  let failures: ReadonlyMap<string, readonly string[]>;
  before(async () => {
    failures = await failuresBySample();
  });

  test('finds nothing wrong with a sound connector', () => {
    assert.deepEqual(failures.get('is sound'), []);
  });

  for (const [sample, by] of noticed) {
    test(`notices a connector that ${sample}`, () => {
      const failed = failures.get(sample) ?? [];
      assert.ok(
        failed.some(name => by.test(name)),
        `failed: ${failed.join(' | ')}`,
      );
    });
  }
});
