// The only way out over HTTP for connectors: authentication, limits, deadline, attempts for reads, the address guard and
// the record of every exchange. Writes are sent once; whether to send them again is the engine's to decide, which is
// why every error says whether the request had begun to leave.
import {type Dispatcher, Pool} from 'undici';
import {MusterError} from '../errors.ts';
import type {Clock} from '../std/clock.ts';
import {createGuardedConnect, type Lookup, parsePrivateHosts} from './address-guard.ts';
import {type Asked, cancellation, failureOf, judgeAnswer, parseBody} from './answer.ts';
import {authHeaders} from './auth.ts';
import {startCall} from './call.ts';
import type {Auth, Http, HttpRequest, HttpResponse, Recorder} from './contract.ts';
import {ExchangeFailure, exchange} from './exchange.ts';
import {createLimiter, type Limiter} from './limits.ts';
import {createScrub} from './redact.ts';
import {longestWaitMs, mostTries, waitBefore} from './retry.ts';
import {type ConnectionUrl, parseConnectionUrl, pathOf, redirectOf} from './url.ts';

export type HttpLimits = {
  /** Requests at once, and so sockets. */
  readonly concurrency: number;
  readonly perSecond?: number;
  /** From sending to the last byte of the answer; 30 s by default. Waiting for a slot does not count. */
  readonly timeoutMs?: number;
  /** Of one answer; 10 MB by default. */
  readonly maxBytes?: number;
};

export type HttpOptions = {
  readonly baseUrl: string;
  readonly auth: Auth;
  readonly secrets: {readonly [name: string]: string};
  readonly connectionName: string;
  /** Hosts, addresses and CIDRs that may be reached although private; only that of `baseUrl` ever is. */
  readonly allowedPrivateHosts: readonly string[];
  readonly recorder: Recorder;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly limits: HttpLimits;
  /** Spreads attempts; `Math.random` by default. */
  readonly random?: () => number;
  /** Resolves names; the system's by default. */
  readonly lookup?: Lookup;
};

/** Whose calls they are: one event's, one read's. What is left out stays the connection's own. */
export type HttpScope = {
  readonly recorder?: Recorder;
  readonly signal?: AbortSignal;
  /** Asked of each request right before its first byte leaves, however long it waited for its turn; a reason ends it unsent. */
  readonly mayNotLeave?: () => Error | undefined;
};
type Scope = HttpScope & {readonly recorder: Recorder; readonly signal: AbortSignal};

export type ConnectionHttp = Http &
  AsyncDisposable & {
    /** The same sockets and limits with another recorder or signal; costs nothing to make. */
    within(scope: HttpScope): Http;
    /** Ends what is under way and closes all sockets. */
    close(): Promise<void>;
  };

/** What all requests of a connection share. */
type Line = {
  readonly base: ConnectionUrl;
  readonly dispatcher: Dispatcher;
  readonly limiter: Limiter;
  readonly headers: {readonly [name: string]: string};
  readonly secrets: readonly string[];
  readonly connectionName: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly timeoutMs: number;
  readonly maxBytes: number;
};

// Idle sockets are closed before the usual server (5 s) does: a POST on one that is just closing would be in doubt.
const keepAliveMs = 4_000;
const connectTimeoutMs = 10_000;
const mostRedirects = 3;

