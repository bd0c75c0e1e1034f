// Compiled legs, kept for the next time: compiling takes a few milliseconds, which is much of what there is to do about a push
// of one person. Kept by all that they are made from, so that nothing has to be forgotten in time.
import {hash} from 'node:crypto';
import {type CompiledLeg, compileLeg, type LegInput} from './compile-leg.ts';
import type {Hub} from './hub.ts';

/** Keyed by hub: two hubs in one process share nothing. */
const legsOf = new WeakMap<Hub, Map<string, CompiledLeg>>();

/** One holds some hundred kilobytes. */
const most = 100;

export function keptLeg(hub: Hub, input: LegInput): CompiledLeg {
  const legs = legsOf.get(hub) ?? new Map<string, CompiledLeg>();
  legsOf.set(hub, legs);
  const {leg, source, destination, settings} = input;
  const {shapes, country} = settings;
  // Undefined is null to JSON, and nothing here may be null, so no two inputs give the same text.
  const from = [leg.scope, leg.mapping, source.scope, source.fields, destination.fields, shapes, country];
  const key = hash('sha256', JSON.stringify(from), 'base64');
  const made = legs.get(key) ?? compileLeg(input);
  legs.delete(key); // the one that was used last goes last
  legs.set(key, made);
  const [oldest] = legs.keys();
  if (legs.size > most && oldest !== undefined) legs.delete(oldest);
  return made;
}
