// The order of the set-up. Each part knows by itself whether it is current, so an interrupted set-up goes on where it
// stopped; only one process at a time changes anything, the others wait and then find the work done.
import {browserIsCurrent, unpackBrowser} from './browser.js';
import {linkPackages} from './native.js';
import {installPackages, packagesAreCurrent} from './packages.js';
import {takeTurn} from './turn.js';
import {buildWebApp, webAppIsCurrent} from './web.js';

/** @param {{root: string, env: NodeJS.ProcessEnv, browser: boolean, say: (line: string) => void}} setup */
export async function prepare(setup) {
  const parts = [
    {isCurrent: packagesAreCurrent, make: installPackages},
    {isCurrent: webAppIsCurrent, make: buildWebApp},
    ...(setup.browser ? [{isCurrent: browserIsCurrent, make: unpackBrowser}] : []),
  ];
  if (parts.every(part => part.isCurrent(setup))) return linkPackages(setup);

  await takeTurn(setup);
  for (const part of parts) if (!part.isCurrent(setup)) await part.make(setup);
  linkPackages(setup);
}
