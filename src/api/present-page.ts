// A page of rows as the API shows it.
import type {PageOf} from '../store/page.ts';

export function presentPage<Row, Item>(page: PageOf<Row>, present: (row: Row) => Item): PageOf<Item> {
  return {items: page.items.map(present), next: page.next};
}

/** Lists that are never longer than one page. */
export function presentAll<Row, Item>(rows: readonly Row[], present: (row: Row) => Item): PageOf<Item> {
  return {items: rows.map(present), next: null};
}
