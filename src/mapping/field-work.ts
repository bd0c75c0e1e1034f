// One destination field's part of a mapping: its expression, what a missing value does, its rules, and the form in which the
// value must leave. A field that nothing is mapped to has one too, for its default.
import {messageText} from '../messages/text.ts';
import type {Field} from '../model/field.ts';
import type {Issue, IssueLevel} from '../model/issue.ts';
import type {FieldMapping, MissingPolicy, WritePolicy} from '../model/leg.ts';
import {type Json, valueAt} from '../std/json.ts';
import {typeIssues} from './check.ts';
import {clip} from './check-words.ts';
import {type Fitter, fitterOf} from './constraints.ts';
import {isNeeded} from './defaults.ts';
import {failureIssue} from './failures.ts';
import type {CompiledExpression, Language, Outcome, Program} from './language.ts';
import type {MappingIssue} from './mapping.ts';
import {checkPattern} from './pattern.ts';
import type {Seen} from './record-builder.ts';
import {literalText} from './tree.ts';

export type FieldWork = {
  readonly field: Field;
  readonly expression: string;
  readonly missing: MissingPolicy;
  readonly write: WritePolicy;
  readonly reads: readonly string[];
  readonly readsToday: boolean;
  readonly programs: readonly Program[];
  /** What is wrong with the mapping itself; records get `broken`. */
  readonly issues: readonly MappingIssue[];
  /** Undefined where nothing is mapped, or what is mapped cannot be used. */
  readonly program: Program | undefined;
  readonly broken: Issue | undefined;
  readonly rules: readonly CompiledRule[];
  readonly fit: Fitter;
  /** For values of defaults and policies, which no expression has formatted. */
  readonly fitRaw: Fitter;
};

type CompiledRule = {readonly program: Program; readonly level: IssueLevel; readonly message: string};

export type FieldResult = {readonly value?: Json; readonly issues: readonly Issue[]};

/** Compiles one field's mapping; `undefined` where nothing is mapped to it. */
export function compileField(
  field: Field,
  mapping: FieldMapping | undefined,
  language: Language,
  country: string | undefined,
): FieldWork {
  const value = mapping && language.compile(mapping.value);
  const rules = (mapping?.rules ?? []).map(rule => ({rule, compiled: language.compile(rule.check)}));
  const all = [...(value ? [value] : []), ...rules.map(({compiled}) => compiled)];
  const broken = all.find(compiled => compiled.program === undefined);
  const formatted = value?.program !== undefined && isFormatted(value.program, field);
  return {
    field,
    expression: mapping?.value ?? '',
    missing: mapping?.missing ?? 'leave',
    write: mapping?.write ?? 'always',
    reads: Array.from(new Set(all.flatMap(compiled => compiled.reads.map(read => read.path.join('.'))))),
    readsToday: all.some(compiled => compiled.readsToday),
    programs: all.flatMap(compiled => compiled.program ?? []),
    issues: mapping ? saveIssues(field, mapping, all, country) : [],
    program: value?.program,
    broken: broken ? brokenIssue(field, broken) : !mapping && isNeeded(field) ? notMapped(field) : undefined,
    rules: rules.flatMap(({rule, compiled}) =>
      compiled.program ? [{program: compiled.program, level: rule.else, message: rule.message}] : [],
    ),
    fit: fitterOf(field, {country, formatted}),
    fitRaw: fitterOf(field, {country}),
  };
}

/** The field's value of one record and everything that is wrong with it. */
export function workField(work: FieldWork, seen: Seen): FieldResult {
  if (work.broken) return {issues: [work.broken]};
  const result = work.program ? ofOutcome(work, work.program.evaluate(seen), seen) : missing(work, null);
  const ruled = work.rules.flatMap(rule => ruleIssues(work.field, rule, seen));
  return ruled.length === 0 ? result : {...result, issues: [...result.issues, ...ruled]};
}

function ofOutcome(work: FieldWork, outcome: Outcome, seen: Seen): FieldResult {
  switch (outcome.state) {
    case 'value':
      return work.fit(outcome.value);
    case 'missing':
      return missing(work, outcome.path);
    case 'misfit':
      return {...given(work, seen), issues: [error(work.field, 'mapping.source_type', {path: outcome.path})]};
    case 'failed':
      return {...given(work, seen), issues: [failureIssue(work.field, outcome)]};
    default:
      return outcome satisfies never;
  }
}

