// Holds the shape of the code: who may import whom (ARCHITECTURE has the same table in prose), sizes, names, and who may
// touch the environment, SQLSTATEs and the network. No rule has exceptions by file: mend the code, or change the rule here
// and say why in docs/decisions. Each rule is also shown a planted case that it must notice.
import assert from 'node:assert/strict';
import {join, posix} from 'node:path';
import {test} from 'node:test';
import {
  codeFolders,
  exportedTypes,
  hasKebabNames,
  type Import,
  importsOf,
  isCode,
  isIn,
  isTest,
  lineCount,
  linesMatching,
  linesOf,
  type SourceFile,
  sourceTree,
  wordsOf,
} from './support/source-tree.ts';

/** Each part and the parts it may import; itself always. Above all of this stand main and demo, which import everything. */
const mayImport: Readonly<Record<string, string>> = {
  'src/main': 'everything',
  'src/command': 'everything but main and demo',
  'src/demo': 'everything but main',
  'src/start': 'everything but main, demo and command',
  'src/api': 'api/contract, sync, store, queue, auth, vault, mapping, connector, db',
  'src/work': 'sync, store, queue, vault, connector, db',
  'src/sync': 'connector, mapping, store, queue, vault, db',
  'src/auth': 'store, db',
  'src/vault': 'store, db',
  'src/store': 'db',
  'src/queue': 'db',
  'src/connector/testing': 'connector',
  'src/connector': '',
  'src/mapping': '',
  'src/api/contract': '',
  'src/db': '',
  'src/config': '',
  'src/model': '',
  'src/std': '',
  'src/errors': '',
  'src/log': '',
  'src/messages': '',
  connectors: 'connector',
  ui: 'api/contract, messages',
  test: 'everything but main',
  setup: '',
};

/** What anyone may import, but for those that must stay free of it. */
const anyone = 'std, model, errors, log, messages';
const anyoneBut: Readonly<Record<string, string>> = {
  'src/model': 'std, errors, messages',
  'src/std': '',
  ui: '',
  setup: '',
};

const largestFile = 600;
const banned =
  /^(util|helper|common|shared|misc|manager|service|handler|processor|base|info)s?$|^(utilities|miscellaneous)$/;
/** Whose work crosses companies: everything else goes through inCompany. Watchdog and schedules only look what is due. */
const seesAll =
  /^src\/(db|auth|command|queue)\/|^src\/(start|demo)\.ts$|^src\/(store\/installation|sync\/watchdog|work\/schedules)\.ts$/;
const environmentReaders = ['src/config.ts', 'src/main.ts', 'src/demo.ts', 'setup.js', 'ui/vite.config.ts'];

type Rule = {
  readonly name: string;
  /** One line for each violation: where, and what is wrong. */
  readonly violations: (files: readonly SourceFile[]) => string[];
  /** Small checkouts, path and text of their files, each of which breaks the rule. */
  readonly planted: readonly Readonly<Record<string, string>>[];
};

