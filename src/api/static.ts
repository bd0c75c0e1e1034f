// The web app as Vite built it. What is under assets/ has its hash in its name and is kept for ever; every other address
// gives the one page, with this answer's nonce in it, and the app finds its way from there.
import {existsSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {serveStatic} from '@hono/node-server/serve-static';
import type {Hono} from 'hono';
import {presentNotFound, type RequestState} from './errors.ts';

const noncePlace = 'CSP_NONCE';
const forEver = 'public, max-age=31536000, immutable';

const notBuilt = `The web app has not been built. Run "npx vite build ui", or start Muster with "npm run muster -- serve", which does.
The API works without it.
`;

/** Comes last: it answers every address that nothing else has. */
export function serveWebApp(app: Hono<RequestState>, distDir: string): void {
  if (existsSync(distDir)) {
    const files = serveStatic<RequestState>({root: distDir, precompressed: true});
    app.use('/*', async (c, next) => {
      // Never index.html, which has to get its nonce.
      if (isApi(c.req.path) || !/\.(?!html$)\w+$/.test(c.req.path)) return next();
      const answer = await files(c, async () => {});
      if (!(answer instanceof Response)) return next();
      answer.headers.set('cache-control', c.req.path.startsWith('/assets/') ? forEver : 'no-cache');
      return answer;
    });
  }
  app.get('/*', async (c, next) => {
    if (isApi(c.req.path) || c.req.path.startsWith('/assets/')) return next();
    const page = await readFile(join(distDir, 'index.html'), 'utf8').catch(() => undefined);
    if (page === undefined) return c.text(notBuilt, 503);
    c.header('cache-control', 'no-store');
    return c.html(page.replaceAll(noncePlace, c.get('nonce')));
  });
  app.notFound(presentNotFound);
}

function isApi(path: string): boolean {
  return path === '/api' || path.startsWith('/api/') || path === '/metrics';
}
