// An event with everything that explains it: whose record, which values with their labels and where each came from, and
// the calls that were made for it. It is read with the version of the sync that its run used.
import {inCompany} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import type {Json} from '../std/json.ts';
import {type CallRow, callsOfEvent} from '../store/call-pages.ts';
import {findEvent} from '../store/event-pages.ts';
import type {EventRow} from '../store/event-rows.ts';
import {type FollowUp, followedFrom, followUpsOf} from '../store/follow-ups.ts';
import {findRecord, type ShownRecord} from '../store/record-pages.ts';
import {findShownRun} from '../store/run-pages.ts';
import {compileLeg} from './compile-leg.ts';
import {type HeldChoices, heldChoices} from './held-choices.ts';
import type {Hub} from './hub.ts';
import {type LoadedSync, loadSync} from './load-sync.ts';
import {mappedFields} from './mapped-fields.ts';
import {mappingSettings} from './mapping-settings.ts';
import {connectorOf, resourceOf} from './resources.ts';

export type ExplainedValue = {
  readonly field: string;
  readonly label: string;
  /** Null where there is none, or where it is cleared. */
  readonly value: Json;
  /** What the destination had; left out where nothing of it is changed, or that is not known. */
  readonly before?: Json;
  /** `refused`: as it came, and an issue of this field says why it cannot be sent; `missing`: required, and not there. */
  readonly state: 'given' | 'refused' | 'missing';
  /** The expression. */
  readonly from: string | null;
  /** Labels of the source fields. */
  readonly source: string | null;
};

export type ExplainedEvent = {
  readonly event: EventRow;
  readonly syncName: string;
  readonly values: readonly ExplainedValue[];
  /** The record's page in the other system. */
  readonly destinationUrl: string | null;
  readonly calls: readonly CallRow[];
  /** What there is to decide, while it is held. */
  readonly held: HeldChoices | null;
  /** The event before, which a person had tried again or decided; and what came of this one so. */
  readonly follows: FollowUp | null;
  readonly followedBy: readonly FollowUp[];
  /** As it is today; undefined when it is no longer there. */
  readonly record: ShownRecord | undefined;
};

/** @throws MusterError `request.not_found` */
export async function explainEvent(hub: Hub, companyId: string, eventId: string): Promise<ExplainedEvent> {
  const {event, sync, ...rest} = await inCompany(hub.db, companyId, async tx => {
    const event = await findEvent(tx, eventId);
    if (!event) throw new MusterError('request.not_found', {params: {what: 'event'}});
    const run = await findShownRun(tx, event.runId);
    // History outlives its sync.
    const sync = run && (await loadSync(tx, event.syncId, run.syncVersion));
    return {
      event,
      sync,
      // In a preview nothing waits: nobody would act on what is decided.
      held: run?.save === false ? null : await heldChoices(hub, tx, event, sync),
      calls: await callsOfEvent(tx, eventId),
      follows: await followedFrom(tx, event),
      followedBy: await followUpsOf(tx, eventId),
      record: await findRecord(tx, event.recordId),
    };
  });
  const values = await labelValues(hub, companyId, event, sync);
  const destinationUrl = sync ? linkTo(hub, sync, event) : null;
  return {event, syncName: sync?.name ?? '', values, destinationUrl, ...rest};
}

async function labelValues(
  hub: Hub,
  companyId: string,
  event: EventRow,
  sync: LoadedSync | undefined,
): Promise<readonly ExplainedValue[]> {
  const fields = sync ? await fieldsOf(hub, companyId, event, sync) : [];
  const known = fields.flatMap(({field: {name, label}, expression, source}) => {
    const value = event.values[name];
    const state = stateOf(event, name);
    if (value === undefined && state === 'given') return [];
    return [{field: name, label, value: value ?? null, ...before(event, name), state, from: expression, source}];
  });
  const named = new Set(known.map(({field}) => field));
  const others = Object.entries(event.values).filter(([field]) => !named.has(field));
  return [
    ...known,
    ...others.map(([field, value]) => {
      return {
        field,
        label: field,
        value,
        ...before(event, field),
        state: stateOf(event, field),
        from: null,
        source: null,
      };
    }),
  ];
}

function before({before: values}: EventRow, field: string): Pick<ExplainedValue, 'before'> {
  return values && Object.hasOwn(values, field) ? {before: values[field] ?? null} : {};
}

const absences: readonly string[] = ['mapping.value_missing', 'mapping.not_mapped'];

function stateOf({phase, issues}: EventRow, field: string): ExplainedValue['state'] {
  const errors = issues.filter(issue => issue.field === field && issue.level === 'error');
  if (phase !== 'error' || errors.length === 0) return 'given';
  return errors.every(({code}) => absences.includes(code)) ? 'missing' : 'refused';
}

async function fieldsOf(hub: Hub, companyId: string, event: EventRow, sync: LoadedSync) {
  const leg = sync.definition.legs.find(({name}) => name === event.leg);
  const source = await resourceOf(hub, companyId, sync.source, sync.definition.sourceResource);
  const destination = leg && (await resourceOf(hub, companyId, sync.destination, leg.resource));
  if (!leg || !source || !destination) return [];
  const connector = connectorOf(hub, sync.destination);
  const settings = mappingSettings(connector, sync.destination.settings, sync.definition.settings);
  const {mapping} = compileLeg({leg, source, destination, settings});
  return mappedFields(mapping, source, destination, leg.mapping);
}

function linkTo(hub: Hub, {destination, definition}: LoadedSync, event: EventRow): string | null {
  const leg = definition.legs.find(({name}) => name === event.leg);
  if (!leg || event.destinationId === null) return null;
  const connector = hub.connectors.get(destination.connector);
  return connector?.linkTo?.(destination.settings, leg.resource, event.destinationId) ?? null;
}
