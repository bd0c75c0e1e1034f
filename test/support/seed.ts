// Rows as the engine would leave them, for tests of what is read: written through the engine's own statements.
import {sql} from 'kysely';
import type {CompanyTx} from '../../src/db/transaction.ts';
import {newId} from '../../src/std/ids.ts';
import {insertEvents, insertOpenEvents, type NewEvent} from '../../src/store/events.ts';
import {endRun, insertRun, leaseRun, type RunEnd} from '../../src/store/runs.ts';
import type {World} from './world.ts';

export type Seeded = {readonly world: World; readonly hectreId: string; readonly syncId: string};

/** Two people who applied: Ana was accepted, Ben was not. A sync of accepted applications to Hectre. */
export async function seedSync(world: World): Promise<Seeded> {
  await pushApplication(world, 'A-1', {givenName: 'Ana', familyName: 'Ngata', email: 'ana@example.nz'}, 'accepted');
  await pushApplication(world, 'A-2', {givenName: 'Ben', familyName: 'Ó Briain'}, 'offered');
  const hectreId = await world.connect('Hectre', 'hectre', {baseUrl: 'http://127.0.0.1:1'});
  const {id: syncId} = await world.answer('POST /syncs', {
    json: {
      name: 'Applications to Hectre',
      source: {connection: world.directoryId, resource: 'application'},
      destination: {connection: hectreId, resource: 'employee'},
    },
  });
  return {world, hectreId, syncId};
}

export function pushApplication(
  world: World,
  id: string,
  person: {readonly givenName: string; readonly familyName: string; readonly email?: string},
  status: string,
) {
  const data = {person, job: {id: 'J-1', title: 'Picker', startDate: '2026-12-01'}, application: {status}};
  return world.answer('POST /connections/{id}/records', {
    params: {id: world.directoryId},
    json: {resource: 'application', records: [{id, data}]},
  });
}

/** Ids of the records by their ids in the source. */
export async function recordIds(world: World, resource = 'application'): Promise<Readonly<Record<string, string>>> {
  const {items} = await world.answer('GET /records', {query: {resource, limit: '200'}});
  return Object.fromEntries(items.map(record => [record.externalId, record.id]));
}

/** A run that a worker has, with nothing in it yet. */
export async function seedRun(world: World, syncId: string, save: boolean): Promise<string> {
  const id = newId('run');
  await world.within(async tx => {
    await insertRun(tx, {id, syncId, save, inputs: {}, startedBy: 'key_test'});
    await leaseRun(tx, id, 'lease');
  });
  return id;
}

export function finishRun(world: World, runId: string, end: RunEnd = {status: 'complete'}) {
  return world.within(tx => endRun(tx, runId, end));
}

/** An event that is final at birth unless `given` says otherwise: created, with nothing to complain of. */
export function newEvent(given: Partial<NewEvent> & Pick<NewEvent, 'recordId' | 'externalId'>): NewEvent {
  return {
    id: newId('evt'),
    personId: null,
    destinationId: null,
    operation: 'create',
    phase: 'complete',
    status: 201,
    reason: {code: 'event.created', params: {connection: 'Hectre'}},
    values: {},
    before: null,
    issues: [],
    recordHash: Buffer.alloc(32),
    ...given,
  };
}

export type InRun = {readonly runId: string; readonly syncId: string};

export function seedEvents(
  tx: CompanyTx,
  run: InRun,
  events: readonly NewEvent[],
  table: 'events' | 'plan_items' = 'events',
) {
  return insertEvents(tx, table, {...run, leg: 'employee'}, events);
}

export function seedOpenEvents(tx: CompanyTx, run: InRun, connectionId: string, events: readonly NewEvent[]) {
  const rest = {connectionId, resource: 'employee', keyHashes: []};
  const open = events.map(event => ({...event, ...rest, entity: event.recordId, status: null}));
  return insertOpenEvents(tx, {...run, leg: 'employee'}, open);
}

/** As a worker would draw it: on its way, first attempt. */
export async function drawEvent(tx: CompanyTx, eventId: string): Promise<void> {
  await sql`
    update open_events set phase = 'in_progress', claimed_at = now(), attempt = attempt + 1
    where company_id = ${tx.companyId} and id = ${eventId}`.execute(tx);
}

/** As an outcome would: out of the open ones into history. */
export async function settleEvent(tx: CompanyTx, eventId: string, status: number, code: string): Promise<void> {
  const phase = status < 400 ? 'complete' : 'error';
  await sql`
    with closed as (delete from open_events where company_id = ${tx.companyId} and id = ${eventId} returning *)
    insert into events (company_id, id, run_id, sync_id, record_id, external_id, leg, operation, phase, status, reason_code,
      reason_params, "values", issues, attempt, record_hash)
    select company_id, id, run_id, sync_id, record_id, external_id, leg, operation, ${phase}, ${status}::int, ${code},
      '{"connection": "Hectre"}', "values", issues, attempt, record_hash from closed`.execute(tx);
}