const rules: readonly Rule[] = [
  {
    name: 'every part imports only the parts below it that the table names',
    violations: files => importsOf(files).filter(isForbidden).map(sentence),
    planted: [
      {'src/store/runs.ts': "import {\n  startRun,\n} from '../sync/start.ts';"},
      {'src/std/clock.ts': "import type {Run} from '../model/run.ts';"},
      {'src/newcomer/first.ts': "export * from '../std/clock.ts';"},
      {'src/api/server.ts': "const main = await import('../main.ts');"},
      {'connectors/hectre/connector.ts': "import {readFile} from '../file/connector.ts';"},
      {'ui/runs/page.tsx': "import {getRun} from '../../src/store/runs.ts';"},
    ],
  },
  {
    name: 'only the demo, the tests and its own folder reach an emulator, and only these use the testing kit',
    violations: files => importsOf(files).filter(isTestOnly).map(sentence),
    planted: [
      {'src/main.ts': "import {startHectre} from '../connectors/hectre/emulator.ts';"},
      {'connectors/hectre/connector.ts': "import {serve} from '../../src/connector/testing/emulator.ts';"},
      {'src/db/pool.ts': "import {world} from '../../test/support/world.ts';"},
      {'src/db/pool.ts': "import {sample} from './pool.test.ts';"},
    ],
  },
  {
    name: 'no two parts import each other, directly or around a circle',
    violations: files => circles(importsOf(files.filter(file => !isTest(file.path)))),
    planted: [
      {
        'src/errors.ts': "import {messageText} from './messages/text.ts';",
        'src/messages/text.ts': "import {log} from '../log.ts';",
        'src/log.ts': "import {MusterError} from './errors.ts';",
      },
    ],
  },
  {
    name: `no file is longer than ${largestFile} lines`,
    violations: files =>
      files
        .filter(file => isCode(file.path) && !/\.gen\.|\.d\.ts$/.test(file.path) && lineCount(file) > largestFile)
        .map(file => `${file.path} has ${lineCount(file)} lines; split it`),
    planted: [{'src/sync/deliver.ts': 'step();\n'.repeat(largestFile + 1)}],
  },
  {
    name: 'folders under src are at most three deep',
    violations: files =>
      files.filter(file => /^src\/([^/]+\/){4}/.test(file.path)).map(file => `${file.path} lies too deep`),
    planted: [{'src/api/runs/events/filters/phase.ts': ''}],
  },
  {
    name: 'files and folders have kebab-case names',
    violations: files =>
      files
        .filter(file => isIn(codeFolders, file.path) && !hasKebabNames(file.path))
        .map(file => `${file.path} is not in kebab-case`),
    planted: [{'src/sync/planRun.ts': ''}, {'ui/RunPages/list.tsx': ''}, {'test/support/fake_clock.ts': ''}],
  },
  {
    name: 'no file, folder or exported type has a name that says nothing',
    violations: files =>
      files
        .filter(file => isIn(codeFolders, file.path))
        .flatMap(file =>
          [file.path, ...exportedTypes(file)]
            .filter(name => wordsOf(name).some(word => banned.test(word)))
            .map(name => `${file.path}: ${name} has a word that fits everything; name what it is`),
        ),
    planted: [
      {'src/std/string-utils.ts': ''},
      {'ui/common/table.tsx': ''},
      {'src/sync/runs.ts': 'export class SyncManager {}'},
      {'src/model/run.ts': 'export type RunInfo = {id: string};'},
    ],
  },
  {
    name: 'only the configuration, the entry points and the set-up read the environment',
    violations: files =>
      files
        .filter(file => !file.path.startsWith('test/') && !environmentReaders.includes(file.path))
        .flatMap(file => linesMatching(file, /\bprocess\.env\b|\{[^}]*\benv\b[^}]*\} from 'node:process'/)),
    planted: [
      {'src/db/pool.ts': 'const url = process.env.DATABASE_URL;'},
      {'src/log.ts': "import {env} from 'node:process';"},
    ],
  },
  {
    name: 'only sign-in, start, the queue, commands, readiness, the watchdog and the look at schedules see every company',
    violations: files =>
      files
        .filter(file => file.path.startsWith('src/') && !isTest(file.path) && !seesAll.test(file.path))
        .flatMap(file => linesMatching(file, /\b(asOwner|ownerKysely|ownerPool)\b/)),
    planted: [{'src/api/runs.ts': 'const runs = await asOwner(hub.db, tx => listRuns(tx));'}],
  },
  {
    name: 'SQLSTATEs are read in src/db alone',
    violations: files =>
      files
        .filter(file => !file.path.startsWith('src/db/') && !file.path.startsWith('test/'))
        .flatMap(file => linesMatching(file, /\.code\s*[!=]==?\s*['"](?=[A-Z]*\d)[0-9A-Z]{5}['"]/)),
    planted: [{'src/store/runs.ts': "if (error.code === '23505') return;"}],
  },
  {
    name: 'no code in src or connectors calls the global fetch',
    violations: files =>
      files
        .filter(file => isIn(['src', 'connectors'], file.path))
        .flatMap(file => linesMatching(file, /(?<![.\w$#])fetch\(|\bglobal(This)?\.fetch\b/)),
    planted: [
      {'connectors/hectre/connector.ts': 'const answer = await fetch(url);'},
      {'src/work/poll.ts': 'const answer = await globalThis.fetch(url);'},
    ],
  },
  {
    name: 'no file names a folder of one machine or the address of a registry',
    violations: files => files.flatMap(file => linesOf(file, /(?<![\w.\-$*}/])\/(?:work|root|farm)\/|registry\.npmjs/)),
    planted: [
      {'docs/start.md': ['Look in ', 'root', 'muster.'].join('/')},
      {'package-lock.json': `"resolved": "https://${['registry', 'npmjs', 'org'].join('.')}/zod"`},
    ],
  },
];

const tree = sourceTree(join(import.meta.dirname, '..'));
for (const rule of rules) {
  test(rule.name, () => assert.deepEqual(rule.violations(tree), []));
  test(`noticed when planted: ${rule.name}`, () => {
    for (const checkout of rule.planted) {
      const files = Object.entries(checkout).map(([path, text]) => ({path, text}));
      assert.notDeepEqual(rule.violations(files), [], `${Object.keys(checkout)} passes`);
    }
  });
}

/** The row of the table that a file belongs to: the longest that fits. A connector is a part of its own. */
function partOf(path: string): string {
  const connector = /^connectors\/[^/]+(?=\/)/.exec(path)?.[0];
  if (connector) return connector;
  const stem = path.replace(/(\.test|\.e2e)?\.(tsx?|js)$/, '');
  const rows = Object.keys(mayImport).filter(row => stem === row || stem.startsWith(`${row}/`));
  return rows.sort((a, b) => b.length - a.length)[0] ?? posix.dirname(path);
}

function isForbidden({from, to}: Import): boolean {
  const [importer, imported] = [partOf(from), partOf(to)];
  // Tests put together what they need; that a part does not lean on one above it is seen in its own files.
  if (importer === imported || isTestSupport(to) || isTest(from)) return false;
  if (importer === 'connectors') return !imported.startsWith('connectors/') && imported !== 'src/connector';
  const row = mayImport[importer.startsWith('connectors/') ? 'connectors' : importer];
  if (row === undefined) return true; // a new part has no row yet
  if (row.startsWith('everything'))
    return listOf(row.replace(/^everything( but )?/, '').replace(' and ', ', ')).includes(imported);
  if (importer.startsWith('connectors/') && imported === 'src/connector/testing') return false; // the next rule's
  const free = importer.startsWith('connectors/') ? '' : (anyoneBut[importer] ?? anyone);
  return !listOf(row).includes(imported) && !listOf(free).includes(imported);
}

function isTestOnly({from, to}: Import): boolean {
  const [importer, imported] = [partOf(from), partOf(to)];
  if (isTest(from)) return false;
  if (isTest(to)) return true;
  const isEmulator = (path: string) => /^connectors\/[^/]+\/emulator(\.ts$|[-/])/.test(path);
  if (isEmulator(to)) return importer !== imported && from !== 'src/demo.ts';
  if (imported === 'src/connector/testing') return importer !== imported && !isEmulator(from) && from !== 'src/demo.ts';
  return false;
}

function isTestSupport(path: string): boolean {
  return path.startsWith('test/support/'); // the rule on tests says who may
}

/** `store, api/contract` → src/store, src/api/contract */
function listOf(parts: string): string[] {
  return parts === '' ? [] : parts.split(', ').map(part => `src/${part}`);
}

function circles(imports: readonly Import[]): string[] {
  const below = new Map<string, Set<string>>();
  for (const {from, to} of imports) {
    if (partOf(from) === partOf(to)) continue;
    below.set(partOf(from), (below.get(partOf(from)) ?? new Set()).add(partOf(to)));
  }
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (part: string, path: readonly string[]): void => {
    if (path.includes(part)) found.push([...path.slice(path.indexOf(part)), part].join(' → '));
    if (path.includes(part) || done.has(part)) return;
    for (const next of below.get(part) ?? []) visit(next, [...path, part]);
    done.add(part);
  };
  for (const part of below.keys()) visit(part, []);
  return found;
}

function sentence({from, to}: Import): string {
  return `${from} may not import ${to}`;
}
