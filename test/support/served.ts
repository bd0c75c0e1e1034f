// The whole hub as people meet it: workers, API and the built web app on a free port of this machine, in this process, on
// a database of its own. `await using served = await servedHub()`.
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {Hono} from 'hono';
import type {RequestState} from '../../src/api/errors.ts';
import {listen} from '../../src/api/listen.ts';
import {createApi} from '../../src/api/server.ts';
import {claimOwner, ownerLink} from '../../src/auth/owner.ts';
import {createSignIn} from '../../src/auth/sign-in.ts';
import {distDir, version} from '../../src/command/package.ts';

import {type TestHub, testHub} from './hub.ts';

export type Served = TestHub & {
  readonly origin: string;
  /** The one-time link of the first owner; a new one each time. @throws once there is an owner */
  welcomeLink(): Promise<string>;
  /** Makes the owner without a browser, for journeys that begin later. */
  claim(): Promise<void>;
};

/** Who claims the installation in these tests. */
export const owner = {name: 'Mia Tamihana', email: 'mia@example.com', password: 'four walnut trees'} as const;

/** Where these hubs send people who need help. */
export const supportUrl = 'mailto:help@example.com';

/** @throws Error naming the command that builds the web app, where it is not built */
export async function servedHub(): Promise<Served> {
  if (!existsSync(join(distDir, 'index.html'))) {
    throw new Error('The web app is not built; run `node setup.js --browser`, as `npm test` does first.');
  }
  await using undo = new AsyncDisposableStack();
  const world = undo.use(await testHub());
  const {hub} = world;
  const stopping = new AbortController();
  // The address is known only when it listens, and the API wants to know it: so a front that hands everything on.
  const front = new Hono<RequestState>();
  const server = undo.use(await listen(front, {port: 0, host: '127.0.0.1', stopping}));
  const origin = `http://127.0.0.1:${server.port}`;
  const signIn = createSignIn({db: hub.db, log: hub.log, secretKey: Buffer.alloc(32, 1), publicUrl: origin});
  const auth = {db: hub.db, signIn};
  const api = createApi(hub, {auth, publicUrl: origin, version, supportUrl, distDir, stopping: stopping.signal});
  front.all('*', context => api.fetch(context.req.raw, context.env));
  const welcomeLink = async () => {
    const link = await ownerLink(hub.db, origin);
    if (!link) throw new Error('this installation has an owner already');
    return link;
  };
  const kept = undo.move();
  return {
    ...world,
    origin,
    welcomeLink,
    async claim() {
      const token = new URL(await welcomeLink()).hash.slice(1);
      await claimOwner(hub.db, {...owner, token});
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
