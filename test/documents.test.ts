// Holds the documents to the code: links, paths, commands, settings, dependencies and the table of imports. What a
// sentence promises, only its test can hold.
import assert from 'node:assert/strict';
import {existsSync, readdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {test} from 'node:test';
import manifest from '../package.json' with {type: 'json'};
import {linesOf, type SourceFile, sourceTree} from './support/source-tree.ts';

const root = join(import.meta.dirname, '..');
const tree = sourceTree(root);
const documents = tree.filter(({path}) => path.endsWith('.md'));

test('every relative link leads to a file, and to a heading that it has', () => {
  const lost = documents.flatMap(document =>
    links(document).filter(target => {
      const [path = '', heading] = target.split('#');
      const file = path === '' ? document.path : join(dirname(document.path), path);
      if (!existsSync(join(root, file))) return true;
      return heading !== undefined && !headings(textOf(file)).includes(heading);
    }),
  );
  assert.deepEqual(lost, []);
});

test('every path in backticks exists', () => {
  const paths = documents.flatMap(document =>
    [...document.text.matchAll(/`((?:src|connectors|ui|test|setup|docs|\.ci)\/[\w./-]+|[\w-]+\.(?:ts|js|json|md))`/g)]
      .map(match => match[1] ?? '')
      .filter(path => !existsSync(join(root, path)) && !existsSync(join(root, dirname(document.path), path)))
      .filter(path => !generic.has(path))
      .map(path => `${document.path}: ${path}`),
  );
  assert.deepEqual(paths, []);
});

test('every command that is named exists', () => {
  const named = documents.flatMap(({path, text}) => [
    ...[...text.matchAll(/npm run ([a-z]+)/g)].map(match => ({path, script: match[1] ?? ''})),
    ...(text.includes('npm test') ? [{path, script: 'test'}] : []),
  ]);
  assert.ok(named.length > 10);
  assert.deepEqual(
    named.filter(({script}) => !Object.hasOwn(manifest.scripts, script)),
    [],
  );
  const files = documents.flatMap(({text}) =>
    [...text.matchAll(/node ([\w./-]+\.[jt]s)/g)].map(match => match[1] ?? ''),
  );
  assert.deepEqual(
    files.filter(file => !existsSync(join(root, file))),
    [],
  );
});

test('the README shows the two commands, each alone in a block', () => {
  const blocks = [...textOf('README.md').matchAll(/```sh\n([^`]*?)\n```/g)].map(match => match[1]);
  for (const command of ['npm run demo', 'npm test']) assert.ok(blocks.includes(command), command);
});

test('the README names every command of the command line and every setting, and no others', () => {
  const readme = textOf('README.md');
  const commands = [...textOf('src/main.ts').matchAll(/\.command\('([\w-]+)'\)/g)].map(match => match[1] ?? '');
  assert.ok(commands.length > 5);
  for (const command of commands) assert.match(readme, new RegExp(`\`[^\`]*\\b${command}\\b`), command);
  const settings = (text: string) => [...new Set(text.match(/\b(?:DATABASE_URL|MUSTER_[A-Z_]+)\b/g))].sort();
  const table = /^## Settings\n(.*?)^## /ms.exec(readme)?.[1] ?? '';
  assert.deepEqual(settings(table), settings(textOf('src/config.ts')));
});

test('ARCHITECTURE has the table of imports that the structure test holds', () => {
  const architecture = textOf('ARCHITECTURE.md');
  const section = /^### Who may import whom\n(.*?)^## /ms.exec(architecture)?.[1] ?? '';
  const written = [...section.matchAll(/^\| ([\w/-]+) +\| (.*?) +\|$/gm)]
    .map(([, part = '', may = '']) => [part, may === '-' ? '' : may])
    .filter(([part]) => part !== 'part' && !/^-+$/.test(part ?? ''));
  const structure = textOf('test/structure.test.ts');
  const block = /^const mayImport\b.*?= \{\n(.*?)^\};/ms.exec(structure)?.[1] ?? '';
  const held = [...block.matchAll(/^ {2}'?([\w/-]+)'?: '(.*)',$/gm)].map(([, part, may]) => [part, may]);
  assert.ok(held.length > 20);
  assert.deepEqual(written, held);
  const anyone = /^const anyone = '(.*)';$/m.exec(structure)?.[1] ?? '';
  assert.ok(section.includes(`anyone may import: ${anyone}.`), anyone);
});

test('ARCHITECTURE stays short', () => {
  assert.ok(textOf('ARCHITECTURE.md').split('\n').length < 250);
});

test('every dependency has a row with its reason, and no row is without one', () => {
  const record = textOf('docs/decisions/0015-dependencies.md');
  const rows = [...record.matchAll(/^\| ([@\w/., -]+?) +\|/gm)].flatMap(([, names = '']) => names.split(', '));
  const named = rows.filter(name => name !== 'package' && !/^-+$/.test(name));
  const {dependencies, devDependencies, optionalDependencies} = manifest;
  const used = Object.keys({...dependencies, ...devDependencies, ...optionalDependencies});
  assert.deepEqual(named.toSorted(), used.toSorted());
});

test('the list of decisions names each record by its title', () => {
  const list = textOf('docs/decisions/README.md');
  const records = readdirSync(join(root, 'docs/decisions')).filter(name => /^\d{4}-/.test(name));
  assert.ok(records.length > 10);
  for (const [at, name] of records.toSorted().entries()) {
    const title = /^# \d+\. (.+)$/m.exec(textOf(`docs/decisions/${name}`))?.[1];
    assert.ok(list.includes(`${at + 1}. [${title}](${name})`), `${name}: ${title}`);
  }
});

test('no document names a line number, a folder of one machine or a registry', () => {
  const found = documents.flatMap(document =>
    linesOf(
      document,
      /\.[jt]sx?:\d+|\blines? \d+ of\b|(?<![\w.\-$*}/])\/(?:work|root|home|tmp|Users)\/|registry\.npmjs/,
    ),
  );
  assert.deepEqual(found, []);
});

function textOf(path: string): string {
  return tree.find(file => file.path === path)?.text ?? '';
}

function links({text}: SourceFile): readonly string[] {
  const prose = text.replace(/```.*?```/gs, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(match => match[1] ?? '')
    .filter(target => !/^[a-z]+:/.test(target));
}

/** As they are addressed: lower case, words joined by dashes. */
function headings(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Files that each connector has, named without a connector, and what names a form rather than a file. */
const generic = new Set([
  'manifest.ts',
  'connector.ts',
  'emulator.ts',
  'quirks.md',
  'connector.test.ts',
  'openapi.json',
  'kebab-case.ts',
]);
