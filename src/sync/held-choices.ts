// What there is to choose from where an event waits for a person: who it may be there, and behind what it waits.
import type {CompanyTx} from '../db/transaction.ts';
import {type HeldKind, heldKind} from '../model/held.ts';
import {findEvent} from '../store/event-pages.ts';
import type {EventRow} from '../store/event-rows.ts';
import {linksTo} from '../store/links.ts';
import type {Hub} from './hub.ts';
import type {LoadedSync} from './load-sync.ts';

export type HeldChoices = {
  readonly kind: HeldKind;
  readonly candidates: readonly Candidate[];
  /** The event that this one waits behind; null once it is decided. */
  readonly blockedBy: {readonly event: string; readonly run: string; readonly name: string} | null;
};

export type Candidate = {
  readonly destinationId: string;
  /** Its page in the other system. */
  readonly url: string | null;
  /** Another record of ours that it is already; then it cannot be this one. */
  readonly takenBy: {readonly record: string; readonly name: string} | null;
};

/** Null unless the event is held. */
export async function heldChoices(
  hub: Hub,
  tx: CompanyTx,
  event: EventRow,
  sync: LoadedSync | undefined,
): Promise<HeldChoices | null> {
  if (event.phase !== 'held' || event.reasonCode === null) return null;
  const kind = heldKind(event.reasonCode);
  const params = event.reasonParams ?? {};
  const other = kind === 'blocked' ? await findEvent(tx, String(params['event'])) : undefined;
  const blockedBy = other?.phase === 'held' ? {event: other.id, run: other.runId, name: other.name} : null;
  return {kind, candidates: sync ? await candidatesOf(hub, tx, event, sync) : [], blockedBy};
}

async function candidatesOf(
  hub: Hub,
  tx: CompanyTx,
  event: EventRow,
  {definition, destination}: LoadedSync,
): Promise<readonly Candidate[]> {
  const {candidates, destinationId} = event.reasonParams ?? {};
  const named = typeof candidates === 'string' ? candidates.split(', ') : [];
  const ids = [...new Set([...named, ...(typeof destinationId === 'string' ? [destinationId] : [])])];
  const resource = definition.legs.find(({name}) => name === event.leg)?.resource;
  if (ids.length === 0 || resource === undefined) return [];
  const links = await linksTo(tx, {connectionId: destination.id, resource}, ids);
  const others = new Map(links.filter(one => one.recordId !== event.recordId).map(one => [one.destinationId, one]));
  const {linkTo} = hub.connectors.get(destination.connector) ?? {};
  return ids.map(id => {
    const other = others.get(id);
    return {
      destinationId: id,
      url: linkTo?.(destination.settings, resource, id) ?? null,
      takenBy: other ? {record: other.recordId, name: other.name} : null,
    };
  });
}
