// The checkout as the structure test reads it: its text files, and what can be told of one without running it.
import {readdirSync, readFileSync} from 'node:fs';
import {join, posix, relative, sep} from 'node:path';

export const codeFolders = ['src', 'connectors', 'ui', 'test', 'setup'];

/** `path` is from the root of the checkout, with forward slashes. */
export type SourceFile = {readonly path: string; readonly text: string};

export type Import = {readonly from: string; readonly to: string};

/** Every text file of the checkout that is or may be committed. */
export function sourceTree(root: string): SourceFile[] {
  const left = /^(\.git|node_modules|data|dist)$|\.log$|^\.DS_Store$/; // as .gitignore
  const files: SourceFile[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, {withFileTypes: true})) {
      const path = join(folder, entry.name);
      if (left.test(entry.name)) continue;
      if (entry.isDirectory()) walk(path);
      if (!entry.isFile()) continue;
      const text = readFileSync(path, 'utf8');
      if (!text.includes('\0')) files.push({path: relative(root, path).split(sep).join('/'), text});
    }
  };
  walk(root);
  return files;
}

export function isCode(path: string): boolean {
  return /\.(ts|tsx|js)$/.test(path) && (isIn(codeFolders, path) || !path.includes('/'));
}

export function isTest(path: string): boolean {
  return path.startsWith('test/') || /\.(test|e2e)\.tsx?$/.test(path);
}

export function isIn(folders: readonly string[], path: string): boolean {
  return folders.some(folder => path.startsWith(`${folder}/`));
}

export function lineCount(file: SourceFile): number {
  return file.text.replace(/\n$/, '').split('\n').length;
}

export function linesOf(file: SourceFile, pattern: RegExp): string[] {
  return file.text
    .split('\n')
    .flatMap((line, at) => (pattern.test(line) ? [`${file.path}:${at + 1}: ${line.trim()}`] : []));
}

/** Only code, and of it only lines that are not wholly a comment. */
export function linesMatching(file: SourceFile, pattern: RegExp): string[] {
  if (!isCode(file.path)) return [];
  return linesOf({...file, text: file.text.replace(/^\s*(\/\/|\/?\*).*$/gm, '')}, pattern);
}

export function hasKebabNames(path: string): boolean {
  const folders = path.split('/');
  const file = folders.pop() ?? '';
  const isKebab = (name: string) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name);
  return folders.every(isKebab) && (!isCode(path) || file.split('.').every(isKebab));
}

export function exportedTypes(file: SourceFile): string[] {
  if (!isCode(file.path)) return [];
  const declaration = /^export (?:declare |abstract )*(?:type|interface|class) (\w+)/gm;
  return [...file.text.matchAll(declaration)].map(match => match[1] ?? '');
}

/** `src/std/string-utils.ts` → src, std, string, utils, ts; `SyncManager` → sync, manager. */
export function wordsOf(name: string): string[] {
  return name.split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/).map(word => word.toLowerCase());
}

/** Imports and re-exports, type-only and dynamic ones too, between files of this checkout. */
export function importsOf(files: readonly SourceFile[]): Import[] {
  const clause =
    /^(?:import|export)\s(?:[\w\s,*$]|\{[^}]*\})*?\bfrom\s*'([^']+)'|^import\s*'([^']+)'|\bimport\(\s*'([^']+)'/gm;
  return files
    .filter(file => isCode(file.path) && file.path !== 'test/structure.test.ts')
    .flatMap(file =>
      [...file.text.matchAll(clause)]
        .map(match => match[1] ?? match[2] ?? match[3] ?? '')
        .filter(target => target.startsWith('.'))
        .map(target => ({from: file.path, to: posix.join(posix.dirname(file.path), target.replace(/\?.*$/, ''))})),
    );
}
