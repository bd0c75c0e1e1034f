// The browser that the tests drive: the one that `setup.js --browser` unpacked, or the one MUSTER_TEST_BROWSER names.
// Every launch is a browser of its own with an empty profile; `await using` closes it.
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {type Browser, chromium} from 'playwright-core';

const unpacked = join(import.meta.dirname, '../../node_modules/.cache/test-browser'); // made by setup/browser.js

/** `await using browser = await launchBrowser()`; then `browser.newPage()`. */
export async function launchBrowser(): Promise<Browser> {
  const named = process.env['MUSTER_TEST_BROWSER'];
  const executablePath = named ?? join(unpacked, 'chromium');
  if (!existsSync(executablePath)) {
    throw new Error(
      named
        ? `MUSTER_TEST_BROWSER names ${named}, which does not exist; name the program file of a Chromium.`
        : 'The test browser is not unpacked; run `node setup.js --browser`, or name a Chromium in MUSTER_TEST_BROWSER.',
    );
  }
  return chromium.launch({
    executablePath,
    // root cannot use the sandbox; without hinting text has the same pixels on every machine.
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
    env: named ? environment() : {...environment(), LD_LIBRARY_PATH: join(unpacked, 'lib'), FONTCONFIG_PATH: unpacked},
  });
}

function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
