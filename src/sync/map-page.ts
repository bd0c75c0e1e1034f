// select and map: who of a page is included, and what their values are.
import type {MappableRecord, MappedRecord} from '../mapping/mapping.ts';
import type {ScopeResult} from '../mapping/scope.ts';
import type {Json, JsonObject} from '../std/json.ts';
import type {PartData, PlanRecord} from '../store/planning.ts';
import {type KeyHash, keyHashes} from './keys.ts';
import type {Preparation} from './prepare.ts';

export type Mapped = {
  readonly record: PlanRecord;
  readonly scope: ScopeResult;
  readonly mapped: MappedRecord;
  /** None where a value is in error: such a record is nobody's match. */
  readonly keys: readonly KeyHash[];
};

const everybody: ScopeResult = {included: true};
const nothing: MappedRecord = {values: {}, issues: []};

export async function mapPage(
  prepared: Preparation,
  records: readonly PlanRecord[],
  parts: readonly PartData[],
): Promise<readonly Mapped[]> {
  const {compiled, mapping} = prepared;
  const whole = withParts(records, parts);
  const scopes = (await compiled.scope?.test(whole, mapping)) ?? whole.map(() => everybody);
  const included = whole.filter((_, at) => isIncluded(scopes[at]));
  const mapped = (await compiled.mapping.apply(included, mapping)).values();
  return records.map((record, at) => {
    const scope = scopes[at] ?? everybody;
    if (!isIncluded(scope)) return {record, scope, mapped: nothing, keys: []};
    const values = mapped.next().value ?? nothing;
    const sound = !values.issues.some(issue => issue.level === 'error');
    return {record, scope, mapped: values, keys: sound ? keyHashes(prepared, values.values) : []};
  });
}

function isIncluded(scope: ScopeResult | undefined): boolean {
  return scope !== undefined && 'included' in scope && scope.included;
}

/** Records with the data of those that they refer to in place of the references. */
export function withParts(
  records: readonly {readonly id: string; readonly data: JsonObject; readonly identifiers: JsonObject | null}[],
  parts: readonly PartData[],
): readonly MappableRecord[] {
  const byRecord = new Map<string, {[part: string]: Json}>();
  for (const {recordId, part, data} of parts) {
    const known = byRecord.get(recordId) ?? {};
    known[part] = data[part] ?? {};
    byRecord.set(recordId, known);
  }
  return records.map(({id, data, identifiers}) => {
    const referred = byRecord.get(id);
    const whole = referred ? {...data, ...referred} : data;
    return identifiers ? {data: whole, identifiers} : {data: whole};
  });
}
