// What a person may decide about an event that waits for one, by the reason why it waits.
import type {Right} from './role.ts';

/** `ambiguous`: who it is there; `unverified`: whether it arrived; `blocked`: behind another event; `other`: go or not. */
export type HeldKind = 'ambiguous' | 'unverified' | 'blocked' | 'other';

/** Besides leaving it out, which is always possible. */
export type Decision =
  /** It is that record there. */
  | {readonly kind: 'link'; readonly destinationId: string}
  /** It is nobody there yet. */
  | {readonly kind: 'create'}
  /** It did not arrive. */
  | {readonly kind: 'again'}
  /** As it was planned. */
  | {readonly kind: 'go_on'};

export function heldKind(reasonCode: string): HeldKind {
  if (reasonCode.startsWith('match.')) return 'ambiguous';
  if (reasonCode === 'event.cannot_verify') return 'unverified';
  return reasonCode === 'event.blocked' ? 'blocked' : 'other';
}

export const decisionsOf: {readonly [K in HeldKind]: readonly Decision['kind'][]} = {
  ambiguous: ['link', 'create'],
  unverified: ['again', 'link'],
  blocked: ['go_on'],
  other: ['go_on'],
};

/** Who someone is decides a reviewer; whether a call arrived, whoever runs the syncs can see too. */
export function rightToDecide(kind: HeldKind): Right {
  return kind === 'unverified' ? 'decide' : 'review';
}
