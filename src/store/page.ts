// Pages by cursor. Ids sort by time, so the id of the last row shown is the cursor: a page stays right while rows are
// added, and the hundredth page costs what the first does.

export type PageRequest = {
  /** `next` of the page before; left out, the first page. */
  readonly cursor?: string | undefined;
  readonly limit: number;
};

export type PageOf<T> = {
  readonly items: readonly T[];
  /** Null at the end. */
  readonly next: string | null;
};

/** Statements ask for one row more than the page holds: whether it comes says whether there is a next page. */
export function oneMore(page: PageRequest): number {
  return page.limit + 1;
}

export function pageFrom<T extends {readonly id: string}>(rows: readonly T[], page: PageRequest): PageOf<T> {
  const items = rows.slice(0, page.limit);
  return {items, next: rows.length > page.limit ? (items.at(-1)?.id ?? null) : null};
}

/** Every id is below this one: where a descending list starts. */
export const afterAllIds = '~';

/** Every id is above this one: where an ascending list starts. */
export const beforeAllIds = '';
