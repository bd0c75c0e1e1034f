// An error, warning or info about a record or one of its fields. Only the code and its parameters are kept; the words
// come from the catalogue when somebody reads them.
import type {MessageParams} from '../messages/text.ts';

export type IssueLevel = 'error' | 'warning' | 'info';

export type Issue = {
  readonly level: IssueLevel;
  /** A code of the catalogue, dotted: `value.too_many_digits`. */
  readonly code: string;
  /** The destination's field, or null where the record as a whole is meant. */
  readonly field: string | null;
  readonly params: MessageParams;
};