/** What the expression could not work with, as it came, so that it can be shown: where it reads one value and not several. */
function given({program}: FieldWork, {raw}: Seen): {readonly value?: Json} {
  const paths = (program?.reads ?? []).map(read => read.path).filter(([root]) => root !== 'settings');
  const read = new Map(paths.map(([root = '', ...rest]) => [[root, ...rest].join('.'), valueAt(raw(root), rest)]));
  const [value, ...others] = [...read.values()].filter(one => one !== undefined && one !== null && one !== '');
  return value === undefined || others.length > 0 ? {} : {value};
}

function missing(work: FieldWork, path: string | null): FieldResult {
  const {field, missing: policy} = work;
  const none = () => error(field, 'mapping.value_missing', {path: path ?? clip(work.expression, 40)});
  if (policy === 'reject') return {issues: [none()]};
  if (policy === 'clear') return field.required ? {value: null, issues: [none()]} : {value: null, issues: []};
  const otherwise = policy === 'leave' ? field.default : policy.default;
  if (otherwise !== undefined && otherwise !== null) return work.fitRaw(otherwise);
  return field.required ? {issues: [none()]} : {issues: []};
}

function ruleIssues(field: Field, rule: CompiledRule, seen: Seen): readonly Issue[] {
  const outcome = rule.program.evaluate(seen);
  if (outcome.state === 'missing') return []; // what is not there can be required, but keeps or breaks no rule
  if (outcome.state === 'misfit') return [error(field, 'mapping.source_type', {path: outcome.path})];
  if (outcome.state === 'failed') return [failureIssue(field, outcome)];
  if (outcome.value === true) return [];
  const params = {label: field.label, why: clip(rule.message, 100)};
  return [{level: rule.level, code: 'mapping.rule', field: field.name, params}];
}

function error(field: Field, code: string, params: Issue['params']): Issue {
  return {level: 'error', code, field: field.name, params: {label: field.label, ...params}};
}

function notMapped(field: Field): Issue {
  return error(field, 'mapping.not_mapped', {});
}

/** What a record is told about an expression that cannot be used; the place is for whoever mends it. */
function brokenIssue(field: Field, compiled: CompiledExpression): Issue {
  const [first] = compiled.issues;
  if (first?.code === 'expression.unknown_field')
    return error(field, 'mapping.path_unknown', {path: first.params['path'] ?? ''});
  return error(field, 'mapping.unusable', {why: clip(first ? messageText(first.code, first.params).text : '', 90)});
}

function saveIssues(
  field: Field,
  mapping: FieldMapping,
  all: readonly CompiledExpression[],
  country: string | undefined,
): readonly MappingIssue[] {
  const [value, ...rules] = all;
  const found = [
    ...all.flatMap(compiled => compiled.issues),
    ...(value ? typeIssues(value, mapping.value, field.type === 'list' ? 'list' : wantedType(field)) : []),
    ...rules.flatMap((rule, index) => typeIssues(rule, mapping.rules?.[index]?.check ?? '', 'condition')),
  ].map((issue): MappingIssue => {
    const unknown = issue.code === 'expression.unknown_field';
    const params = {label: field.label, ...issue.params};
    return {...issue, field: field.name, level: 'error', code: unknown ? 'mapping.path_unknown' : issue.code, params};
  });
  const whole = {field: field.name, start: 0, end: mapping.value.length};
  const policy = mapping.missing;
  const otherwise = typeof policy === 'object' ? fitterOf(field, {country})(policy.default).issues : [];
  for (const {code, params} of otherwise) found.push({...whole, level: 'error', code, params});
  const pattern = field.constraint?.pattern;
  if (pattern !== undefined && 'refused' in checkPattern(pattern))
    found.push({...whole, level: 'warning', code: 'mapping.pattern_unusable', params: {label: field.label}});
  return found;
}

/** Choices and joined lists take any scalar as text, whatever the field's own type. */
function wantedType(field: Field) {
  if (field.choices && field.choices.length > 0) return 'text';
  return field.type === 'text' && field.constraint?.joinedBy !== undefined ? 'list' : field.type;
}

/** Whether the expression as a whole is `phone(…, style)` or `date(…, form)` in the field's own style or form. */
function isFormatted({tree}: Program, {constraint}: Field): boolean {
  if (tree.op !== 'call') return false;
  const [name, args] = tree.args;
  const form = literalText(args[1]);
  if (form === undefined) return false;
  if (name === 'date') return form === (constraint?.dateFormat ?? 'yyyy-MM-dd');
  return name === 'phone' && form === (constraint?.phoneStyle ?? 'e164');
}
