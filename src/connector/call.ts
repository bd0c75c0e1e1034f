// The record of one exchange while it happens: what was asked, what came back, how long it took.
import {performance} from 'node:perf_hooks';
import type {ErrorCode, MusterError} from '../errors.ts';
import type {Json} from '../std/json.ts';
import type {Call, CallOutcome, HttpRequest} from './contract.ts';
import type {Answer} from './exchange.ts';
import {redactAnswer, redactPath, redactRequest, type Scrub} from './redact.ts';

export type OpenCall = {
  answered(answer: Answer, json: Json | undefined): void;
  failed(error: MusterError): void;
  end(): Call;
};

const outcomes: {readonly [code in ErrorCode]?: CallOutcome} = {
  'connection.credentials_rejected': 'refused',
  'connection.permission_missing': 'refused',
  'connection.refused_request': 'refused',
  'connection.rate_limited': 'rate_limited',
  'connection.server_error': 'failed',
  'connection.timed_out': 'timed_out',
  'connection.cut_off': 'cut_off',
  'connection.answer_unreadable': 'unreadable',
  'connection.answer_too_large': 'unreadable',
  'connection.unreachable': 'unreachable',
  'connection.address_refused': 'unreachable',
  'connection.certificate_rejected': 'unreachable',
};

export function startCall(startedAt: Date, request: HttpRequest, path: string, scrub: Scrub): OpenCall {
  const startedMs = performance.now();
  let status: number | null = null;
  let outcome: CallOutcome = 'cancelled';
  let responseBody: Json = null;
  return {
    answered(answer, json) {
      status = answer.status;
      outcome = status < 400 ? 'ok' : 'refused';
      responseBody = json === undefined ? describeBody(answer) : redactAnswer(json, scrub);
    },
    failed(error) {
      status = error.answered ?? null;
      outcome = outcomes[error.code] ?? 'cancelled';
    },
    end: () => ({
      method: request.method,
      path: redactPath(path),
      status,
      outcome,
      startedAt,
      durationMs: Math.round((performance.now() - startedMs) * 10) / 10,
      requestBody: request.json === undefined ? null : redactRequest(request.json),
      responseBody,
    }),
  };
}

function describeBody({body, headers}: Answer): Json {
  if (body.length === 0) return null;
  const type = (headers['content-type'] ?? 'unknown type').slice(0, 60);
  return `(${body.length} bytes that are not JSON, ${type})`;
}
