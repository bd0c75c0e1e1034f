// What every answer carries against being misused by a browser, and what a browser's request must show.
import {randomBytes} from 'node:crypto';
import type {MiddlewareHandler} from 'hono';
import {MusterError} from '../errors.ts';
import {newId} from '../std/ids.ts';
import type {RequestState} from './errors.ts';

/** Ids and a nonce before, headers after; on everything, errors too. */
export function secureAnswers(publicUrl: string): MiddlewareHandler<RequestState> {
  const always: readonly [name: string, value: string][] = [
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'no-referrer'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['x-frame-options', 'DENY'],
    ['permissions-policy', 'camera=(), geolocation=(), microphone=()'],
    // Only where it can be meant: a browser that saw it over plain http on localhost would ignore it anyway.
    ...(publicUrl.startsWith('https:') ? [['strict-transport-security', 'max-age=31536000'] as [string, string]] : []),
  ];
  return async (c, next) => {
    c.set('requestId', newId('req'));
    c.set('nonce', randomBytes(16).toString('base64'));
    await next();
    const {headers} = c.res;
    for (const [name, value] of always) headers.set(name, value);
    headers.set('x-request-id', c.get('requestId'));
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
    if (headers.get('content-type')?.startsWith('text/html')) {
      headers.set('content-security-policy', contentSecurityPolicy(c.get('nonce')));
    }
  };
}

/** No inline script at all; inline style sheets only with this answer's nonce (React and Mantine make some). */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * For requests that are signed in by cookie, which a browser adds by itself whoever makes it send them. Browsers say where
 * a changing request comes from (Fetch metadata; Origin before that); one that does not say is refused as well.
 * @throws MusterError `request.cross_site`
 */
export function refuseCrossSite(request: Request, origins: readonly string[]): void {
  if (safeMethods.has(request.method)) return;
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  const ours = origin !== null ? origins.includes(origin) : site === 'same-origin';
  if (!ours || (site !== null && site !== 'same-origin')) throw new MusterError('request.cross_site');
}
