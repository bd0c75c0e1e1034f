// The shape in which every page reads events, whichever of the three tables they are in: open, final, or of a preview.
import {sql} from 'kysely';
import type {MessageParams} from '../messages/text.ts';
import type {Values} from '../model/event.ts';
import type {Issue} from '../model/issue.ts';
import type {Phase} from '../model/phase.ts';
import type {Operation} from '../model/resource.ts';

export type EventRow = {
  readonly id: string;
  readonly runId: string;
  readonly syncId: string;
  readonly recordId: string;
  readonly personId: string | null;
  readonly externalId: string;
  /** Of the record as it is called today; its external id where it is no longer there. */
  readonly name: string;
  readonly leg: string;
  readonly destinationId: string | null;
  readonly operation: Operation;
  readonly phase: Phase;
  readonly status: number | null;
  readonly reasonCode: string | null;
  readonly reasonParams: MessageParams | null;
  readonly values: Values;
  readonly before: Values | null;
  readonly issues: readonly Issue[];
  readonly attempt: number;
  readonly at: Date;
  readonly durationMs: number | null;
};

export type EventTable = 'events' | 'open_events' | 'plan_items';

/** A preview's events are items of its plan; a run with save has open ones and final ones. */
export function tablesOf(run: {readonly save: boolean}): readonly EventTable[] {
  return run.save ? ['events', 'open_events'] : ['plan_items'];
}

export const allTables: readonly EventTable[] = ['events', 'open_events', 'plan_items'];

/** The columns that the three tables share, in the order in which `union all` needs them. */
export const sharedColumns = sql`company_id, id, run_id, sync_id, record_id, person_id, external_id, leg, destination_id,
  operation, phase, status, reason_code, reason_params, "values", before, issues, attempt, at, duration_ms`;

/** Reads an `EventRow` out of `e`, which has the shared columns, and the record `r` left joined to it. */
export const eventColumns = sql`e.id, e.run_id as "runId", e.sync_id as "syncId", e.record_id as "recordId",
  e.person_id as "personId", e.external_id as "externalId", coalesce(r.name, e.external_id) as name, e.leg,
  e.destination_id as "destinationId", e.operation, e.phase, e.status, e.reason_code as "reasonCode",
  e.reason_params as "reasonParams", e."values", e.before, e.issues, e.attempt, e.at, e.duration_ms as "durationMs"`;

/** Joins what `eventColumns` reads; after limit and order, so that only the rows of the page are looked up. */
export const joinRecord = sql`left join records r on r.company_id = e.company_id and r.id = e.record_id`;
