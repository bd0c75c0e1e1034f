// A folder of migrations for one test, gone at its end.
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

export type MigrationFolder = AsyncDisposable & {
  readonly path: string;
  /** Adds or replaces a file. */
  write(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
};

export async function migrationFolder(files: Readonly<Record<string, string>>): Promise<MigrationFolder> {
  const path = await mkdtemp(join(tmpdir(), 'muster-migrations-'));
  const write = (name: string, text: string) => writeFile(join(path, name), text);
  for (const [name, text] of Object.entries(files)) await write(name, text);
  return {
    path,
    write,
    remove: name => rm(join(path, name)),
    [Symbol.asyncDispose]: () => rm(path, {recursive: true}),
  };
}
