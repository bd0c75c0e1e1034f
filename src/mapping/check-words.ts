// The library's findings in the words of the catalogue: codes, places and type names that people know. Its messages are
// never shown; they would show pictures and, at run time, values.
import type {FieldType} from '../model/field.ts';
import type {ExpressionIssue, GivenType} from './check.ts';
import type {Rewritten} from './first-argument.ts';
import type {Place} from './tree.ts';

type Found = {
  readonly code: string;
  readonly summary: string;
  readonly range?: Place;
  /** Its whole text; `range` of an access begins at its last name. */
  readonly node?: Place;
};
type Signature = {readonly name: string; readonly signature: string};

/** Type names of the language as the model's; `any` where only running it can tell. */
export function givenType(type: string): GivenType {
  const inner = /^(?:optional|dyn)<(.*)>$/.exec(type)?.[1];
  if (inner !== undefined) return givenType(inner);
  if (type === 'string') return 'text';
  if (type === 'double' || type === 'int' || type === 'uint') return 'number';
  if (type === 'bool') return 'boolean';
  if (type === 'list' || type.startsWith('list<')) return 'list';
  return type === 'dyn' || type === 'null' || type === 'optional' ? 'any' : 'object';
}

const typeWords: {readonly [T in GivenType]: string} = {
  text: 'text',
  number: 'a number',
  decimal: 'a number',
  boolean: 'yes or no',
  date: 'a date',
  instant: 'a date and time',
  list: 'a list',
  object: 'several fields',
  any: 'anything',
};

export function typeWord(type: GivenType): string {
  return typeWords[type];
}

/** Which given types a field can be made of: files know only text, so text may be any scalar; a list only a list or text. */
export function fitsType(given: GivenType, wanted: FieldType): boolean {
  if (given === 'any' || given === wanted) return true;
  switch (wanted) {
    case 'text':
      return given !== 'list' && given !== 'object';
    case 'number':
    case 'decimal':
      return given === 'text' || given === 'number' || given === 'decimal';
    case 'boolean':
    case 'list':
      return given === 'text';
    case 'date':
    case 'instant':
      return given === 'text' || given === 'date' || given === 'instant';
    case 'object':
      return false;
    default:
      return wanted satisfies never;
  }
}

export function syntaxIssue(error: Found | undefined, expression: string): ExpressionIssue {
  const whole = {start: 0, end: expression.length};
  if (!error || error.code === 'limit_exceeded') return {...whole, code: 'expression.too_complex', params: {}};
  const start = Math.min(error.range?.start ?? 0, expression.length);
  const place = {start, end: Math.max(start, error.range?.end ?? expression.length)};
  if (/unterminated|newline_in_string/.test(error.code))
    return {...place, code: 'expression.text_unclosed', params: {}};
  if (start >= expression.trimEnd().length) return {...place, code: 'expression.unfinished', params: {}};
  const found = clip(expression.slice(start, Math.max(start + 1, place.end)));
  return {...place, code: 'expression.syntax', params: {found}};
}

export function typeIssue(
  error: unknown,
  expression: string,
  rewritten: Rewritten,
  functions: readonly Signature[],
): ExpressionIssue {
  const found = isFound(error) ? error : undefined;
  const at = found?.node ?? found?.range;
  const place = at ? rewritten.original(at) : {start: 0, end: expression.length};
  const detail = clip(plainWords(found?.summary ?? ''));
  switch (found?.code) {
    case 'no_such_overload': {
      const operation = clip(plainWords(found.summary.replace(/^no such overload: /, '')));
      if (/ [!=]= null$|^null [!=]= /.test(found.summary.replace(/^no such overload: /, '')))
        return {...place, code: 'expression.compares_null', params: {}};
      return {...place, code: 'expression.wrong_types', params: {found: operation}};
    }
    case 'no_matching_overload': {
      const call = /'(?:[^']*\.)?(\w+)\((.*)\)'/.exec(found.summary);
      const name = call?.[1] ?? '';
      const signature = functions.find(row => row.name === name)?.signature ?? name;
      const params = {
        found: clip(plainWords(`${name}(${call?.[2] ?? ''})`), 40),
        wanted: clip(plainWords(signature.replace(/: [^:]*$/, '')), 60),
      };
      return {...place, code: 'expression.wrong_arguments', params};
    }
    case 'incompatible_ternary_branches':
    case 'incompatible_argument_type':
    case 'heterogeneous_list_element':
    case 'heterogeneous_map_key':
    case 'heterogeneous_map_value':
      return {...place, code: 'expression.mixed_types', params: {}};
    case 'invalid_macro_argument':
      return {...place, code: 'expression.has_argument', params: {}};
    case 'invalid_condition_type':
    case 'invalid_logical_operand':
      return {...place, code: 'expression.not_condition', params: {}};
    default:
      return {...place, code: 'expression.unusable', params: {why: detail}};
  }
}

function isFound(error: unknown): error is Found {
  return error instanceof Error && 'code' in error && 'summary' in error;
}

function plainWords(text: string): string {
  return text
    .replace(/\boptional<([^<>]*)>/g, '$1')
    .replace(/\b(?:list|map)<[^()]*?>/g, found => found.slice(0, found.indexOf('<')))
    .replace(/\b(?:double|int|uint)\b/g, 'number')
    .replace(/\bstring\b/g, 'text')
    .replace(/\bbool\b/g, 'yes-or-no')
    .replace(/\bPart\d+\b/g, 'several fields')
    .replace(/\b[A-Z]\b/g, 'value');
}

/** At most `length` characters of a text, so that a message with it stays short. */
export function clip(text: string, length = 60): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
