// What a function of the mapping language is made of, and how it says that it has no answer.

/** What functions may ask for besides their arguments. Set before each evaluation, read only during it. */
export type Host = {
  /** The run's calendar date, yyyy-MM-dd. */
  today: string;
  /** Two letters: where phone numbers without a country code belong. */
  readonly country: string | undefined;
  readonly tables: {readonly [table: string]: {readonly [key: string]: string}};
};

export type FunctionRow = {
  /**
   * `name(types): type` in CEL's words. A `double` parameter also takes whole numbers; they reach `run` as numbers, so
   * that no function ever sees a BigInt.
   */
  readonly signature: string;
  /** One sentence for the editor. */
  readonly description: string;
  /** Its parameters are what the signature says: CEL checks them before the call. */
  readonly run: (...args: never[]) => unknown;
  /** Its result depends on the day of the run. */
  readonly readsToday?: boolean;
};

/** `nothing` is no failure of the record: there simply is no value, as with an absent field. */
export type FailureCode =
  | 'nothing'
  | 'not_date'
  | 'not_number'
  | 'not_phone'
  | 'not_text'
  | 'not_in_table'
  | 'no_such_table'
  | 'format_unknown'
  | 'style_unknown'
  | 'zone_unknown'
  | 'count_out_of_range'
  | 'too_large';

/**
 * Thrown by a function that has no answer; it becomes an issue on the field. Carries codes and counts, never a value, so
 * that it can be kept and logged.
 */
export class FunctionFailure extends Error {
  readonly code: FailureCode;
  /** For phones: how many digits were given. */
  readonly digits: number | undefined;

  constructor(code: FailureCode, facts: {readonly digits?: number} = {}) {
    super(code);
    this.name = 'FunctionFailure';
    this.code = code;
    this.digits = facts.digits;
  }
}

const maxTextLength = 100_000;

/** The text, unless it grew beyond what any field holds: nested replacements would otherwise fill the memory. */
export function boundedText(text: string): string {
  if (text.length > maxTextLength) throw new FunctionFailure('too_large');
  return text;
}

/** A whole number within the bounds. */
export function count(value: number, least: number, most: number): number {
  if (!Number.isInteger(value) || value < least || value > most) throw new FunctionFailure('count_out_of_range');
  return value;
}
