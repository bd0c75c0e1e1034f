// The API's description, OpenAPI 3.1, made from the table of routes. Its schemas are JSON Schema 2020-12, which is what
// zod writes, so zod's own `toJSONSchema` is all that is needed: @hono/zod-openapi would want every route declared in its
// own form besides.
import {z} from 'zod';
import {errorBody} from './contract/page.ts';
import {type Route, routes} from './contract/routes.ts';
import {apiPath} from './paths.ts';

type Schema = {readonly [name: string]: unknown};
type Direction = 'input' | 'output';

/** The command that rewrites docs/openapi.json. */
export const rewriteCommand = 'node test/support/write-openapi.ts';

export function openApiDocument(version: string): Schema {
  const schemas = new Map<string, Schema>();
  const paths: Record<string, Record<string, Schema>> = {};
  for (const [name, route] of Object.entries(routes)) {
    const [method = '', path = ''] = name.split(' ');
    paths[path] = {...paths[path], [method.toLowerCase()]: describeRoute(method, path, route, schemas)};
  }
  const failure = jsonContent(schemaOf(errorBody, 'output', schemas));
  return {
    openapi: '3.1.0',
    info: {
      title: 'Muster',
      version,
      description:
        'Carries employee records from the systems that recruit to the systems that pay, one record at a time.',
      license: {name: 'Apache-2.0', identifier: 'Apache-2.0'},
    },
    servers: [{url: apiPath}],
    tags: [...new Set(Object.values(routes).map(({tag}) => tag))].map(name => ({name})),
    security: [{apiKey: []}, {session: []}],
    paths,
    components: {
      securitySchemes: {
        apiKey: {type: 'http', scheme: 'bearer', description: 'An API key, `muster_…`'},
        session: {type: 'apiKey', in: 'cookie', name: 'muster.session_token'},
      },
      responses: {Failure: {description: 'What is wrong and what to do about it', content: failure}},
      schemas: Object.fromEntries([...schemas].sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  };
}

function describeRoute(method: string, path: string, route: Route, schemas: Map<string, Schema>): Schema {
  const parameters = [...parametersOf(route.params, 'path', schemas), ...parametersOf(route.query, 'query', schemas)];
  if (method === 'POST' && route.right !== 'open' && route.status !== 200 && !route.secret && !route.upload) {
    parameters.push(idempotencyKey);
  }
  return {
    operationId: operationId(method, path),
    summary: route.summary,
    tags: [route.tag],
    ...(route.right === 'open' ? {security: []} : {description: `Needs the right \`${route.right}\`.`}),
    ...(parameters.length > 0 ? {parameters} : {}),
    ...(route.body
      ? {requestBody: {required: !route.bare, content: jsonContent(schemaOf(route.body, 'input', schemas))}}
      : {}),
    ...(route.upload ? {requestBody: {required: true, content: fileContent(route.upload)}} : {}),
    responses: {[route.status]: describeAnswer(route, schemas), default: {$ref: '#/components/responses/Failure'}},
  };
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Sent again with the same key, the request gets the first answer and does nothing.',
  schema: {type: 'string', minLength: 1, maxLength: 200},
};

function describeAnswer({response, stream}: Route, schemas: Map<string, Schema>): Schema {
  if (stream) return {description: 'A stream', content: fileContent([stream])};
  if (!response) return {description: 'Done; there is nothing to say'};
  return {description: 'Done', content: jsonContent(schemaOf(response, 'output', schemas))};
}

function parametersOf(schema: z.ZodType | undefined, where: 'path' | 'query', schemas: Map<string, Schema>): Schema[] {
  if (!schema) return [];
  const {properties = {}, required = []} = schemaOf(schema, 'input', schemas) as {
    properties?: {[name: string]: Schema}; // JSON Schema of an object, which parameters always are
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => {
    const {description, ...rest} = property;
    const needed = where === 'path' || required.includes(name);
    return {name, in: where, required: needed, ...(description === undefined ? {} : {description}), schema: rest};
  });
}

/** A reference where the schema has a name, itself where not; named ones inside it are put among the components. */
function schemaOf(schema: z.ZodType, io: Direction, schemas: Map<string, Schema>): Schema {
  // Wrapped, since zod writes a named schema as a reference only inside another.
  const written = z.toJSONSchema(z.object({it: schema}), {
    io,
    unrepresentable: 'any',
    override({jsonSchema, zodSchema}) {
      // An answer may gain fields some day; only what its schema itself is strict about stays strict.
      const {def} = zodSchema._zod;
      if (def.type === 'object' && !('catchall' in def && def.catchall)) delete jsonSchema.additionalProperties;
      delete jsonSchema.id;
    },
  });
  for (const [name, part] of Object.entries(written.$defs ?? {})) addComponent(name, moved(part), schemas);
  const it = written.properties?.['it'];
  return typeof it === 'object' ? moved(it) : {};
}

function addComponent(name: string, schema: Schema, schemas: Map<string, Schema>): void {
  const known = schemas.get(name);
  if (known && JSON.stringify(known) !== JSON.stringify(schema))
    throw new Error(`two different schemas are named ${name}`);
  schemas.set(name, schema);
}

function moved(schema: object): Schema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));
}

function jsonContent(schema: Schema): Schema {
  return {'application/json': {schema}};
}

function fileContent(types: readonly string[]): Schema {
  return Object.fromEntries(types.map(type => [type, {schema: {type: 'string'}}]));
}

/** `POST /runs/{id}/cancellation` → postRunsIdCancellation */
function operationId(method: string, path: string): string {
  const words = path.split(/[^A-Za-z]+/).filter(Boolean);
  return method.toLowerCase() + words.map(word => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
