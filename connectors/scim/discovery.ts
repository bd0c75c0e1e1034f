// What a server says it can do (ServiceProviderConfig, ResourceTypes, Schemas). Where it says nothing, what the RFC makes
// usual is assumed; it is asked once for each opened connection.
import {type Context, isJsonObject, type Json, type JsonObject, MusterError} from '../../src/connector/index.ts';
import {accept} from './answers.ts';
import {type Attribute, enterpriseSchema, flagOf, rawAt, textOf} from './attributes.ts';
import {type Shape, shapes} from './shapes.ts';

export type Abilities = {
  /** Whether it describes itself at all. */
  readonly described: boolean;
  readonly changes: 'patch' | 'put';
  readonly filters: 'supported' | 'none';
  readonly versions: 'supported' | 'none';
  readonly bulk: {readonly mostOperations: number; readonly mostBytes: number} | undefined;
  readonly offers: (shape: Shape) => boolean;
  readonly takes: (shape: Shape, attribute: Attribute) => boolean;
};

export type Discover = (ctx: Context) => Promise<Abilities>;

/** Remembers the answer for as long as the connection is open, which is as long as its settings are the same object. */
export function createDiscovery(): Discover {
  const known = new WeakMap<JsonObject, Promise<Abilities>>();
  return ctx => {
    const asked = known.get(ctx.settings) ?? discover(ctx);
    known.set(ctx.settings, asked);
    return asked.catch(error => {
      known.delete(ctx.settings);
      throw error;
    });
  };
}

const usualBytes = 1_048_576;

async function discover(ctx: Context): Promise<Abilities> {
  const config = await ask(ctx, '/ServiceProviderConfig');
  const types = listOf(await ask(ctx, '/ResourceTypes'));
  const schemas = listOf(await ask(ctx, '/Schemas'));
  const supports = (feature: string) => flagOf(rawAt(config, [feature, 'supported']));
  const mostOperations = Number(rawAt(config, ['bulk', 'maxOperations']) ?? 0);
  const bulk = {mostOperations, mostBytes: Number(rawAt(config, ['bulk', 'maxPayloadSize']) ?? usualBytes)};
  return {
    described: config !== undefined || types.length > 0,
    changes: supports('patch') === false ? 'put' : 'patch',
    filters: supports('filter') === false ? 'none' : 'supported',
    versions: supports('etag') === true ? 'supported' : 'none',
    bulk: supports('bulk') === true && mostOperations > 1 && bulk.mostBytes > 0 ? bulk : undefined,
    offers: shape => types.length === 0 || typeOf(types, shape) !== undefined,
    takes: (shape, attribute) => takes(types, schemas, shape, attribute),
  };
}

/** Undefined where the server has nothing there, or does not show it to us: what it really refuses is seen on users. */
async function ask(ctx: Context, path: string): Promise<Json | undefined> {
  try {
    const {status, json} = await ctx.http.send({method: 'GET', path, headers: accept});
    return status === 200 ? json : undefined;
  } catch (error) {
    const silent =
      error instanceof MusterError && (error.code === 'connection.permission_missing' || error.answered === 501);
    if (silent) return undefined;
    throw error;
  }
}

/** A list, bare or in a ListResponse. */
function listOf(json: Json | undefined): readonly JsonObject[] {
  const list = Array.isArray(json) ? json : rawAt(json, ['Resources']);
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}

function typeOf(types: readonly JsonObject[], shape: Shape): JsonObject | undefined {
  return types.find(type => rawAt(type, ['schema']) === shape.schema || rawAt(type, ['endpoint']) === shape.path);
}

function takes(
  types: readonly JsonObject[],
  schemas: readonly JsonObject[],
  shape: Shape,
  {path: [first = '', second = '']}: Attribute,
): boolean {
  const isExtension = first === enterpriseSchema;
  const type = typeOf(types, shape);
  if (isExtension && type) {
    const extensions = rawAt(type, ['schemaExtensions']) ?? [];
    const named = Array.isArray(extensions) && extensions.some(one => rawAt(one, ['schema']) === enterpriseSchema);
    if (!named) return false;
  }
  const schema = schemas.find(one => rawAt(one, ['id']) === (isExtension ? enterpriseSchema : shape.schema));
  const attributes = rawAt(schema, ['attributes']);
  // externalId and id are of every resource, so that schemas need not name them.
  if (!Array.isArray(attributes) || attributes.length === 0 || first === 'externalId') return true;
  const name = (isExtension ? second : first).toLowerCase();
  return attributes.some(one => textOf(rawAt(one, ['name']))?.toLowerCase() === name);
}

/** The fields that the server does not take, with their kind of record. */
export function missingFields(abilities: Abilities): readonly {readonly shape: Shape; readonly field: string}[] {
  return shapes
    .filter(abilities.offers)
    .flatMap(shape =>
      shape.attributes
        .filter(attribute => !abilities.takes(shape, attribute))
        .map(attribute => ({shape, field: attribute.field})),
    );
}
