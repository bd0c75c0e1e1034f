// A field of a resource as its system describes it: what forms, mappings, constraints and masks are made from.

export type FieldType = 'text' | 'number' | 'decimal' | 'boolean' | 'date' | 'instant' | 'list' | 'object';

/** `confidential`: pay, bank, tax, national id. `special`: health, ethnicity, union; off by default. */
export type Sensitivity = 'ordinary' | 'personal' | 'confidential' | 'special';

export type Choice = {readonly value: string; readonly label: string};

/** What a mapped value must satisfy before anything is sent. All of a record's constraints are checked, not just the first. */
export type Constraint = {
  readonly minLength?: number;
  /** In UTF-16 code units, as the vendors count. */
  readonly maxLength?: number;
  /** Counts digits only; spaces and signs do not count. */
  readonly maxDigits?: number;
  /** A regular expression over the whole text; no look-around, no back-references. */
  readonly pattern?: string;
  /** What the pattern or digits mean, in words for the message: "single spaces, no + sign". */
  readonly wanted?: string;
  /** Calendar dates leave in this form: yyyy MM dd d M MMM and punctuation. */
  readonly dateFormat?: string;
  /** Phones leave in this style: digits with single spaces and no plus, or E.164. */
  readonly phoneStyle?: 'spaced' | 'e164';
  /** Decimals leave with at most this many places. */
  readonly maxDecimals?: number;
  readonly format?: 'email' | 'phone';
  /** Lists leave joined by this character, for files. */
  readonly joinedBy?: string;
};

export type Field = {
  /** As the system calls it; in sources the path to the value, parts joined by dots: `person.givenName`. */
  readonly name: string;
  /** As people see it. */
  readonly label: string;
  readonly description: string;
  readonly type: FieldType;
  readonly required?: boolean;
  readonly constraint?: Constraint;
  /** What is used where the mapping yields nothing. */
  readonly default?: string;
  readonly choices?: readonly Choice[];
  /** Where the vendor's page says the value comes from; shown, never computed with. */
  readonly source?: string;
  /** Its meaning in the shared vocabulary, e.g. `person.givenName`; default mappings come from it. */
  readonly standard?: string;
  /** The default mapping where the standard field alone would not do, written over standard fields. */
  readonly suggest?: string;
  readonly sensitivity: Sensitivity;
};

/** The path to a source field's value. */
export function pathOf(field: Pick<Field, 'name'>): readonly string[] {
  return field.name.split('.');
}
