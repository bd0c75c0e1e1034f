import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {test} from 'node:test';
import {routes} from './contract/routes.ts';
import {openApiDocument, rewriteCommand} from './openapi.ts';

const {version} = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
const document = JSON.parse(JSON.stringify(openApiDocument(version)));

test('docs/openapi.json says what the table of routes says', async () => {
  const written = await readFile(new URL('../../docs/openapi.json', import.meta.url), 'utf8');
  const wanted = `${JSON.stringify(document, null, 2)}\n`;
  assert.ok(written === wanted, `docs/openapi.json is not what the routes make. Rewrite it: ${rewriteCommand}`);
});

test('every route is described, with a name of its own', () => {
  const operations = Object.values(document.paths as Record<string, Record<string, {operationId: string}>>).flatMap(
    path => Object.values(path),
  );
  assert.equal(operations.length, Object.keys(routes).length);
  assert.equal(new Set(operations.map(({operationId}) => operationId)).size, operations.length);
});

test('every reference leads somewhere', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(match => match[1] ?? '');
  assert.ok(references.length > 50);
  for (const reference of references) {
    const target = reference.split('/').reduce((at, part) => at?.[part], document);
    assert.ok(target, reference);
  }
});

test('every part of a path is a parameter, and every parameter is described', () => {
  for (const [path, methods] of Object.entries<
    Record<string, {parameters?: {in: string; name: string; schema: object}[]}>
  >(document.paths)) {
    const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(match => match[1]).sort();
    for (const {parameters = []} of Object.values(methods)) {
      const found = parameters.filter(parameter => parameter.in === 'path').map(({name}) => name);
      assert.deepEqual(found.sort(), wanted, path);
      assert.ok(parameters.every(({schema}) => typeof schema === 'object'));
    }
  }
});

test('no schema still refers to a part of its own', () => {
  const text = JSON.stringify(document);
  assert.ok(!text.includes('$defs') && !text.includes('__schema'));
});
