// What happened to one record: the value that every store, page and report of events speaks in.
import type {MessageParams} from '../messages/text.ts';
import type {Json} from '../std/json.ts';
import type {Issue} from './issue.ts';
import type {Phase} from './phase.ts';
import type {Operation} from './resource.ts';

/** Mapped values by the destination's field names; null clears. Label and origin come from the sync's version. */
export type Values = {readonly [field: string]: Json};

export type Reason = {readonly code: string; readonly params: MessageParams};

export type Event = {
  readonly id: string;
  readonly runId: string;
  readonly syncId: string;
  readonly recordId: string;
  readonly personId: string | null;
  readonly externalId: string;
  readonly leg: string;
  readonly parentId: string | null;
  readonly destinationId: string | null;
  readonly operation: Operation;
  readonly phase: Phase;
  readonly status: number | null;
  readonly reason: Reason | null;
  readonly values: Values;
  readonly issues: readonly Issue[];
  readonly attempt: number;
  readonly at: Date;
  readonly durationMs: number | null;
};
