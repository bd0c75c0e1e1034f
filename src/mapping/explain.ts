// Why a value is what it is: the expression, what it read of the record, and what came of it. Worked out on demand from the
// record and the sync's version; nothing of it is stored.
import type {Issue} from '../model/issue.ts';
import {type Json, type JsonObject, valueAt} from '../std/json.ts';
import type {CompiledMapping, MappableRecord, MappingContext} from './mapping.ts';

export type InputState = 'value' | 'absent' | 'null' | 'blank';

export type ExplainedInput = {
  /** As the field is named: parts joined by dots. */
  readonly path: string;
  readonly state: InputState;
  /** As the source has it; null where there is none. */
  readonly value: Json;
};

export type Explained = {
  /** Null where nothing is mapped to the field. */
  readonly expression: string | null;
  readonly inputs: readonly ExplainedInput[];
  /** The value as it would be sent; absent where there is none. */
  readonly result?: Json;
  /** The field's own issues on this record. */
  readonly issues: readonly Issue[];
};

export async function explainFields<F extends {readonly name: string}>(
  compiled: CompiledMapping,
  record: MappableRecord,
  fields: readonly F[],
  context: MappingContext,
): Promise<readonly {readonly field: F; readonly explained: Explained}[]> {
  const [applied] = await compiled.apply([record], context);
  const roots: JsonObject = {...record.data, settings: context.settings, identifiers: record.identifiers ?? {}};
  return fields.map(field => {
    const mapped = compiled.fields.find(candidate => candidate.field.name === field.name);
    const result = applied?.values[field.name];
    const explained = {
      expression: mapped?.expression ?? null,
      inputs: (mapped?.reads ?? []).map(path => inputAt(roots, path)),
      ...(result === undefined ? {} : {result}),
      issues: (applied?.issues ?? []).filter(issue => issue.field === field.name),
    };
    return {field, explained};
  });
}

function inputAt(roots: JsonObject, path: string): ExplainedInput {
  const value = valueAt(roots, path.split('.'));
  if (value === undefined) return {path, state: 'absent', value: null};
  if (value === null) return {path, state: 'null', value};
  return {path, state: typeof value === 'string' && value.trim() === '' ? 'blank' : 'value', value};
}
