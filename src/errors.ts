// The one error class and the table of every code. The kind alone decides what happens next (retry, HTTP status,
// who is told); nothing ever branches on message text. docs/errors.md is held equal to this table by a test.
import {type MessageParams, messageText} from './messages/text.ts';

/**
 * - `operator`: someone must change something; never retried by itself (HTTP 409, or 422 for values).
 * - `transient`: may pass by waiting; retried at `retryAt` or with capped backoff (HTTP 503).
 * - `caller`: the request is wrong (HTTP 4xx).
 * - `cancelled`: somebody stopped it.
 * - `bug`: ours; logged in full, shown without detail (HTTP 500).
 */
export type ErrorKind = 'operator' | 'transient' | 'caller' | 'cancelled' | 'bug';

type ErrorRow = {readonly kind: ErrorKind; readonly status: number};

/** Every code an error can carry, with what it means for the caller. The words are in messages/en.ts. */
export const errorTable = {
  // the process and its environment
  'config.invalid': {kind: 'operator', status: 500},
  'database.unreachable': {kind: 'operator', status: 503},
  'database.credentials_rejected': {kind: 'operator', status: 503},
  'database.missing': {kind: 'operator', status: 503},
  'database.too_old': {kind: 'operator', status: 503},
  'database.read_only': {kind: 'operator', status: 503},
  'database.encoding': {kind: 'operator', status: 503},
  'database.role_unsafe': {kind: 'operator', status: 503},
  'database.schema_newer': {kind: 'operator', status: 503},
  'database.migration_edited': {kind: 'operator', status: 503},
  'database.start_failed': {kind: 'operator', status: 503},
  'database.platform_unsupported': {kind: 'operator', status: 503},
  'database.busy': {kind: 'transient', status: 503},
  // requests
  'request.invalid': {kind: 'caller', status: 400},
  'request.not_json': {kind: 'caller', status: 400},
  'request.too_large': {kind: 'caller', status: 413},
  'request.unauthenticated': {kind: 'caller', status: 401},
  'request.forbidden': {kind: 'caller', status: 403},
  'request.cross_site': {kind: 'caller', status: 403},
  'request.not_found': {kind: 'caller', status: 404},
  'request.conflict': {kind: 'caller', status: 409},
  'request.key_reused': {kind: 'caller', status: 422},
  'request.unanswered': {kind: 'transient', status: 409},
  'request.rate_limited': {kind: 'caller', status: 429},
  'request.media_type': {kind: 'caller', status: 415},
  // connections and what they reach
  'connection.credentials_rejected': {kind: 'operator', status: 409},
  'connection.permission_missing': {kind: 'operator', status: 409},
  'connection.unreachable': {kind: 'transient', status: 503},
  'connection.address_refused': {kind: 'operator', status: 409},
  'connection.address_invalid': {kind: 'operator', status: 409},
  'connection.certificate_rejected': {kind: 'operator', status: 409},
  'connection.rate_limited': {kind: 'transient', status: 503},
  'connection.server_error': {kind: 'transient', status: 503},
  'connection.timed_out': {kind: 'transient', status: 503},
  'connection.cut_off': {kind: 'transient', status: 503},
  'connection.answer_unreadable': {kind: 'transient', status: 503},
  'connection.answer_too_large': {kind: 'operator', status: 409},
  'connection.refused_request': {kind: 'operator', status: 409},
  'connection.inactive': {kind: 'operator', status: 409},
  'connection.in_use': {kind: 'caller', status: 409},
  'connection.name_taken': {kind: 'caller', status: 409},
  'connection.secret_missing': {kind: 'operator', status: 409},
  'connection.setting_missing': {kind: 'operator', status: 409},
  'connector.unknown': {kind: 'caller', status: 422},
  'connector.cannot': {kind: 'caller', status: 422},
  // syncs and runs
  'sync.name_taken': {kind: 'caller', status: 409},
  'sync.invalid': {kind: 'caller', status: 422},
  'sync.in_use': {kind: 'caller', status: 409},
  'sync.mode_unsupported': {kind: 'caller', status: 422},
  'run.not_cancellable': {kind: 'caller', status: 409},
  'run.not_held': {kind: 'caller', status: 409},
  'run.plan_unusable': {kind: 'caller', status: 409},
  'run.cancelled': {kind: 'cancelled', status: 409},
  'run.nothing_to_retry': {kind: 'caller', status: 409},
  'run.too_many_to_retry': {kind: 'caller', status: 409},
  'event.not_retryable': {kind: 'caller', status: 409},
  'event.record_held': {kind: 'caller', status: 409},
  'event.record_gone': {kind: 'caller', status: 409},
  'event.not_held': {kind: 'caller', status: 409},
  'event.still_blocked': {kind: 'caller', status: 409},
  'event.decision_unfit': {kind: 'caller', status: 422},
  'link.taken': {kind: 'caller', status: 409},
  'link.exists': {kind: 'caller', status: 409},
  'link.resource_unknown': {kind: 'caller', status: 422},
  'lease.lost': {kind: 'transient', status: 503},
  'expression.invalid': {kind: 'caller', status: 422},
  // files
  'file.empty': {kind: 'caller', status: 422},
  'file.header_only': {kind: 'caller', status: 422},
  'file.header_duplicate': {kind: 'caller', status: 422},
  'file.header_unknown': {kind: 'caller', status: 422},
  'file.column_missing': {kind: 'caller', status: 422},
  'file.line_too_long': {kind: 'caller', status: 422},
  'file.quote_unclosed': {kind: 'caller', status: 422},
  'file.quote_misplaced': {kind: 'caller', status: 422},
  'file.too_large': {kind: 'caller', status: 413},
  'file.too_many_columns': {kind: 'caller', status: 422},
  'file.not_text': {kind: 'caller', status: 422},
  'file.incomplete': {kind: 'caller', status: 400},
  'file.missing': {kind: 'operator', status: 409},
  // sign-in
  'sign_in.link_invalid': {kind: 'caller', status: 410},
  'sign_in.failed': {kind: 'caller', status: 401},
  // ours
  'bug.unexpected': {kind: 'bug', status: 500},
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof errorTable;

export type ErrorOptions = {
  /** Fills the `{placeholders}` of the code's message. Never secrets; personal values only where the reader asked for them. */
  readonly params?: MessageParams;
  readonly cause?: unknown;
  /** Earliest instant at which another try makes sense (from Retry-After). */
  readonly retryAt?: Date;
  /** Problems by field, for `request.invalid` and its like. */
  readonly issues?: readonly ErrorIssue[];
  /** For calls: whether the request had begun to leave. `true` with no answer means that the outcome is in doubt. */
  readonly sent?: boolean;
  /** The destination's own HTTP status, where there was one. */
  readonly answered?: number;
};

export type ErrorIssue = {
  readonly code: string;
  readonly field: string;
  readonly message: string;
  /** Where in the field's expression, in UTF-16 code units; null or left out where the whole field is meant. */
  readonly start?: number | null;
  readonly end?: number | null;
};

export class MusterError extends Error {
  readonly code: ErrorCode;
  readonly kind: ErrorKind;
  readonly status: number;
  readonly hint: string;
  readonly params: MessageParams;
  readonly retryAt: Date | undefined;
  readonly issues: readonly ErrorIssue[] | undefined;
  readonly sent: boolean;
  readonly answered: number | undefined;

  constructor(code: ErrorCode, options: ErrorOptions = {}) {
    const params = options.params ?? {};
    super(messageText(code, params).text, {cause: options.cause});
    this.name = 'MusterError';
    this.code = code;
    this.kind = errorTable[code].kind;
    this.status = errorTable[code].status;
    this.hint = messageText(code, params).hint;
    this.params = params;
    this.retryAt = options.retryAt;
    this.issues = options.issues;
    this.sent = options.sent ?? false;
    this.answered = options.answered;
  }
}

/** True for an error of this program with that code. */
export function isError(error: unknown, code?: ErrorCode): error is MusterError {
  return error instanceof MusterError && (code === undefined || error.code === code);
}

/** Whatever was thrown, as one of ours: what is not becomes `bug.unexpected` with the original as cause. */
export function asMusterError(error: unknown): MusterError {
  return error instanceof MusterError ? error : new MusterError('bug.unexpected', {cause: error});
}
