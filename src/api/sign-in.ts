// Signing in and out: of better-auth's endpoints, the three that are reachable, with answers of our own shape. Its
// answers hold the session's token, which only the cookie may carry.

import type {HttpBindings} from '@hono/node-server';
import type {Context, Hono} from 'hono';
import {addressHeader, type SignIn} from '../auth/sign-in.ts';
import {MusterError} from '../errors.ts';
import {readJson} from './body.ts';
import type {RequestState} from './errors.ts';
import {signInPath} from './paths.ts';

export function serveSignIn(app: Hono<RequestState>, signIn: SignIn): void {
  app.post(`${signInPath}/sign-in/email`, async c => {
    const {bytes} = await readJson(c.req.raw);
    return done(await pass(c, signIn, bytes));
  });
  app.post(`${signInPath}/sign-out`, async c => done(await pass(c, signIn, Buffer.from('{}'))));
  app.get(`${signInPath}/get-session`, async c => {
    const session = await signIn.api.getSession({headers: c.req.raw.headers});
    const user = session && {id: session.user.id, name: session.user.name, email: session.user.email};
    return Response.json({user, expiresAt: session?.session.expiresAt ?? null});
  });
}

/** @throws MusterError for every answer that is not a success */
async function pass(c: Context<RequestState>, signIn: SignIn, body: Buffer): Promise<Response> {
  const headers = new Headers(c.req.raw.headers);
  headers.delete('content-length');
  headers.set('content-type', 'application/json');
  headers.set(addressHeader, addressOf(c));
  const {pathname} = new URL(c.req.url);
  const request = new Request(new URL(pathname, 'http://localhost'), {
    method: 'POST',
    headers,
    body: new Uint8Array(body),
  });
  const answer = await signIn.handler(request);
  if (answer.ok) return answer;
  switch (answer.status) {
    case 400:
    case 401:
      throw new MusterError('sign_in.failed'); // one answer, whatever of the two was wrong
    case 403:
      throw new MusterError('request.cross_site');
    case 429: {
      const seconds = Number(answer.headers.get('x-retry-after') ?? 60);
      throw new MusterError('request.rate_limited', {
        params: {seconds},
        retryAt: new Date(Date.now() + seconds * 1000),
      });
    }
    default:
      throw new MusterError('bug.unexpected', {cause: new Error(`sign-in answered ${answer.status}`)});
  }
}

/** Of the other end of the socket. Behind a proxy that is the proxy: then all share one limit. */
function addressOf(c: Context<RequestState>): string {
  const bindings = c.env as Partial<HttpBindings> | undefined; // what @hono/node-server gives; in-process calls give none
  return bindings?.incoming?.socket.remoteAddress ?? '127.0.0.1';
}

function done(answer: Response): Response {
  const headers = new Headers();
  for (const cookie of answer.headers.getSetCookie()) headers.append('set-cookie', cookie);
  return new Response(null, {status: 204, headers});
}
