// Match keys as the engine compares them: normalised once, then only as keyed hashes. Pure.
import type {LookUp} from '../connector/contract.ts';
import type {Values} from '../model/event.ts';
import type {Key} from '../model/resource.ts';
import type {Preparation} from './prepare.ts';

export type KeyHash = {readonly key: Key; readonly hash: Buffer};

/** The hashes of a record's keys in the destination; a key of which a value is missing has none. */
export function keyHashes(prepared: Preparation, values: Values): readonly KeyHash[] {
  const {connection, resource} = prepared.destination;
  return matchKeys(prepared).flatMap(key => {
    const parts = key.fields.map(field => normalise(values[field]));
    if (parts.some(part => part === '')) return [];
    const text = [connection.id, resource.name, key.name, ...parts].join('\0');
    return [{key, hash: prepared.hash(text)}];
  });
}

/** What to ask a destination for, to find this record there. */
export function lookUps(prepared: Preparation, values: Values): readonly LookUp[] {
  return matchKeys(prepared)
    .filter(key => key.fields.every(field => normalise(values[field]) !== ''))
    .map(key => ({key: key.name, values: Object.fromEntries(key.fields.map(field => [field, values[field] ?? null]))}));
}

function matchKeys(prepared: Preparation): readonly Key[] {
  const {keys} = prepared.destination.resource;
  return prepared.leg.match ? keys.filter(key => prepared.leg.match?.includes(key.name)) : keys;
}

function normalise(value: Values[string] | undefined): string {
  if (value === null || value === undefined) return '';
  return (typeof value === 'string' ? value : JSON.stringify(value)).normalize('NFC').trim().toLowerCase();
}
