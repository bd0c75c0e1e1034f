// Whole sets, page by page. Servers give fewer than asked for, leave the list out where it is empty, and change while they
// are read: what moved is never taken for the whole.
import type {Context, Json} from '../../src/connector/index.ts';
import {accept, type List, listFrom, unreadable} from './answers.ts';
import {rawAt} from './attributes.ts';
import {type Kept, keptFrom, type Shape} from './shapes.ts';

/** Where a reading goes on; `total` is the largest number of records that the server has spoken of. */
export type Place = {readonly startIndex: number; readonly total: number};

export type ListedPage = {
  readonly kept: readonly Kept[];
  readonly next: Place;
  /** True: all were seen. False: the end was reached, but the list moved meanwhile. Undefined: not yet, or never. */
  readonly complete: boolean | undefined;
};

const mostPerPage = 200;
export const start: Place = {startIndex: 1, total: 0};

export async function* listPages(ctx: Context, shape: Shape, from: Place = start): AsyncIterable<ListedPage> {
  const count = Math.min(ctx.pageSize ?? mostPerPage, mostPerPage);
  const seen = new Set<string>();
  let {startIndex, total: most} = from;
  let shrank = false;
  for (;;) {
    const {total, resources} = await listPage(ctx, shape, {startIndex, count});
    const kept = resources.map(one => keptFrom(ctx, shape, one)).filter(({id}) => !seen.has(id));
    for (const {id} of kept) seen.add(id);
    startIndex += resources.length;
    // Somebody was removed: those behind have moved up, perhaps past where we read.
    shrank ||= total < most;
    most = Math.max(most, total);
    const ended = resources.length === 0 || startIndex > total;
    const whole = !shrank && from.startIndex - 1 + seen.size >= total;
    yield {kept, next: {startIndex, total: most}, complete: ended ? whole : undefined};
    // A page of nothing new before the end: the server does not go on, and what was read is not the whole.
    if (ended || kept.length === 0) return;
  }
}

type Query = {readonly [name: string]: string | number};

/** @throws MusterError `connection.answer_unreadable` where the answer is no list */
export async function listPage(ctx: Context, shape: Shape, query: Query): Promise<List> {
  const response = await ctx.http.send({method: 'GET', path: shape.path, query, headers: accept});
  const list = listFrom(response);
  if (!list) throw unreadable(ctx, response.status, `a list of ${shape.name}s`);
  return list;
}

/** A resume point that was handed out, and the start where there is none. */
export function placeFrom(resume: Json | undefined): Place {
  const startIndex = Number(rawAt(resume, ['startIndex']) ?? start.startIndex);
  return {startIndex, total: Number(rawAt(resume, ['total']) ?? start.total)};
}
