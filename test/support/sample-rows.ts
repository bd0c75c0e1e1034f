// One row of every kind that an id in a path can name, as small as the schema allows: what a test that reaches for another
// company's ids reaches for.
import type {CompanyTx} from '../../src/db/transaction.ts';
import {newId} from '../../src/std/ids.ts';
import {insertConnection} from '../../src/store/connections.ts';
import {insertOpenEvents} from '../../src/store/events.ts';
import {insertFile} from '../../src/store/files.ts';
import {insertLink} from '../../src/store/links.ts';
import {writeRecords} from '../../src/store/records.ts';
import {insertRun} from '../../src/store/runs.ts';
import {insertSchedule} from '../../src/store/schedules.ts';
import {insertSync} from '../../src/store/syncs.ts';

/** Ids by the first part of the path that they stand in. */
export type SampleRows = {
  readonly connections: string;
  readonly files: string;
  readonly records: string;
  readonly syncs: string;
  readonly schedules: string;
  readonly runs: string;
  readonly events: string;
  readonly links: string;
};

export async function insertSampleRows(tx: CompanyTx): Promise<SampleRows> {
  const connectionId = newId('con');
  const connection = {id: connectionId, name: 'Sample', connector: 'directory', settings: {}};
  await insertConnection(tx, {...connection, status: 'connected', reason: null});

  const syncId = newId('syn');
  const definition = {sourceResource: 'person', legs: [], settings: {}, onChange: false};
  const ends = {sourceConnectionId: connectionId, destinationConnectionId: connectionId};
  await insertSync(tx, {id: syncId, name: 'Sample', ...ends, definition, createdBy: 'usr_test'});

  const scheduleId = newId('sch');
  const content = {name: 'Sample', cron: '0 7 * * *', zone: 'UTC', save: false, inputs: {}, enabled: false};
  await insertSchedule(tx, {...content, id: scheduleId, syncId, nextAt: null, createdBy: 'usr_test'});

  const runId = newId('run');
  await insertRun(tx, {id: runId, syncId, save: true, inputs: {}, startedBy: 'usr_test'});

  const recordId = newId('rec');
  const hash = Buffer.alloc(16);
  const anna = {name: 'Anna', data: {}, issues: [], ownHash: hash, references: []};
  const set = {connectionId, resource: 'person'};
  await writeRecords(tx, set, [{id: recordId, externalId: 'P-1', personId: null, ...anna}]);

  const eventId = newId('evt');
  const about = {recordId, personId: null, externalId: 'P-1', destinationId: null, recordHash: hash};
  const state = {
    operation: 'create',
    phase: 'queued',
    status: null,
    reason: null,
    values: {},
    before: null,
    issues: [],
  } as const;
  const target = {connectionId, resource: 'person', entity: recordId, keyHashes: []};
  await insertOpenEvents(tx, {runId, syncId, leg: 'person'}, [{id: eventId, ...about, ...state, ...target}]);

  const fileId = newId('fil');
  const file = {name: 'sample.csv', mediaType: 'text/csv', headers: null, runId: null, direction: 'in'} as const;
  await insertFile(tx, {id: fileId, ...set, ...file, createdBy: 'usr_test'});

  const linkId = newId('lnk');
  await insertLink(tx, {id: linkId, recordId, ...set, destinationId: 'E1', by: 'usr_test'});

  return {
    connections: connectionId,
    links: linkId,
    files: fileId,
    records: recordId,
    syncs: syncId,
    schedules: scheduleId,
    runs: runId,
    events: eventId,
  };
}
