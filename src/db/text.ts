// Makes text fit for PostgreSQL. One NUL or lone surrogate in one value fails the statement, and with it the batch of 250
// records that it came in (22P05, 22021, 22P02): so text is cleaned at the border, and the record gets an issue.

export type Cleaned<T> = {
  readonly value: T;
  /** Something was taken out. */
  readonly changed: boolean;
};

/** Without NUL and without half surrogate pairs. Whole characters beyond U+FFFF stay. */
export function wellFormed(text: string): Cleaned<string> {
  if (!text.includes('\0') && text.isWellFormed()) return {value: text, changed: false};
  return {value: text.replace(unfit, ''), changed: true};
}

/**
 * The same for every text and key inside a JSON value. What needs no change comes back as it was, not copied. Two keys that
 * become equal keep the later value, as in JSON itself; `__proto__` stays an ordinary key.
 */
export function wellFormedDeep<T>(value: T): Cleaned<T> {
  const cleaned = clean(value);
  // Text is replaced by text and nothing else: the shape, and with it the type, is the same.
  return {value: cleaned as T, changed: !Object.is(cleaned, value)};
}

/** A value as JSON text that PostgreSQL can read: what no text of a database can hold is replaced, nothing else changes. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  // Well-formed text needs no \u escape above the control characters, so this finds lone surrogates and NUL only.
  if (!text.includes('\\u0000') && !text.includes('\\ud')) return text;
  return text.replace(/\\\\|\\u0000|\\ud[89a-f][0-9a-f]{2}/g, found => (found === '\\\\' ? found : '\ufffd'));
}

const unfit = /\0|\p{Surrogate}/gu; // with the u flag a whole pair is one character and no surrogate

function clean(value: unknown): unknown {
  if (typeof value === 'string') return wellFormed(value).value;
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) {
    const items = value.map(clean);
    return items.some((item, index) => !Object.is(item, value[index])) ? items : value;
  }
  const entries = Object.entries(value);
  const cleaned = entries.map(([key, item]) => [wellFormed(key).value, clean(item)] as const);
  const changed = cleaned.some(
    ([key, item], index) => key !== entries[index]?.[0] || !Object.is(item, entries[index][1]),
  );
  return changed ? Object.fromEntries(cleaned) : value;
}
