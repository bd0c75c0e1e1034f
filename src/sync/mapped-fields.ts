// The table of a mapping: every field of the destination, what fills it, and where that comes from. Pure.
import type {CompiledMapping} from '../mapping/mapping.ts';
import type {Field} from '../model/field.ts';
import type {Mapping, MissingPolicy} from '../model/leg.ts';
import type {Resource} from '../model/resource.ts';

export type MappedField = {
  readonly field: Field;
  /** Null: nothing fills it. */
  readonly expression: string | null;
  /** Nobody has mapped it by hand. */
  readonly isDefault: boolean;
  readonly missing: MissingPolicy;
  /** Labels of the source fields that it reads. */
  readonly source: string | null;
  /** Paths in the source that it reads. */
  readonly reads: readonly string[];
};

/** What needs a person first: required fields that nothing fills, then the others in the destination's own order. */
export function mappedFields(
  compiled: CompiledMapping,
  source: Pick<Resource, 'fields'>,
  destination: Pick<Resource, 'fields'>,
  mapping: Mapping,
): readonly MappedField[] {
  const filled = new Map(compiled.fields.map(entry => [entry.field.name, entry]));
  const labels = new Map(source.fields.map(field => [field.name, field.label]));
  const rows = destination.fields.map((field): MappedField => {
    const entry = filled.get(field.name);
    const isDefault = !Object.hasOwn(mapping, field.name);
    if (!entry) return {field, expression: null, isDefault, missing: 'leave', source: null, reads: []};
    const from = entry.reads.map(path => labels.get(path) ?? path).join(', ');
    const {expression, missing, reads} = entry;
    return {field, expression, isDefault, missing, source: from === '' ? null : from, reads};
  });
  const urgent = (row: MappedField) => row.expression === null && row.field.required === true && !row.field.default;
  return [...rows.filter(urgent), ...rows.filter(row => !urgent(row))];
}
