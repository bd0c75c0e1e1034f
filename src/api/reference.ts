// The API reference for people: Swagger UI from its package, so that it works without a network, under the same content
// security policy as the web app (the page has no inline script or style).
import {readFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import type {Hono} from 'hono';
import type {RequestState} from './errors.ts';
import {openApiDocument} from './openapi.ts';
import {apiPath, referencePath} from './paths.ts';

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Muster API</title>
<link rel="stylesheet" href="${referencePath}/swagger-ui.css">
</head>
<body>
<div id="reference"></div>
<script src="${referencePath}/swagger-ui-bundle.js"></script>
<script src="${referencePath}/start.js"></script>
</body>
</html>
`;

const start = `SwaggerUIBundle({url: '${apiPath}/openapi.json', dom_id: '#reference', deepLinking: true, validatorUrl: null});
`;

const packaged = {'swagger-ui.css': 'text/css', 'swagger-ui-bundle.js': 'text/javascript'} as const;

export function serveReference(app: Hono<RequestState>, version: string): void {
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  const document = JSON.stringify(openApiDocument(version));
  app.get(`${apiPath}/openapi.json`, () => answer(document, 'application/json'));
  app.get(referencePath, () => answer(page, 'text/html'));
  app.get(`${referencePath}/start.js`, () => answer(start, 'text/javascript'));
  for (const [name, type] of Object.entries(packaged)) {
    app.get(`${referencePath}/${name}`, async () => answer(await readFile(join(folder, name)), type, 'max-age=86400'));
  }
}

function answer(content: string | Buffer, type: string, caching = 'no-cache'): Response {
  // A Buffer is bytes; its type here is wider only because it might lie on shared memory.
  const body = typeof content === 'string' ? content : new Uint8Array(content);
  return new Response(body, {headers: {'content-type': `${type}; charset=utf-8`, 'cache-control': caching}});
}
