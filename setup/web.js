// Builds the web app into dist/ when its sources, its packages or what it shares with the server have changed.
// The stamp is removed before and written after, so a build that was cut short is never taken as whole.
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {stripVTControlCharacters} from 'node:util';
import {nodeProgram} from './native.js';
import {Problem} from './problem.js';
import {run} from './run.js';

const sources = ['ui', 'src/api/contract', 'src/messages', 'package-lock.json'];
const stampOf = root => join(root, 'dist/.muster-ui');

export function webAppIsCurrent({root}) {
  if (!existsSync(join(root, 'ui/vite.config.ts'))) return true;
  return existsSync(stampOf(root)) && readFileSync(stampOf(root), 'utf8') === sourcesHash(root);
}

export async function buildWebApp({root, env, say}) {
  say('building the web app …');
  const hash = sourcesHash(root);
  rmSync(stampOf(root), {force: true});
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const result = await run(nodeProgram(root), [vite, 'build', 'ui', '--logLevel', 'warn'], {cwd: root, env});
  if (result.code !== 0) {
    const words = stripVTControlCharacters(result.output).split('\n    at ')[0].trim(); // without vite's own stack
    throw new Problem(`The web app does not build.\n${words}`, 'Mend its source');
  }
  mkdirSync(join(root, 'dist'), {recursive: true});
  writeFileSync(stampOf(root), hash);
}

function sourcesHash(root) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(source => filesOf(root, source))) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function filesOf(root, path) {
  if (!existsSync(join(root, path))) return [];
  if (path === 'package-lock.json') return [path];
  const entries = readdirSync(join(root, path), {withFileTypes: true, recursive: true});
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath ?? entry.path, entry.name));
  return files.map(file => file.slice(root.length + 1)).sort();
}
