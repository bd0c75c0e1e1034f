// Runs another program to its end without showing its output, which is kept for the message if it fails.
// A signal that stops the set-up also stops the program, so nothing goes on writing behind the next set-up's back.
import {spawn} from 'node:child_process';
import {constants} from 'node:os';

/** @returns {Promise<{code: number, output: string, missing: boolean}>} */
export function run(program, args, options) {
  const child = spawn(program, args, {...options, stdio: ['ignore', 'pipe', 'pipe']});
  let output = '';
  let stoppedBy;
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += chunk));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      stoppedBy = signal;
      child.kill(signal);
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', error => (error.code === 'ENOENT' ? resolve({code: 1, output, missing: true}) : reject(error)));
    child.on('close', code => {
      if (stoppedBy) process.exit(128 + constants.signals[stoppedBy]);
      resolve({code: code ?? 1, output, missing: false});
    });
  });
}
