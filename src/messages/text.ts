// Turns a code and its parameters into the words a person reads. The texts themselves are in en.ts, one row a code.
import {en} from './en.ts';

export type MessageParams = Readonly<Record<string, string | number | boolean | null>>;

/** Who can mend it, in the words of the web app. */
export type Owner = 'source' | 'admin' | 'destination' | 'support' | 'nobody';

export type Message = {
  /** One sentence, at most 160 characters once filled, saying what is wrong and what is wanted. `{name}` is a parameter. */
  readonly text: string;
  /** What holds for all records of a run that have it, where the text says something of one: without what differs. */
  readonly general?: string;
  /** What to do about it. */
  readonly hint: string;
  readonly owner: Owner;
};

export type MessageCode = keyof typeof en;

/** The filled text and hint of a code. A code that is not in the catalogue shows itself, so nothing is ever blank. */
export function messageText(code: string, params: MessageParams = {}): Message {
  const row: Message | undefined = Object.hasOwn(en, code) ? en[code as MessageCode] : undefined; // hasOwn just proved the key
  if (!row) return {text: code, hint: '', owner: 'support'};
  return {text: fill(row.text, params), hint: fill(row.hint, params), owner: row.owner};
}

/** The words for all records of a run that have this code on this field; the parameters may be of any of them. */
export function generalText(code: string, params: MessageParams = {}): string {
  const row: Message | undefined = Object.hasOwn(en, code) ? en[code as MessageCode] : undefined; // as above
  return row?.general === undefined ? messageText(code, params).text : fill(row.general, params);
}

function fill(text: string, params: MessageParams): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    return value === undefined || value === null ? whole : String(value);
  });
}
