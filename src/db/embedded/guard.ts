// Ends a server together with the process that started it, even when that is killed with -9: a shell waits for its input
// to end, which the kernel does for the dead, and then stops the server. For tests only; a hub that restarts adopts its
// server instead.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {environment} from './command.ts';

export type Guard = {
  /** Stops the server now and waits until it is gone. */
  fire(): Promise<void>;
  /** Goes without stopping anything. */
  dismiss(): void;
};

/** @param stopCommand what to run, in that directory, at the end and not before */
export function startGuard(stopCommand: readonly string[], directory: string): Guard {
  const script = 'cat >/dev/null; exec "$@"';
  const shell = spawn('sh', ['-c', script, 'sh', ...stopCommand], {
    cwd: directory,
    detached: true, // Ctrl+C in a terminal goes to the whole group: the shell has to outlive it
    env: environment,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.unref();
  shell.stdin.on('error', () => {}); // it is gone already
  return {
    async fire() {
      if (shell.exitCode !== null || shell.signalCode !== null) return;
      shell.ref();
      shell.stdin.end();
      await once(shell, 'exit');
    },
    dismiss() {
      shell.kill('SIGKILL');
      shell.stdin.destroy();
    },
  };
}
