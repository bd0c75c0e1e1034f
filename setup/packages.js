// Installs the packages that package-lock.json names. No install script of any package runs (what two of them would have
// done is in native.js). The stamp is written last, so an install that was cut short is done again.
import {createHash} from 'node:crypto';
import {existsSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {checkNode, linkPackages} from './native.js';
import {Problem} from './problem.js';
import {run} from './run.js';

const stampOf = root => join(root, 'node_modules/.muster-lock');
const lockHash = root =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

// By content, not by time: a checkout touches every file's time.
export function packagesAreCurrent({root}) {
  return existsSync(stampOf(root)) && readFileSync(stampOf(root), 'utf8') === lockHash(root);
}

export async function installPackages(setup) {
  const {root, say} = setup;
  say('installing packages (about half a minute, only when they change) …');
  const hash = lockHash(root);
  rmSync(stampOf(root), {force: true});
  let result = await npmCi(setup);
  // What an interrupted install is still writing, or has left, can be in the way once.
  if (/^(ENOTEMPTY|EEXIST|ENOENT|EBUSY)$/.test(npmCode(result))) result = await npmCi(setup);
  if (result.code !== 0) throw installProblem(result);
  checkNode(root);
  linkPackages(setup);
  writeFileSync(stampOf(root), hash);
}

function npmCi({root, env}) {
  const flags = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  // Tests and the web app's build need the development packages whatever NODE_ENV or the user's npm settings say.
  flags.push('--include=dev', '--include=optional');
  // npm_node_execpath, not this process: on later runs PATH's node lies in the folder that is being replaced.
  if (/npm-cli\.js$/.test(env.npm_execpath ?? '')) {
    return run(env.npm_node_execpath ?? process.execPath, [env.npm_execpath, ...flags], {cwd: root, env});
  }
  return run('npm', flags, {cwd: root, env, shell: process.platform === 'win32'});
}

const npmCode = result => /^npm (?:error|ERR!) code (\w+)/m.exec(result.output)?.[1] ?? '';

const network =
  /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ERR_SOCKET_TIMEOUT|E5\d\d)$/;

function installProblem(result) {
  const code = npmCode(result);
  if (result.missing) {
    return new Problem('npm was not found.', 'Install Node 24, which brings npm, from https://nodejs.org');
  }
  if (network.test(code)) {
    return new Problem(
      `npm cannot reach its package registry (${code}).`,
      'Check the network and proxy, or name a mirror with: npm config set registry <address>',
    );
  }
  if (code === 'EUSAGE') return new Problem('package-lock.json does not fit package.json.', 'Run: npm run lock');
  if (code === 'ENOSPC') return new Problem('The disk is full.', 'Free about 1 GB');
  if (code === 'EACCES' || code === 'EPERM') {
    return new Problem('node_modules cannot be written.', 'Make its folder writable for this user');
  }
  const reason =
    result.output.split('\n').find(line => /^npm (error|ERR!) (?!code)/.test(line)) ?? `exit code ${result.code}`;
  return new Problem(`npm could not install the packages: ${reason.replace(/^npm (error|ERR!) /, '')}`, 'Mend that');
}
