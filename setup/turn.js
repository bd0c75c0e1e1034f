// One set-up of a checkout at a time. The turn is a listening local socket: the system gives it up when its process ends,
// however it ends, so there is no stale lock to clean; whoever waits is connected to it and sees that end at once.
import {createHash} from 'node:crypto';
import {rmSync} from 'node:fs';
import {connect, createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** Resolves when this process has the turn, which it keeps until it exits. */
export async function takeTurn({root, say}) {
  const address = addressOf(root);
  if (await listen(address)) return;
  say('waiting for another set-up of this folder …');
  do await untilGone(address);
  while (!(await listen(address)));
}

function addressOf(root) {
  const name = `muster-setup-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`); // Linux: a name without a file
}

/** False when another process has it. Where no such socket can be made, one goes ahead without taking turns. */
function listen(address) {
  return new Promise(resolve => {
    const server = createServer().unref();
    server.once('listening', () => resolve(true));
    server.once('error', error => resolve(error.code !== 'EADDRINUSE'));
    server.listen(address);
  });
}

function untilGone(address) {
  return new Promise((resolve, reject) => {
    const socket = connect(address).resume();
    socket.once('close', () => resolve());
    socket.once('error', error => {
      // Refused: a socket file whose process is gone (not on Linux, where the name goes with it).
      if (error.code === 'ECONNREFUSED' && !address.startsWith('\0')) rmSync(address, {force: true});
      else if (!['ECONNREFUSED', 'ECONNRESET', 'ENOENT'].includes(error.code)) reject(error);
    });
  });
}
