// Testing the connection tells what is wrong by the right code, and passes when nothing is.
import {strict as assert} from 'node:assert';
import {createServer} from 'node:net';
import {describe, test} from 'node:test';
import {checkConnection, findMissing} from '../../check.ts';
import {openWorld} from '../world.ts';
import type {SceneOptions, Stage} from './stage.ts';

export function describeCheck(stage: Stage): void {
  const {connector, conformance} = stage;
  const {manifest} = connector;

  async function errorCodes(options: SceneOptions): Promise<readonly string[]> {
    await using scene = await stage.open(options);
    const findings = await checkConnection(connector, scene.ctx);
    return findings.filter(({level}) => level === 'error').map(({code}) => code);
  }

  describe('check', () => {
    test('passes', async () => {
      assert.deepEqual(await errorCodes({}), []);
    });

    test('names each required setting and secret that is missing', () => {
      const inputs = [...manifest.settings, ...manifest.secrets].filter(one => one.required && !one.visibleIf);
      const missing = findMissing(manifest, {connectionName: 'Empty', settings: {}, secrets: {}});
      for (const {label} of inputs)
        assert.ok(
          missing.some(({params}) => params['field'] === label),
          label,
        );
    });

    if (manifest.baseUrlSetting === undefined) return;
    const baseUrlSetting = manifest.baseUrlSetting;

    test('tells rejected credentials', async () => {
      assert.deepEqual(await errorCodes({secrets: conformance.badSecrets}), ['connection.credentials_rejected']);
    });

    test('tells a missing permission from rejected credentials', async () => {
      assert.deepEqual(await errorCodes({secrets: conformance.limitedSecrets}), ['connection.permission_missing']);
    });

    test('tells a host where nobody answers', async () => {
      const settings = {...conformance.settings, [baseUrlSetting]: `http://127.0.0.1:${await freePort()}`};
      await using world = openWorld({connector, settings, secrets: conformance.secrets ?? {}});
      const findings = await checkConnection(connector, world.ctx);
      assert.deepEqual(
        findings.map(({code}) => code),
        ['connection.unreachable'],
      );
    });

    test('refuses a private address that the installation does not allow', async () => {
      assert.deepEqual(await errorCodes({allowedPrivateHosts: []}), ['connection.address_refused']);
    });
  });
}

/** A port on which nobody listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  assert.ok(typeof address === 'object' && address);
  return address.port;
}
