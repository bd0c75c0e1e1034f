// Rewrites docs/openapi.json from the table of routes.
import {writeFile} from 'node:fs/promises';
import manifest from '../../package.json' with {type: 'json'};
import {openApiDocument} from '../../src/api/openapi.ts';

await writeFile(
  new URL('../../docs/openapi.json', import.meta.url),
  `${JSON.stringify(openApiDocument(manifest.version), null, 2)}\n`,
);
