// What a sync maps before anybody has mapped anything: each destination field from its own suggestion, else from the source
// field of the same meaning, through the destination's form. Standard fields are translated to the source's own paths.
import type {Choice, Field} from '../model/field.ts';
import {pathOf} from '../model/field.ts';
import type {Resource} from '../model/resource.ts';
import {fitsType} from './check-words.ts';
import {createLanguage, type Language} from './language.ts';
import {pathText} from './shape.ts';

export type DefaultMapping = {
  /** Destination field ← expression over this source. */
  readonly mapping: {readonly [field: string]: string};
  /** Fields that nothing reaches: required ones without a default first, then the others, in the destination's order. */
  readonly unmapped: readonly Field[];
};

type Fields = Pick<Resource, 'fields'>;

export function defaultMapping(source: Fields, destination: Fields): DefaultMapping {
  const known = standardFields(source.fields);
  const standard = standardLanguage(source.fields);
  const mapping: {[field: string]: string} = {};
  const unmapped: Field[] = [];
  for (const field of destination.fields) {
    const expression = suggested(field, known, standard) ?? fromStandard(field, known);
    if (expression === undefined) unmapped.push(field);
    else mapping[field.name] = expression;
  }
  const needed = unmapped.filter(isNeeded);
  return {mapping, unmapped: [...needed, ...unmapped.filter(field => !isNeeded(field))]};
}

/** Required, and with nothing to fall back on. */
export function isNeeded(field: Field): boolean {
  return field.required === true && field.default === undefined;
}

type Known = ReadonlyMap<string, Field>;

/** Source fields by meaning: the first that says so, else the one that is simply called that. */
function standardFields(fields: readonly Field[]): Known {
  const known = new Map<string, Field>();
  for (const field of fields)
    if (field.standard !== undefined && !known.has(field.standard)) known.set(field.standard, field);
  for (const field of fields) if (!known.has(field.name)) known.set(field.name, field);
  return known;
}

/** A language in which suggestions can be read: any standard path, any setting. Only their syntax and paths matter here. */
function standardLanguage(fields: readonly Field[]): Language {
  const open = fields.flatMap(field => (field.standard === undefined ? [] : [{...field, name: field.standard}]));
  return createLanguage({source: {fields: [...open, ...fields]}, settings: []});
}

/** The field's own suggestion over this source; undefined where the source lacks a field that it reads. */
function suggested(field: Field, known: Known, language: Language): string | undefined {
  if (field.suggest === undefined) return undefined;
  let text = '';
  let from = 0;
  // Settings are the destination's and stay as they are; compiled or not, the reads are found.
  for (const read of language.compile(field.suggest).reads) {
    if (read.path[0] === 'settings' || read.path[0] === 'identifiers') continue;
    const source = known.get(read.path.join('.'));
    if (!source) return undefined;
    text +=
      field.suggest.slice(from, read.start) +
      translated(read.how, pathOf(source), field.suggest.slice(read.start, read.end));
    from = read.end;
  }
  return unwrapHas(text + field.suggest.slice(from));
}

const asked = '\u0000'; // stands for "has" around a bracketed path until unwrapHas; no expression holds it

function translated(how: 'plain' | 'optional' | 'has', path: readonly string[], original: string): string {
  if (how === 'optional') return pathText(path, 'optional');
  const text = pathText(path);
  if (how === 'plain' || !text.endsWith(']')) return original === text ? original : text;
  return `${asked}${pathText(path, 'optional')}.hasValue()${asked}`; // has() takes no brackets
}

function unwrapHas(text: string): string {
  return text.replace(new RegExp(`has\\(\\s*${asked}([^${asked}]*)${asked}\\s*\\)`, 'g'), '$1');
}

function fromStandard(field: Field, known: Known): string | undefined {
  const source = field.standard === undefined ? undefined : known.get(field.standard);
  if (!source || !fitsType(source.type, field.type)) return joinedList(field, source);
  const path = pathText(pathOf(source));
  const {phoneStyle, dateFormat, format} = field.constraint ?? {};
  if (phoneStyle !== undefined || format === 'phone') return `phone(${path}, '${phoneStyle ?? 'e164'}')`;
  if (dateFormat !== undefined) return `date(${path}, '${dateFormat.replace(/[\\']/g, '\\$&')}')`;
  // Decimals take their form in constraints.ts, which does not round: nobody's pay is changed by a default.
  const table = choiceTable(source.choices ?? [], field.choices ?? []);
  return table === undefined ? path : `lookup(${table}, ${path}, ${path})`;
}

/** A list can fill a text field that says how its entries are joined. */
function joinedList(field: Field, source: Field | undefined): string | undefined {
  if (source?.type !== 'list' || field.type !== 'text') return undefined;
  return field.constraint?.joinedBy === undefined ? undefined : pathText(pathOf(source));
}

/** Where both systems have choices with the same labels but other values: `{'M': 'Male'}`; undefined where none differ. */
function choiceTable(from: readonly Choice[], to: readonly Choice[]): string | undefined {
  const entries = from.flatMap(choice => {
    if (to.some(other => other.value === choice.value)) return [];
    const same = to.find(other => other.label.toLowerCase() === choice.label.toLowerCase());
    return same ? [`${quoted(choice.value)}: ${quoted(same.value)}`] : [];
  });
  return entries.length === 0 || entries.length > 100 ? undefined : `{${entries.join(', ')}}`;
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n')}'`;
}
