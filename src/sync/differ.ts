// Which values differ from what the destination has, field by field. One place for what counts as the same value: systems
// give numbers as text, leave empty fields out, and order their lists as they like. Pure.
import type {Values} from '../model/event.ts';
import type {WritePolicy} from '../model/leg.ts';
import {canonicalJson, type Json} from '../std/json.ts';

export type Changes = {
  readonly values: Values;
  /** What these fields have there; null where that is not known. */
  readonly before: Values | null;
};

/** `there` is what the destination has, null where that is not known: then every field is written. */
export function changesOf(
  wanted: Values,
  there: Values | null,
  policies: ReadonlyMap<string, WritePolicy> = new Map(),
): Changes {
  const fields = Object.keys(wanted).filter(field => {
    const policy = policies.get(field) ?? 'always';
    if (policy === 'onCreate') return false;
    if (policy === 'ifEmpty') return there !== null && isEmpty(there[field]) && !isEmpty(wanted[field]);
    return there === null || !isSame(wanted[field], there[field]);
  });
  const of = (values: Values) => Object.fromEntries(fields.map(field => [field, values[field] ?? null]));
  return {values: of(wanted), before: there && of(there)};
}

/** Whether all of `wanted` is there already, as far as the destination shows it. */
export function hasAll(wanted: Values, there: Values): boolean {
  return Object.entries(wanted).every(([field, value]) => there[field] === undefined || isSame(value, there[field]));
}

export function isSame(one: Json | undefined, other: Json | undefined): boolean {
  if (isEmpty(one) || isEmpty(other)) return isEmpty(one) && isEmpty(other);
  return textOf(one) === textOf(other);
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function textOf(value: Json | undefined): string {
  if (Array.isArray(value)) return value.map(textOf).toSorted().join('\0');
  return typeof value === 'object' && value !== null ? canonicalJson(value) : String(value).normalize('NFC').trim();
}
