// Whether a write may have taken effect although it failed.
import type {ErrorCode, MusterError} from '../errors.ts';

/** The system looked at the request and turned it away before doing anything. */
const turnedAway: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'connection.credentials_rejected',
  'connection.permission_missing',
  'connection.rate_limited',
  'connection.refused_request',
]);

/** True where the request had begun to leave and nothing says that it had no effect: never simply sent again. */
export function isInDoubt(error: MusterError): boolean {
  return error.sent && !turnedAway.has(error.code);
}
