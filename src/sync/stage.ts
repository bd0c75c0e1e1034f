// stage: what a source says becomes records. Only what differs is written. Values are not judged here: a bad one is
// kept, becomes an issue when it is mapped, and hides no neighbour.
import {hash} from 'node:crypto';
import type {SourceRecord} from '../connector/contract.ts';
import type {CompanyTx} from '../db/transaction.ts';
import type {Resource} from '../model/resource.ts';
import {newId} from '../std/ids.ts';
import {canonicalJson, type JsonObject} from '../std/json.ts';
import * as store from '../store/records.ts';
import {cleanRecord, mergeData, namer, referencesOf, splitRecord} from './parts.ts';

export type StageInput = {
  readonly connectionId: string;
  readonly resource: Resource;
  /** All of the connection, for parts that are records of their own. */
  readonly resources: readonly Resource[];
  readonly records: readonly SourceRecord[];
  /** What a key that is absent means: pushes and imports keep what is there, a full read replaces it. */
  readonly absent: 'keep' | 'drop';
};

export type Staged = {
  /** One a record, in the order given. */
  readonly recordIds: readonly string[];
  /** Ids of those that are new, back, or differ from before, and of all that refer to one of them. */
  readonly changed: readonly string[];
};

/** Stages one chunk. Chunks of one connection take turns, so that two pushes of one record cannot cross. */
export async function stageRecords(tx: CompanyTx, input: StageInput): Promise<Staged> {
  await store.takeTurn(tx, input.connectionId);
  const split = input.records.map(record => splitRecord(cleanRecord(record), input.resource, input.resources));
  const changed: string[] = [];
  for (const resource of input.resources) {
    const records = split.flatMap(({nested}) =>
      nested.filter(part => part.resource === resource.name).map(part => part.record),
    );
    if (records.length > 0)
      changed.push(...(await stageChunk(tx, {...input, resource, records, absent: 'keep'})).changed);
  }
  const staged = await stageChunk(tx, {...input, records: split.map(({own}) => own)});
  return {...staged, changed: [...new Set([...changed, ...staged.changed])]};
}

async function stageChunk(tx: CompanyTx, input: StageInput): Promise<Staged> {
  const set = {connectionId: input.connectionId, resource: input.resource.name};
  const records = combineRepeated(input.records, input.absent);
  const known = new Map((await store.recordHashes(tx, set, [...records.keys()])).map(row => [row.externalId, row]));
  const before =
    input.absent === 'keep' ? await store.recordData(tx, set, [...known.keys()]) : new Map<string, JsonObject>();

  const nameOf = namer(input.resource);
  const rows: store.RecordRow[] = [];
  const newPersons: string[] = [];
  const ids = new Map([...known].map(([externalId, row]) => [externalId, row.id]));
  for (const [externalId, record] of records) {
    const old = known.get(externalId);
    if (old && input.absent === 'keep' && Object.keys(record.data).length === 0) continue; // only named by another
    const data = mergeData(before.get(externalId) ?? {}, record.data);
    const ownHash = hash('sha256', canonicalJson(data), 'buffer');
    if (old && !old.gone && old.ownHash.equals(ownHash)) continue;
    const references = referencesOf(data);
    let personId = old?.personId ?? null;
    if (input.resource.aboutPerson && personId === null && !references.some(({part}) => part === 'person')) {
      personId = newId('per');
      newPersons.push(personId);
    }
    const id = old?.id ?? newId('rec');
    ids.set(externalId, id);
    rows.push({
      id,
      externalId,
      personId,
      name: nameOf(data) || externalId,
      data,
      issues: record.issues ?? [],
      ownHash,
      references,
    });
  }
  await store.insertPersons(tx, newPersons);
  await store.writeRecords(tx, set, rows);
  await store.writeParts(tx, set, rows);
  const own = rows.map(row => row.id);
  const referring = await store.followParts(tx, own);
  return {recordIds: input.records.map(record => ids.get(record.id) ?? ''), changed: [...own, ...referring]};
}

/** A record that stands twice in a chunk is one: the later over the earlier. */
function combineRepeated(records: readonly SourceRecord[], absent: 'keep' | 'drop'): ReadonlyMap<string, SourceRecord> {
  const combined = new Map<string, SourceRecord>();
  for (const record of records) {
    const earlier = absent === 'keep' ? combined.get(record.id) : undefined;
    combined.set(record.id, earlier ? {...record, data: mergeData(earlier.data, record.data)} : record);
  }
  return combined;
}
