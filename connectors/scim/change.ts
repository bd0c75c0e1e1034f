// One change as the one request that does it, and what the answer to that means. Whatever has to be looked at before is
// looked at first, so that a change that is already there, or no longer fits what is there, sends nothing.
import {
  type Change,
  type Context,
  type HttpResponse,
  isJsonObject,
  type JsonObject,
  type Values,
  type Written,
} from '../../src/connector/index.ts';
import {isTaken, refusalOf, withoutDoubt} from './answers.ts';
import {type Attribute, isSame, pathText, rawAt, rawWith, readValue, resourceWith, valuesOf} from './attributes.ts';
import {prepareCreate} from './create.ts';
import type {Abilities} from './discovery.ts';
import {isGone, keptById} from './get.ts';
import {changed, gone, refused} from './outcomes.ts';
import type {Prepared} from './prepared.ts';
import {type Kept, pathOf, type Shape, schemasOf} from './shapes.ts';

const patchSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** A create needs nothing but itself; everything else is compared with what is there. */
export async function prepare(
  ctx: Context,
  shape: Shape,
  change: Change,
  abilities: () => Promise<Abilities>,
): Promise<Prepared> {
  if (change.operation === 'create') return prepareCreate(ctx, shape, change.values);
  const {id} = change;
  if (id === null) return {kind: 'answer', written: gone(ctx, change)};
  return withoutDoubt(async () => {
    const can = await abilities();
    const kept = await keptById(ctx, shape, id);
    return kept ? prepareChange(ctx, shape, change, can, kept) : {kind: 'answer', written: gone(ctx, change)};
  });
}

/** What the change is to write: `deactivate` nothing but that, `reactivate` that besides its values. */
function valuesToWrite({operation, values}: Change): Values {
  if (operation === 'deactivate') return {active: false};
  return operation === 'reactivate' ? {...values, active: true} : values;
}

function prepareChange(ctx: Context, shape: Shape, change: Change, can: Abilities, kept: Kept): Prepared {
  const values = valuesToWrite(change);
  const {resource, id} = kept;
  const different = shape.attributes.filter(
    attribute =>
      Object.hasOwn(values, attribute.field) &&
      !isSame(attribute, readValue(attribute, resource), values[attribute.field] ?? null),
  );
  const version = kept.version === undefined ? {} : {version: kept.version};
  if (different.length === 0) return answer({outcome: 'unchanged', id, proof: 'readBack', ...version});
  const {before} = change;
  if (before && different.some(attribute => !isAsBefore(attribute, before, resource))) return answer(changed(ctx, id));
  const send = can.changes === 'patch' ? patchOf(different, resource, values) : putOf(shape, different, kept, values);
  const expected = can.versions === 'supported' ? (change.version ?? kept.version) : undefined;
  const request = {...send, path: pathOf(shape, id), version: expected};
  const wanted = shape.attributes.find(({field}) => field === 'active' && Object.hasOwn(values, field));
  return {
    kind: 'send',
    request,
    judge: async response => {
      const written = judgeChange(ctx, change, id, response);
      const isActive = wanted && written.outcome === 'updated' ? values['active'] : undefined;
      return typeof isActive === 'boolean' && wanted
        ? confirmed(ctx, shape, {written, response, attribute: wanted, isActive})
        : written;
    },
  };
}

const answer = (written: Written): Prepared => ({kind: 'answer', written});

function isAsBefore(attribute: Attribute, before: Values, resource: JsonObject): boolean {
  const {field} = attribute;
  return !Object.hasOwn(before, field) || isSame(attribute, readValue(attribute, resource), before[field] ?? null);
}

/** Lists are replaced whole: filters in the paths of a PATCH are what servers understand least. */
function patchOf(different: readonly Attribute[], resource: JsonObject, values: Values) {
  const operations = different.map(attribute => {
    const value = rawWith(attribute, resource, values[attribute.field] ?? null);
    const path = pathText(attribute);
    if (value === undefined) return {op: 'remove', path};
    return {op: rawAt(resource, attribute.path) === undefined ? 'add' : 'replace', path, value};
  });
  return {method: 'PATCH', json: {schemas: [patchSchema], Operations: operations}} as const;
}

/** Everything that is there, with the values that differ; what only the server may write is left out. */
function putOf(shape: Shape, different: readonly Attribute[], {id, resource}: Kept, values: Values) {
  // Servers that show booleans as texts do not take them back as such.
  const flags = shape.attributes.filter(({kind}) => kind === 'flag');
  const sound = resourceWith(flags, resource, valuesOf(flags, resource));
  const {meta: _meta, groups: _groups, schemas: _schemas, ...rest} = resourceWith(different, sound, values);
  const json = {schemas: schemasOf(shape, {...rest, schemas: resource['schemas'] ?? []}), ...rest, id};
  return {method: 'PUT', json} as const;
}

function judgeChange(ctx: Context, change: Change, id: string, response: HttpResponse): Written {
  const {status, json} = response;
  if (isGone(response)) return gone(ctx, change);
  if (status === 412) return changed(ctx, id);
  if (isTaken(response)) return {outcome: 'conflict', id, words: refusalOf(response).words, proof: 'none'};
  if (status >= 400) return {...refused(ctx, response), id};
  const version = rawAt(json, ['meta', 'version']);
  const proof = isJsonObject(json) ? 'echo' : 'none';
  return {outcome: 'updated', id, proof, ...(typeof version === 'string' ? {version} : {})};
}

/** Whoever left must not get in: that someone is (in)active is believed only when the server shows it. */
async function confirmed(
  ctx: Context,
  shape: Shape,
  {written, response, attribute, isActive}: Unconfirmed,
): Promise<Written> {
  const {json} = response;
  if (isJsonObject(json) && readValue(attribute, json) === isActive) return written;
  const kept = await keptById(ctx, shape, written.id ?? '');
  if (!kept || readValue(attribute, kept.resource) === isActive) return {...written, proof: 'readBack'};
  const words = `it took the change and still shows the person as ${isActive ? 'inactive' : 'active'}`;
  return {outcome: 'refused', ...(written.id === undefined ? {} : {id: written.id}), words, proof: 'readBack'};
}

type Unconfirmed = {
  readonly written: Written;
  readonly response: HttpResponse;
  readonly attribute: Attribute;
  readonly isActive: boolean;
};
