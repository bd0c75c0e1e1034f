// Test files that share one process, since loading the modules that they have in common takes longer than they do.
import {globSync} from 'node:fs';
import {join} from 'node:path';

export const api = ['src/api/*.test.ts'];
export const mapping = ['src/mapping/**/*.test.ts'];
export const small = ['src/*.test.ts', 'src/{auth,connector,messages,model,std}/*.test.ts', 'test/*.test.ts'];

const root = join(import.meta.dirname, '../..');

/** Files that match, as paths from the root of the repository. */
export function filesOf(patterns: readonly string[]): readonly string[] {
  return globSync([...patterns], {cwd: root}).toSorted();
}

/** Registers the tests of all files that match in this process. */
export async function runTogether(...patterns: readonly string[]): Promise<void> {
  for (const file of filesOf(patterns)) await import(join(root, file));
}