export function createHttp(options: HttpOptions): ConnectionHttp {
  const {connectionName, limits, clock, lookup} = options;
  const base = parseConnectionUrl(options.baseUrl, connectionName);
  const timeoutMs = limits.timeoutMs ?? 30_000;
  const privateHosts = parsePrivateHosts(options.allowedPrivateHosts);
  const guard = {connectionName, ownHost: base.hostname, privateHosts, ...(lookup ? {lookup} : {})};
  const pool = new Pool(base.origin, {
    connections: limits.concurrency,
    pipelining: 1,
    allowH2: false,
    keepAliveTimeout: keepAliveMs,
    keepAliveMaxTimeout: keepAliveMs,
    // Only a net: the exact deadline is the exchange's own.
    headersTimeout: 2 * timeoutMs,
    bodyTimeout: 2 * timeoutMs,
    connect: createGuardedConnect(guard, Math.min(connectTimeoutMs, timeoutMs)),
  });
  const line: Line = {
    base,
    dispatcher: pool,
    limiter: createLimiter(limits, clock),
    headers: {accept: 'application/json', 'user-agent': 'Muster', ...authHeaders(options)},
    secrets: Object.values(options.secrets).map(secret => secret.trim()),
    connectionName,
    clock,
    random: options.random ?? Math.random,
    timeoutMs,
    maxBytes: limits.maxBytes ?? 10_000_000,
  };
  const own = {recorder: options.recorder, signal: options.signal};
  const close = () => pool.destroy();
  return {
    send: request => send(line, request, own),
    within: scope => ({send: request => send(line, request, {...own, ...scope})}),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Reads are tried again in place while the wait is short; everything else is sent once. */
async function send(line: Line, request: HttpRequest, scope: Scope): Promise<HttpResponse> {
  const tries = request.method === 'GET' || request.idempotent === true ? mostTries : 1;
  const signal = request.signal ? AbortSignal.any([scope.signal, request.signal]) : scope.signal;
  for (let attempt = 1; ; attempt++) {
    try {
      return await follow(line, request, {...scope, signal});
    } catch (error) {
      if (!(error instanceof MusterError) || error.kind !== 'transient' || attempt >= tries) throw error;
      const waitMs = waitBefore(error, attempt, line.clock.now(), line.random);
      if (waitMs === undefined) throw error;
      await line.clock.wait(waitMs, signal).catch(reason => Promise.reject(cancellation(reason, false)));
    }
  }
}

/** GETs follow redirects within the origin. Elsewhere the key and the body would go to whoever is named there. */
async function follow(line: Line, request: HttpRequest, scope: Scope): Promise<HttpResponse> {
  let path = pathOf(line.base, request);
  for (let redirects = 0; ; redirects++) {
    const response = await sendOnce(line, request, path, scope);
    const next = request.method === 'GET' ? redirectOf(line.base, path, response) : undefined;
    if (response.status < 300 || response.status >= 400 || response.status === 304) return response;
    if (next === undefined || redirects >= mostRedirects) {
      const params = {connection: line.connectionName, status: response.status, words: 'it points to another address'};
      throw new MusterError('connection.refused_request', {params, sent: true, answered: response.status});
    }
    path = next;
  }
}

async function sendOnce(line: Line, request: HttpRequest, path: string, scope: Scope): Promise<HttpResponse> {
  const {recorder, signal, mayNotLeave} = scope;
  refuseLongPause(line);
  const release = await line.limiter.take(signal).catch(reason => Promise.reject(cancellation(reason, false)));
  const scrub = createScrub(line.secrets, request);
  const asked: Asked = {...line, host: line.base.host, method: request.method, path: request.path, scrub};
  const call = startCall(line.clock.now(), request, path, scrub);
  const body = request.json === undefined ? null : JSON.stringify(request.json);
  const content = body === null ? {} : {'content-type': 'application/json'};
  const headers = {...line.headers, ...content, ...request.headers};
  try {
    const outgoing = {
      method: request.method,
      path,
      headers,
      body,
      deadlineMs: line.timeoutMs,
      maxBytes: line.maxBytes,
      signal,
      ...(mayNotLeave ? {mayNotLeave} : {}),
    };
    const answer = await exchange(line.dispatcher, outgoing);
    const json = parseBody(answer);
    call.answered(answer, json);
    return judgeAnswer(answer, json, asked, line.clock.now());
  } catch (error) {
    const thrown = error instanceof ExchangeFailure ? failureOf(error, asked) : error;
    if (thrown instanceof MusterError) {
      call.failed(thrown);
      if (thrown.code === 'connection.rate_limited' && thrown.retryAt) line.limiter.pause(thrown.retryAt);
    }
    throw thrown;
  } finally {
    release();
    recorder(call.end());
  }
}

/** While the system wants us to wait for long, nothing is sent and nobody stands in line: it is told at once. */
function refuseLongPause({limiter, clock, connectionName}: Line): void {
  const retryAt = limiter.pausedUntil;
  if (retryAt === undefined || retryAt.getTime() - clock.now().getTime() <= longestWaitMs) return;
  const params = {connection: connectionName, until: retryAt.toISOString()};
  throw new MusterError('connection.rate_limited', {params, retryAt, sent: false});
}
