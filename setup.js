// Gets a checkout ready to run: packages, the Node and PostgreSQL that come with them, the web app, and with --browser
// the test browser. Runs before `npm test`, `npm run demo` and `npm run muster`; does nothing when all is current.
// Plain JavaScript for Node 20 and later; the parts are imported only after the version is known to be enough.
import {dirname} from 'node:path';
import {fileURLToPath} from 'node:url';

const again = 'then run the same command again';

const stop = (sentence, mend) => {
  console.error(`muster: ${sentence}${mend ? `\n        ${mend}` : ''}`);
  process.exit(1);
};

if (Number(process.versions.node.split('.')[0]) < 20) {
  stop(
    `Node 20 or later is needed; this is ${process.versions.node}.`,
    `Install Node 24 from https://nodejs.org, ${again}.`,
  );
}

import('./setup/prepare.js')
  .then(({prepare}) =>
    prepare({
      root: dirname(fileURLToPath(import.meta.url)),
      env: process.env,
      browser: process.argv.includes('--browser'),
      say: line => console.error(`muster: ${line}`),
    }),
  )
  .then(() => process.exit(0)) // ends the turn held by setup/turn.js
  .catch(error =>
    stop(error.mend ? error.message : `Setting up failed: ${error.message}`, error.mend ?? `Mend that, ${again}.`),
  );
