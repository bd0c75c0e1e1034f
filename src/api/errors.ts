// Errors as the API tells them: always `{error: {code, message, hint, issues?, requestId}}`, with nothing of ours inside.
import type {Context} from 'hono';
import {asMusterError, MusterError} from '../errors.ts';
import type {Log} from '../log.ts';
import {messageText} from '../messages/text.ts';
import type {ErrorBody} from './contract/page.ts';

/** What is kept of a request while it is answered. */
export type RequestState = {Variables: {requestId: string; nonce: string}};

export function presentError(c: Context<RequestState>, error: MusterError): Response {
  const {text, hint} = messageText(error.code, error.params);
  const body: ErrorBody = {
    error: {
      code: error.code,
      message: text,
      hint,
      ...(error.issues ? {issues: [...error.issues]} : {}),
      requestId: c.get('requestId'),
    },
  };
  return Response.json(body, {status: error.status, headers: headersOf(error)});
}

/** For Hono's `onError`: whatever was thrown. What is not ours to expect is logged, by its request's id. */
export function createErrorHook(log: Log): (error: Error, c: Context<RequestState>) => Response {
  return (thrown, c) => {
    const error = asMusterError(thrown);
    if (error.kind === 'bug') log.error('api.failed', {requestId: c.get('requestId'), method: c.req.method, error});
    return presentError(c, error);
  };
}

/** For Hono's `notFound`, which a wrong method is too: the same answer, signed in or not. */
export function presentNotFound(c: Context<RequestState>): Response {
  return presentError(c, new MusterError('request.not_found', {params: {what: 'address'}}));
}

function headersOf(error: MusterError): Record<string, string> {
  if (error.status === 401) return {'www-authenticate': 'Bearer'};
  if (error.retryAt && (error.status === 503 || error.status === 429)) {
    return {'retry-after': String(Math.max(1, Math.ceil((error.retryAt.getTime() - Date.now()) / 1000)))};
  }
  return {};
}
