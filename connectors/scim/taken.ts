// A create that the server refused because somebody has one of its values: whether that is the same record, known by a sure
// key, or somebody else.
import type {Context, Found, Values, Written} from '../../src/connector/index.ts';
import {isSame} from './attributes.ts';
import {findRecords} from './find.ts';
import {attributeOf, type Shape} from './shapes.ts';

export async function whoeverIsThere(ctx: Context, shape: Shape, values: Values, words: string): Promise<Written> {
  const lookUps = shape.sure
    .filter(field => (values[field] ?? '') !== '')
    .map(field => ({key: field, values: {[field]: values[field] ?? null}}));
  const found = await findRecords(ctx, shape, 'supported', lookUps);
  const there = [...new Map(found.flat().map(one => [one.id, one])).values()];
  const [first, ...others] = there;
  if (first && others.length === 0 && isSameRecord(shape, values, first)) {
    const version = first.version === undefined ? {} : {version: first.version};
    return {outcome: 'exists', id: first.id, words, proof: 'readBack', ...version};
  }
  const who = there.map(({id}) => id).join(', ');
  return {outcome: 'conflict', words: who === '' ? words : `${words} (${who})`, proof: 'none'};
}

/** With another external id of its own it is somebody else, however alike the names are. */
function isSameRecord(shape: Shape, values: Values, there: Found): boolean {
  const attribute = attributeOf(shape, 'externalId');
  const own = values['externalId'] ?? null;
  const other = there.values?.['externalId'] ?? null;
  return own === null || other === null || (attribute !== undefined && isSame(attribute, own, other));
}
