// The one way the web app talks to the server: `call('GET /runs/{id}', {params: {id}})`, typed by the table of routes.
import type {ErrorBody} from '../../../src/api/contract/page.ts';
import type {Answer, Body, Params, Query, RouteName} from '../../../src/api/contract/routes.ts';
import {t} from '../text.ts';

type Part<K extends string, T> = [T] extends [undefined]
  ? unknown
  : Partial<T> extends T
    ? {readonly [P in K]?: T}
    : {readonly [P in K]: T};
type Extra = {readonly file?: Blob; readonly signal?: AbortSignal};
export type Input<N extends RouteName> = Part<'params', Params<N>> &
  Part<'query', Query<N>> &
  Part<'body', Body<N>> &
  Extra;
export type Rest<N extends RouteName> = Partial<Input<N>> extends Input<N> ? [input?: Input<N>] : [input: Input<N>];

export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string;
  readonly issues: readonly {code: string; field: string; message: string}[];
  readonly requestId: string;
  constructor(status: number, error: ErrorBody['error']) {
    super(error.message);
    this.status = status;
    this.code = error.code;
    this.hint = error.hint;
    this.issues = error.issues ?? [];
    this.requestId = error.requestId;
  }
}

/** Fails with ApiError only, also when nothing answers (status 0). */
export async function call<N extends RouteName>(name: N, ...rest: Rest<N>): Promise<Answer<N>> {
  // Input<N> is checked at the call; in here only its shape counts.
  const input = (rest[0] ?? {}) as Extra & {params?: object; query?: object; body?: unknown};
  const [method = '', path = ''] = name.split(' ');
  return send<Answer<N>>(method, `/api/v1${fill(path, input.params)}${search(input.query)}`, input);
}

/** Sign-in and sign-out are better-auth's own routes, outside the table. */
export async function callAuth(path: '/sign-in/email' | '/sign-out', body: object): Promise<void> {
  await send('POST', `/api/auth${path}`, {body});
}

async function send<T>(method: string, url: string, input: Extra & {body?: unknown}): Promise<T> {
  const body = input.file ?? (input.body === undefined ? undefined : JSON.stringify(input.body));
  const type = input.file ? 'text/csv' : 'application/json';
  const headers = body === undefined ? {} : {'content-type': type};
  const options = {method, headers, ...(body === undefined ? {} : {body}), ...(input.signal && {signal: input.signal})};
  const response = await fetch(url, options).catch(error => {
    if (input.signal?.aborted) throw error;
    throw new ApiError(0, {code: 'network.unreachable', ...t.errors.offline, requestId: ''});
  });
  const text = await response.text();
  const answer = parse(text);
  if (!response.ok) throw new ApiError(response.status, errorOf(answer, response.status));
  return answer as T; // the server's tests parse every answer with the contract
}

function errorOf(answer: unknown, status: number): ErrorBody['error'] {
  if (typeof answer === 'object' && answer && 'error' in answer) return (answer as ErrorBody).error; // the one error shape
  const {code, message} = (answer ?? {}) as {code?: string; message?: string}; // better-auth's shape
  return {code: code ?? 'unknown', message: message ?? t.errors.status(status), hint: '', requestId: ''};
}

function fill(path: string, params: object = {}): string {
  const values = new Map(Object.entries(params));
  return path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(String(values.get(key))));
}

function search(query: object = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  return given.length ? `?${new URLSearchParams(given.map(([key, value]) => [key, String(value)]))}` : '';
}

function parse(text: string): unknown {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return undefined; // a proxy's HTML page; the status says enough
  }
}
