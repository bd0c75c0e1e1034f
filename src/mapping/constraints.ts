// Checks one mapped value against its destination field and gives it in the field's own form. Issues carry the label, what
// was counted and what is wanted, never the value. Nothing is rounded, cut or guessed: a value that does not fit is said so.
import type {Choice, Field, FieldType} from '../model/field.ts';
import type {Issue} from '../model/issue.ts';
import type {Json} from '../std/json.ts';
import {isJsonObject} from '../std/json.ts';
import {clip, typeWord} from './check-words.ts';
import {
  dateStep,
  decimalsStep,
  digitsStep,
  isEmail,
  isInstant,
  lengthStep,
  patternStep,
  phoneStep,
  type Report,
  refused,
  type Step,
  textOf,
} from './constraint-forms.ts';
import {decimalOf, parseDecimal} from './decimal.ts';
import {booleanOf} from './shape.ts';

/** `value` is in the field's form; where there are issues, it is as it came. */
export type Fitted = {readonly value: Json; readonly issues: readonly Issue[]};

export type FitOptions = {
  /** Two letters (ISO 3166): where phone numbers without a country code belong. */
  readonly country?: string | undefined;
  /** The expression has written the value in the field's own date or phone form already. */
  readonly formatted?: boolean;
};

/** Fits values to one field; made once per mapping. Null is passed through: it clears. */
export type Fitter = (value: Json) => Fitted;

/** Checks `value` against the field and gives it in the field's form. Null is passed through: it clears. */
export function fitValue(field: Field, value: Json, options: FitOptions = {}): Fitted {
  return fitterOf(field, options)(value);
}

export function fitterOf(field: Field, options: FitOptions = {}): Fitter {
  const steps = [typeStep(field, options), ...formSteps(field, options)];
  return given => {
    if (given === null) return {value: null, issues: []};
    const issues: Issue[] = [];
    const report: Report = (code, params = {}) =>
      issues.push({level: 'error', code, field: field.name, params: {label: field.label, ...params}});
    let value: Json = given;
    for (const step of steps) {
      const next = step(value, report);
      if (next === undefined) break; // of the wrong type or form: what follows would only repeat it
      value = next;
    }
    return {value: issues.length > 0 ? given : value, issues};
  };
}

function typeStep(field: Field, options: FitOptions): Step {
  if (field.choices && field.choices.length > 0 && field.type !== 'list')
    return (value, report) => scalar(value, field, report);
  switch (field.type) {
    case 'text':
      return (value, report) => (Array.isArray(value) ? joined(value, field, report) : scalar(value, field, report));
    case 'number':
      return (value, report) => {
        const decimal = decimalText(value, field, report);
        return decimal === undefined ? undefined : Number(decimal);
      };
    case 'decimal':
      return (value, report) => decimalText(value, field, report);
    case 'boolean':
      return (value, report) => {
        const known = typeof value === 'string' ? booleanOf(value) : value;
        return typeof known === 'boolean' ? known : refused(report, 'value.not_boolean');
      };
    case 'date':
      return dateStep(field, options.formatted ?? false);
    case 'instant':
      return (value, report) =>
        typeof value === 'string' && isInstant(value)
          ? value
          : refused(report, 'value.not_date', {wanted: 'a date and time with zone'});
    case 'list':
      return (value, report) => list(value, field, report);
    case 'object':
      return (value, report) => (isJsonObject(value) ? value : wrongType(value, field, report));
    default:
      return field.type satisfies never;
  }
}

function formSteps(field: Field, options: FitOptions): readonly Step[] {
  const constraint = field.constraint ?? {};
  const steps: Step[] = [];
  if (field.choices && field.choices.length > 0 && field.type !== 'list') {
    const choose = chooser(field.choices);
    steps.push(
      (value, report) => choose(value) ?? refused(report, 'value.not_choice', choiceWords(field.choices ?? [])),
    );
  }
  if (constraint.dateFormat !== undefined && field.type === 'text')
    steps.push(dateStep(field, options.formatted ?? false));
  if (constraint.format === 'phone' || constraint.phoneStyle) steps.push(phoneStep(field, options));
  else if (constraint.maxDigits !== undefined) steps.push(digitsStep(field));
  if (constraint.format === 'email')
    steps.push((value, report) => (isEmail(value) ? value : refused(report, 'value.not_email')));
  if (field.type === 'decimal' || field.type === 'number') steps.push(decimalsStep(field));
  steps.push(lengthStep(field));
  if (constraint.pattern !== undefined) steps.push(patternStep(constraint.pattern, field));
  return steps;
}

function wrongType(value: Json, field: Field, report: Report): undefined {
  return refused(report, 'mapping.wrong_type', {wanted: typeWord(field.type), found: typeWord(typeOf(value))});
}

function typeOf(value: Json): FieldType {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'object';
}

function scalar(value: Json, field: Field, report: Report): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return decimalOf(value);
  return typeof value === 'boolean' ? String(value) : wrongType(value, field, report);
}

function decimalText(value: Json, field: Field, report: Report): string | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return wrongType(value, field, report);
  const decimal = typeof value === 'number' ? decimalOf(value) : parseDecimal(value.trim());
  const limit = field.constraint?.maxDecimals;
  const places = limit === undefined ? 'decimals after a point' : `at most ${limit} decimals`;
  return decimal ?? refused(report, 'value.not_number', {wanted: field.constraint?.wanted ?? `digits with ${places}`});
}

/** The choice that a value or its label means, whatever the case. */
function chooser(choices: readonly Choice[]): (value: Json) => string | undefined {
  const byWord = new Map<string, string>();
  for (const choice of choices) byWord.set(choice.label.trim().toLowerCase(), choice.value);
  for (const choice of choices) byWord.set(choice.value.toLowerCase(), choice.value);
  const exact = new Set(choices.map(choice => choice.value));
  return value => {
    const text = textOf(value);
    return exact.has(text) ? text : byWord.get(text.trim().toLowerCase());
  };
}

function choiceWords(choices: readonly Choice[]) {
  return {wanted: clip(choices.map(choice => choice.value).join(', '), 80)};
}

function list(value: Json, field: Field, report: Report): Json | undefined {
  const joinedBy = field.constraint?.joinedBy;
  const given = typeof value === 'string' ? value.split(joinedBy ?? /$^/) : Array.isArray(value) ? value : undefined;
  if (given === undefined) return wrongType(value, field, report);
  const choose = field.choices && field.choices.length > 0 ? chooser(field.choices) : undefined;
  const entries: string[] = [];
  for (const entry of given) {
    const text = scalar(entry, field, report)?.trim();
    if (text === undefined) return undefined;
    const chosen = choose ? choose(text) : text;
    if (chosen === undefined) return refused(report, 'value.not_choice', choiceWords(field.choices ?? []));
    entries.push(chosen);
  }
  return joinedBy === undefined ? entries : joined(entries, field, report);
}

function joined(entries: readonly Json[], field: Field, report: Report): string | undefined {
  const joinedBy = field.constraint?.joinedBy;
  if (joinedBy === undefined) return wrongType(entries, field, report);
  const texts = entries.map(entry => scalar(entry, field, () => undefined));
  if (texts.includes(undefined)) return wrongType(entries, field, report);
  if (texts.some(text => text?.includes(joinedBy))) return refused(report, 'value.holds_separator', {found: joinedBy});
  return texts.join(joinedBy);
}
