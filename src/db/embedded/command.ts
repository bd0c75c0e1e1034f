// Runs one of PostgreSQL's own programs to its end and keeps what it said.
import {type ChildProcess, spawn} from 'node:child_process';

export type Finished = {readonly ok: boolean; readonly output: string};

export type RunOptions = {
  readonly signal?: AbortSignal | undefined;
  /** Where it works; default where we do. */
  readonly directory?: string | undefined;
};

/** PostgreSQL's programs take their language and zone from the environment: they get these, whatever the caller has. */
export const environment = {PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC'};

/**
 * Runs `command[0]` with the rest as arguments. Ends with `ok: false`, never a throw, when it fails or cannot be started
 * (`output` then says so); rejects with the signal's reason when aborted.
 */
export async function runCommand(command: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const {signal, directory} = options;
  signal?.throwIfAborted();
  const [program = '', ...parameters] = command;
  const child = spawn(program, parameters, {cwd: directory, env: environment, stdio: ['ignore', 'pipe', 'pipe']});
  const stop = () => child.kill('SIGKILL');
  signal?.addEventListener('abort', stop, {once: true});
  try {
    const finished = await collect(child);
    signal?.throwIfAborted();
    return finished;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

function collect(child: ChildProcess): Promise<Finished> {
  const {promise, resolve} = Promise.withResolvers<Finished>();
  let output = '';
  const keep = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  child.on('error', error => resolve({ok: false, output: error.message}));
  child.on('close', code => resolve({ok: code === 0, output}));
  return promise;
}

/** The line that says why, for people: the last one marked as an error, else the last one, without date and program. */
export function reasonOf(output: string): string {
  const lines = output.split('\n').filter(line => line.trim() !== '');
  const marked = lines.findLast(line => /\b(PANIC|FATAL|error):/i.test(line));
  return (marked ?? lines.at(-1) ?? 'it gave no reason').replace(/^.*?\b(PANIC|FATAL|error):\s*/i, '').trim();
}
