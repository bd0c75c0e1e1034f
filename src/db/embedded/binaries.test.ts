import assert from 'node:assert/strict';
import {access} from 'node:fs/promises';
import {test} from 'node:test';
import {isError} from '../../errors.ts';
import {findBinaries} from './binaries.ts';

test('the programs of this machine are there', async () => {
  const {initdb, pgCtl} = await findBinaries();
  await access(initdb);
  await access(pgCtl);
});

for (const [platform, arch] of [
  ['win32', 'x64'],
  ['linux', 'riscv64'],
  ['freebsd', 'x64'],
] as const) {
  test(`${platform}-${arch} is told that DATABASE_URL is the way`, async () => {
    await assert.rejects(findBinaries({platform, arch}), error => {
      assert.ok(isError(error, 'database.platform_unsupported'));
      assert.match(`${error.message} ${error.hint}`, new RegExp(`${platform}-${arch}.*DATABASE_URL`));
      return true;
    });
  });
}
