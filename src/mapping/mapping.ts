// A mapping, compiled once for a version of a sync and applied to records in chunks. Compiling says what cannot work before
// anything runs; applying gives every record its values and all of its issues, and never throws.
import type {Values} from '../model/event.ts';
import type {Field} from '../model/field.ts';
import type {Issue} from '../model/issue.ts';
import type {Mapping, MissingPolicy, WritePolicy} from '../model/leg.ts';
import type {Resource} from '../model/resource.ts';
import type {ExpressionIssue, SettingShape} from './check.ts';
import {workWithin} from './deadline.ts';
import {defaultMapping, isNeeded} from './defaults.ts';
import {compileField, type FieldWork, workField} from './field-work.ts';
import {createLanguage, type MappableRecord, type MappingContext} from './language.ts';
import {nearest} from './nearest.ts';

export type {MappableRecord, MappingContext} from './language.ts';

/** Rows of named tables by key, for `lookup('name', key)`. */
export type LookupTables = {readonly [table: string]: {readonly [key: string]: string}};

export type MappingInput = {
  readonly source: Pick<Resource, 'fields'>;
  readonly destination: Pick<Resource, 'fields'>;
  /** The user's; merged over the default mapping. Null switches a field's default off. */
  readonly mapping: Mapping;
  readonly settings: readonly SettingShape[];
  /** Two letters (ISO 3166): where phone numbers without a country code belong. */
  readonly country?: string | undefined;
  readonly tables?: LookupTables | undefined;
};

export type CompiledField = {
  readonly field: Field;
  readonly expression: string;
  readonly missing: MissingPolicy;
  readonly write: WritePolicy;
  /** Paths that its expression and rules read, parts joined by dots. */
  readonly reads: readonly string[];
};

/** Values that have an issue are in `values` as they came, so that they can be shown; such a record is not sent. */
export type MappedRecord = {readonly values: Values; readonly issues: readonly Issue[]};

export type MappingIssue = ExpressionIssue & {readonly field: string; readonly level: 'error' | 'warning'};

export type CompiledMapping = {
  /** The fields that something is mapped to, in the destination's order. */
  readonly fields: readonly CompiledField[];
  readonly reads: readonly string[];
  /** Its values depend on the day of the run. */
  readonly readsToday: boolean;
  readonly issues: readonly MappingIssue[];
  /** Required fields that nothing is mapped to and that have no default. */
  readonly missingRequired: readonly Field[];
  /** One result per record, in order. Holds the process for a quarter of a second at most, and for two in all. */
  apply(records: readonly MappableRecord[], context: MappingContext): Promise<readonly MappedRecord[]>;
};

export function compileMapping(input: MappingInput): CompiledMapping {
  const language = createLanguage(input);
  const defaults = defaultMapping(input.source, input.destination).mapping;
  const works: FieldWork[] = [];
  const unmapped: Field[] = [];
  for (const field of input.destination.fields) {
    const given = Object.hasOwn(input.mapping, field.name) ? input.mapping[field.name] : defaults[field.name];
    if (given === undefined || given === null) unmapped.push(field);
    else works.push(compileField(field, typeof given === 'string' ? {value: given} : given, language, input.country));
  }
  const absent = unmapped.map(field => compileField(field, undefined, language, input.country));
  const ordered = [...works, ...absent].sort((a, b) => place(input, a.field) - place(input, b.field));
  const read = language.reader(works.flatMap(work => work.programs));

  return {
    fields: works.map(({field, expression, missing, write, reads}) => ({field, expression, missing, write, reads})),
    reads: Array.from(new Set(works.flatMap(work => work.reads))),
    readsToday: works.some(work => work.readsToday),
    issues: [...works.flatMap(work => work.issues), ...unknownDestinations(input)],
    missingRequired: unmapped.filter(isNeeded),
    apply: (records, context) =>
      workWithin(records, (record, turn) => {
        const seen = read(record, context);
        const values: {[field: string]: Values[string]} = {};
        const issues: Issue[] = [];
        for (const work of ordered) {
          const timed = turn(work, () => workField(work, seen));
          if (!timed.finished) issues.push(tooSlow(work.field));
          else {
            if (timed.value.value !== undefined) values[work.field.name] = timed.value.value;
            issues.push(...timed.value.issues);
          }
        }
        return {values, issues};
      }),
  };
}

function tooSlow(field: Field): Issue {
  return {level: 'error', code: 'mapping.too_slow', field: field.name, params: {label: field.label}};
}

function place(input: MappingInput, field: Field): number {
  return input.destination.fields.indexOf(field);
}

/** Fields that the mapping names and the destination does not have (any more). */
function unknownDestinations(input: MappingInput): readonly MappingIssue[] {
  const names = input.destination.fields.map(field => field.name);
  return Object.keys(input.mapping)
    .filter(name => !names.includes(name))
    .map(name => ({
      ...{field: name, level: 'error', start: 0, end: 0, code: 'mapping.destination_unknown'},
      params: {field: name, suggestion: nearest(name, names) ?? ''},
    }));
}
