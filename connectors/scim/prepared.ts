// A change as the one request that does it, and what the answer to that means; or, where nothing is to be sent, its answer.
import type {Context, HttpRequest, HttpResponse, JsonObject, Written} from '../../src/connector/index.ts';
import {headersOfWrite} from './answers.ts';

export type Prepared =
  | {readonly kind: 'answer'; readonly written: Written}
  | {readonly kind: 'send'; readonly request: WriteRequest; judge(response: HttpResponse): Promise<Written>};

export type WriteRequest = Pick<HttpRequest, 'path'> & {
  readonly method: 'POST' | 'PUT' | 'PATCH';
  readonly json: JsonObject;
  /** Only if it still is this one. */
  readonly version: string | undefined;
};

export async function writeOne(ctx: Context, prepared: Prepared): Promise<Written> {
  if (prepared.kind === 'answer') return prepared.written;
  const {version, ...request} = prepared.request;
  const headers = version === undefined ? headersOfWrite : {...headersOfWrite, 'if-match': version};
  return prepared.judge(await ctx.http.send({...request, headers}));
}
