// What the two kinds of SCIM resource are: where they are, what they are made of, how they are described.
import type {Context, Found, Json, JsonObject} from '../../src/connector/index.ts';
import {isJsonObject} from '../../src/connector/index.ts';
import {unreadable} from './answers.ts';
import {
  type Attribute,
  enterpriseSchema,
  groupAttributes,
  groupSchema,
  rawAt,
  userAttributes,
  userSchema,
  valuesOf,
} from './attributes.ts';

export type Shape = {
  /** As the manifest names it. */
  readonly name: 'user' | 'group';
  readonly path: '/Users' | '/Groups';
  readonly schema: string;
  readonly attributes: readonly Attribute[];
  /** Fields by which a record is recognised for certain. */
  readonly sure: readonly string[];
};

/** One resource as it is there, with its id and its version where it says one. */
export type Kept = {readonly id: string; readonly version: string | undefined; readonly resource: JsonObject};

const user: Shape = {
  name: 'user',
  path: '/Users',
  schema: userSchema,
  attributes: userAttributes,
  sure: ['externalId', 'userName'],
};
const group: Shape = {
  name: 'group',
  path: '/Groups',
  schema: groupSchema,
  attributes: groupAttributes,
  sure: ['externalId', 'displayName'],
};
export const shapes = [user, group] as const;

export function shapeOf(resource: string): Shape {
  return resource === group.name ? group : user;
}

/** Ids are the other system's and may hold anything. */
export function pathOf(shape: Shape, id: string): string {
  return `${shape.path}/${encodeURIComponent(id)}`;
}

export function attributeOf(shape: Shape, field: string): Attribute | undefined {
  return shape.attributes.find(attribute => attribute.field === field);
}

/** The schemas that a resource with these attributes has to name. */
export function schemasOf(shape: Shape, resource: JsonObject): readonly string[] {
  const named = rawAt(resource, ['schemas']);
  const before = Array.isArray(named) ? named.filter(one => typeof one === 'string') : [];
  const extension = rawAt(resource, [enterpriseSchema]) === undefined ? [] : [enterpriseSchema];
  return [...new Set([shape.schema, ...before, ...extension])];
}

/** @throws MusterError `connection.answer_unreadable` where it is no resource with an id */
export function keptFrom(ctx: Context, shape: Shape, json: Json, status = 200): Kept {
  const id = idOf(json);
  if (!isJsonObject(json) || id === undefined) throw unreadable(ctx, status, `a ${shape.name} with an id`);
  const version = rawAt(json, ['meta', 'version']);
  return {id, version: typeof version === 'string' ? version : undefined, resource: json};
}

export function idOf(json: Json): string | undefined {
  const id = rawAt(json, ['id']);
  if (typeof id === 'number') return String(id);
  return typeof id === 'string' && id !== '' ? id : undefined;
}

export function foundFrom(shape: Shape, {id, version, resource}: Kept): Found {
  return {id, values: valuesOf(shape.attributes, resource), ...(version === undefined ? {} : {version})};
}
