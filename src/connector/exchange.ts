// One request and its whole answer over undici's pool. Knows for certain whether the request had begun to leave:
// undici calls `onRequestStart` right before it writes the header, and not at all for a socket that never opened.
import type {Dispatcher} from 'undici';

export type Outgoing = {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: {readonly [name: string]: string};
  readonly body: string | null;
  /** From the start to the last byte of the answer; exact, where undici's own timeouts are up to a second late. */
  readonly deadlineMs: number;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  /** Asked right before the first byte leaves; a reason ends it unsent. */
  readonly mayNotLeave?: () => Error | undefined;
};

export type Answer = {
  readonly status: number;
  readonly headers: {readonly [name: string]: string};
  readonly body: Buffer;
};

/** Why there is no whole answer. `status` is known where the answer had begun. */
export class ExchangeFailure extends Error {
  readonly why: 'deadline' | 'aborted' | 'too_large' | 'network';
  readonly sent: boolean;
  readonly status: number | undefined;

  constructor(why: ExchangeFailure['why'], sent: boolean, status: number | undefined, cause: unknown) {
    super(why, {cause});
    this.why = why;
    this.sent = sent;
    this.status = status;
  }
}

/** Resolves with the whole answer or rejects with an `ExchangeFailure`, at the latest at the deadline or on abort. */
export function exchange(dispatcher: Dispatcher, outgoing: Outgoing): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    let failure: ExchangeFailure | undefined;
    let ended = false;
    let status: number | undefined;
    let headers: Answer['headers'] = {};
    let sizeBytes = 0;
    const chunks: Buffer[] = [];

    // An own timer: AbortSignal.timeout and AbortSignal.any cost 20 µs more and hold on to long-lived signals.
    const timer = setTimeout(() => fail('deadline', undefined), outgoing.deadlineMs);
    const {signal} = outgoing;
    const abort = () => fail('aborted', signal.reason);
    signal.addEventListener('abort', abort, {once: true});

    function end(): void {
      ended = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    }

    function fail(why: ExchangeFailure['why'], cause: unknown): void {
      if (ended) return;
      end();
      failure = new ExchangeFailure(why, controller !== undefined, status, cause);
      reject(failure);
      if (why !== 'network') controller?.abort(failure);
    }

    if (signal.aborted) return abort();

    dispatcher.dispatch(
      {method: outgoing.method, path: outgoing.path, headers: {...outgoing.headers}, body: outgoing.body},
      {
        onRequestStart(started) {
          const reason = failure ? undefined : outgoing.mayNotLeave?.();
          if (reason) fail('aborted', reason);
          // Given up while it waited for a socket: ended here, before a byte is written.
          if (failure) started.abort(failure);
          else controller = started;
        },
        onResponseStart(_controller, statusCode, received) {
          if (statusCode < 200) return;
          status = statusCode;
          headers = firstValues(received);
        },
        onResponseData(_controller, chunk) {
          sizeBytes += chunk.length;
          if (sizeBytes > outgoing.maxBytes) fail('too_large', undefined);
          else chunks.push(chunk);
        },
        onResponseEnd() {
          if (ended) return;
          end();
          resolve({
            status: status ?? 0,
            headers,
            body: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks),
          });
        },
        onResponseError(_controller, error) {
          fail('network', error);
        },
      },
    );
  });
}

function firstValues(received: {readonly [name: string]: string | string[] | undefined}): Answer['headers'] {
  const headers: {[name: string]: string} = {};
  for (const name in received) {
    const value = received[name];
    if (value !== undefined) headers[name] = typeof value === 'string' ? value : (value[0] ?? '');
  }
  return headers;
}
