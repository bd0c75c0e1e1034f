// What an answer or its absence means: a response for the connector to judge, or the one error that the engine acts on.
import {isUtf8} from 'node:buffer';
import {type ErrorOptions, MusterError} from '../errors.ts';
import {isJsonObject, type Json} from '../std/json.ts';
import type {HttpResponse} from './contract.ts';
import type {Answer, ExchangeFailure} from './exchange.ts';
import type {Scrub} from './redact.ts';
import {defaultRetryAfterMs, readRetryAfter} from './retry.ts';

/** Who was asked for what: fills the messages. */
export type Asked = {
  readonly connectionName: string;
  readonly host: string;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly scrub: Scrub;
};

/** The body as JSON, or `undefined` where it is none: truncated, a web page, compressed, not UTF-8, empty. */
export function parseBody(answer: Answer): Json | undefined {
  const encoding = answer.headers['content-encoding'] ?? 'identity';
  if (answer.body.length === 0 || encoding !== 'identity' || !isUtf8(answer.body)) return undefined;
  const text = answer.body.toString('utf8');
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text) as Json; // what JSON.parse gives is Json
  } catch {
    return undefined;
  }
}

/** Throws what the engine must know; every other answer below 500 is the connector's to judge. */
export function judgeAnswer(answer: Answer, json: Json | undefined, asked: Asked, now: Date): HttpResponse {
  const {status, headers} = answer;
  const connection = asked.connectionName;
  const options = (params: ErrorOptions['params']): ErrorOptions => ({
    params: {connection, ...params},
    sent: true,
    answered: status,
  });
  if (status === 401) throw new MusterError('connection.credentials_rejected', options({}));
  if (status === 403) {
    const what = `${asked.method === 'GET' ? 'reading' : 'writing'} ${asked.path}`;
    throw new MusterError('connection.permission_missing', options({what}));
  }
  if (status === 429) {
    const retryAt = readRetryAfter(headers, now) ?? new Date(now.getTime() + defaultRetryAfterMs);
    throw new MusterError('connection.rate_limited', {...options({until: retryAt.toISOString()}), retryAt});
  }
  if (status >= 500) {
    const retryAt = readRetryAfter(headers, now);
    const error = options({status, words: wordsOf(json, asked.scrub)});
    throw new MusterError('connection.server_error', retryAt ? {...error, retryAt} : error);
  }
  if (status >= 300 && status < 400) return {status, headers, json: json ?? null};
  if (json !== undefined) return {status, headers, json};
  if (answer.body.length === 0 && mayBeEmpty(status)) return {status, headers, json: null};
  if (status >= 400 && isPlainText(answer)) return {status, headers, json: null, text: answer.body.toString('utf8')};
  throw new MusterError('connection.answer_unreadable', options({status, wanted: 'JSON'}));
}

/** What no whole answer means. */
export function failureOf(failure: ExchangeFailure, asked: Asked): MusterError {
  const {sent, cause} = failure;
  const {connectionName: connection, host} = asked;
  const options: ErrorOptions = {cause, sent, ...(failure.status === undefined ? {} : {answered: failure.status})};
  switch (failure.why) {
    case 'aborted':
      return cancellation(cause, sent);
    case 'deadline': {
      const seconds = Math.round(asked.timeoutMs / 100) / 10;
      return new MusterError('connection.timed_out', {...options, params: {connection, seconds}});
    }
    case 'too_large': {
      const limit = `${Math.round(asked.maxBytes / 1e6)} MB`;
      return new MusterError('connection.answer_too_large', {...options, params: {connection, limit}});
    }
    case 'network':
      if (cause instanceof MusterError) return cause;
      if (codeOf(cause) === 'UND_ERR_INVALID_ARG') return new MusterError('bug.unexpected', {cause});
      if (/^UND_ERR_(CLOSED|DESTROYED)$/.test(codeOf(cause))) return cancellation(cause, sent);
      if (!sent && isCertificateCode(codeOf(cause))) {
        return new MusterError('connection.certificate_rejected', {
          ...options,
          params: {connection, host, why: codeOf(cause)},
        });
      }
      if (!sent) return new MusterError('connection.unreachable', {...options, params: {connection, host}});
      if (failure.status === undefined && !codeOf(cause).startsWith('HPE_')) {
        return new MusterError('connection.cut_off', {...options, params: {connection}});
      }
      // Cut within the answer, or not HTTP at all.
      return new MusterError('connection.answer_unreadable', {
        ...options,
        params: {connection, status: failure.status ?? 'nothing', wanted: 'a whole answer'},
      });
    default:
      return failure.why satisfies never;
  }
}

/** An abort keeps its own reason (cancelled by whom, lease lost) and says besides whether the request had left. */
export function cancellation(reason: unknown, sent: boolean): MusterError {
  if (reason instanceof MusterError) return new MusterError(reason.code, {params: reason.params, cause: reason, sent});
  return new MusterError('run.cancelled', {params: {who: 'Muster'}, cause: reason, sent});
}

/** The system's own words about what is wrong, where it says some, without what the request carried. */
function wordsOf(json: Json | undefined, scrub: Scrub): string {
  const error = isJsonObject(json) ? (json['error'] ?? json) : json;
  const message = isJsonObject(error) ? (error['message'] ?? error['detail'] ?? error['title']) : error;
  return typeof message === 'string' ? scrub(message).slice(0, 80) : '';
}

const mayBeEmpty = (status: number) => status === 204 || status === 205 || status >= 400;

function isPlainText(answer: Answer): boolean {
  return (answer.headers['content-type'] ?? '').startsWith('text/plain') && isUtf8(answer.body);
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
}

const isCertificateCode = (code: string) => /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(code);
