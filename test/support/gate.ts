// A door in front of a server on loopback that a test can shut and open: shut, whoever is inside is thrown out and whoever
// knocks is refused, as when a system is down; what had arrived before may still take effect behind it.

import type {AddressInfo} from 'node:net';
import {connect, createServer, type Server, type Socket} from 'node:net';

export type Gate = AsyncDisposable & {
  readonly url: string;
  shut(): Promise<void>;
  open(): Promise<void>;
};

/** Open at first. */
export async function startGate(target: string): Promise<Gate> {
  const {hostname, port} = new URL(target);
  const inside = new Set<Socket>();
  let server: Server | undefined;
  let ownPort = 0;

  const open = async () => {
    const opened = createServer(socket => {
      const onward = connect(Number(port), hostname);
      for (const [one, other] of [[socket, onward] as const, [onward, socket] as const]) {
        inside.add(one);
        one.on('error', () => {}); // whoever sent it sees it
        one.on('close', () => {
          inside.delete(one);
          other.destroy();
        });
        one.pipe(other);
      }
    });
    server = opened;
    await new Promise<void>(resolve => opened.listen(ownPort, '127.0.0.1', resolve));
    ownPort = (opened.address() as AddressInfo).port; // a listening TCP server has an AddressInfo
  };
  const shut = async () => {
    const shutting = server;
    server = undefined;
    if (!shutting) return;
    const closed = new Promise<void>(resolve => shutting.close(() => resolve()));
    for (const socket of inside) socket.resetAndDestroy();
    await closed;
  };
  await open();
  return {url: `http://127.0.0.1:${ownPort}`, shut, open, [Symbol.asyncDispose]: shut};
}
