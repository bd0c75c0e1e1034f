// What a mapping would give on real records, with why, before anything is stored: the page on which a mapping is made.
// Nothing is written and nobody outside is asked.
import {type CompanyTx, inCompany} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import {type Explained, explainFields} from '../mapping/explain.ts';
import type {MappableRecord, MappingContext} from '../mapping/mapping.ts';
import {messageText} from '../messages/text.ts';
import type {Field} from '../model/field.ts';
import type {Mapping} from '../model/leg.ts';
import type {Resource} from '../model/resource.ts';
import {type Json, type JsonObject, valueAt} from '../std/json.ts';
import {recordPage, recordsById, type ShownRecord} from '../store/record-pages.ts';
import {companyToday} from './company-today.ts';
import {type CompiledLeg, compileLeg, type DefinitionIssue, legIssues} from './compile-leg.ts';
import {type Ends, loadEnds, type SyncEnd} from './define-sync.ts';
import type {Hub} from './hub.ts';
import {type MappedField, mappedFields} from './mapped-fields.ts';
import {mappingSettings} from './mapping-settings.ts';
import {connectorOf} from './resources.ts';

export type PreviewRequest = {
  readonly source: SyncEnd;
  readonly destination: SyncEnd;
  readonly scope?: string | undefined;
  readonly mapping?: Mapping | undefined;
  readonly settings: JsonObject;
  /** Left out: the newest few. */
  readonly records?: readonly string[] | undefined;
};

export type PreviewedRecord = {
  readonly record: ShownRecord;
  /** Null where the scope cannot be worked out for it. */
  readonly included: boolean | null;
  /** The clause that is not so, or what keeps the scope from being worked out. */
  readonly excludedBecause: string | null;
  /** What that clause saw of the record. */
  readonly excludedSaw: readonly {readonly field: Field; readonly value: Json}[];
  readonly values: readonly {readonly field: Field; readonly explained: Explained}[];
};

export type MappingPreview = {
  readonly fields: readonly MappedField[];
  readonly issues: readonly DefinitionIssue[];
  readonly records: readonly PreviewedRecord[];
};

const fewRecords = 5;

/** @throws MusterError `sync.invalid` when an end does not exist; problems of the mapping itself are in the answer */
export async function previewMapping(hub: Hub, companyId: string, request: PreviewRequest): Promise<MappingPreview> {
  const ends = await loadEnds(hub, companyId, request.source, request.destination);
  const {connection, resource} = ends.destination;
  const settings = mappingSettings(connectorOf(hub, connection), connection.settings, request.settings);
  const mapping = request.mapping ?? {};
  const scope = request.scope === undefined ? {} : {scope: request.scope};
  const leg = compileLeg({leg: {...scope, mapping}, source: ends.source.resource, destination: resource, settings});
  const {records, today} = await inCompany(hub.db, companyId, async tx => ({
    records: await recordsFor(tx, ends, request.records),
    today: await companyToday(tx, hub.clock.now()),
  }));
  const fields = mappedFields(leg.mapping, ends.source.resource, resource, mapping);
  const context = {today, settings: settings.values};
  const previewed: PreviewedRecord[] = [];
  for (const record of records) {
    previewed.push(await previewRecord(leg, ends.source.resource, fields, record, context));
  }
  return {fields, issues: legIssues(leg), records: previewed};
}

async function recordsFor(
  tx: CompanyTx,
  {source}: Ends,
  wanted: readonly string[] | undefined,
): Promise<readonly ShownRecord[]> {
  const {id: connectionId} = source.connection;
  const resource = source.resource.name;
  if (!wanted) return (await recordPage(tx, {connectionId, resource}, {limit: fewRecords})).items;
  const found = new Map((await recordsById(tx, wanted)).map(record => [record.id, record]));
  return wanted.map(id => {
    const record = found.get(id);
    if (record?.connectionId === connectionId && record.resource === resource) return record;
    throw new MusterError('request.not_found', {params: {what: source.resource.label}});
  });
}

async function previewRecord(
  leg: CompiledLeg,
  source: Pick<Resource, 'fields'>,
  fields: readonly MappedField[],
  record: ShownRecord,
  context: MappingContext,
): Promise<PreviewedRecord> {
  const mappable = record.identifiers ? {data: record.data, identifiers: record.identifiers} : {data: record.data};
  const shown = fields.map(({field}) => field);
  const values = await explainFields(leg.mapping, mappable, shown, context);
  const {included, excludedBecause} = await standing(leg, mappable, context);
  const seen = excludedBecause === null ? [] : (leg.scope?.readsOf(excludedBecause) ?? []);
  const excludedSaw = source.fields
    .filter(field => seen.includes(field.name))
    .map(field => ({field, value: valueAt(record.data, field.name.split('.')) ?? null}));
  return {record, values, included, excludedBecause, excludedSaw};
}

async function standing(
  {scope}: CompiledLeg,
  record: MappableRecord,
  context: MappingContext,
): Promise<Pick<PreviewedRecord, 'included' | 'excludedBecause'>> {
  if (!scope) return {included: true, excludedBecause: null};
  const [result] = scope.issues.length > 0 ? [] : await scope.test([record], context);
  if (!result) return {included: null, excludedBecause: null};
  if ('issue' in result) {
    const {code, params} = result.issue;
    return {included: null, excludedBecause: messageText(code, params).text};
  }
  return {included: result.included, excludedBecause: result.included ? null : result.falseClause};
}
