// One record by its id, which servers show as it is even where their search lags behind.
import type {Context, HttpResponse} from '../../src/connector/index.ts';
import {accept, unreadable} from './answers.ts';
import {type Kept, keptFrom, pathOf, type Shape} from './shapes.ts';

/** Undefined where the server has no such record (any more). */
export async function keptById(ctx: Context, shape: Shape, id: string): Promise<Kept | undefined> {
  const response = await ctx.http.send({method: 'GET', path: pathOf(shape, id), headers: accept});
  if (isGone(response)) return undefined;
  if (response.status !== 200) throw unreadable(ctx, response.status, `a ${shape.name}`);
  return keptFrom(ctx, shape, response.json);
}

export const isGone = ({status}: HttpResponse) => status === 404 || status === 410;
