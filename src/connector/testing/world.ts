// All that a connector touches, for a test: the real HTTP client against an emulator, a clock that never waits, and
// everything that was recorded or logged.
import type {JsonObject} from '../../std/json.ts';
import type {Call, Connector, Context, ReceivedFile} from '../contract.ts';
import {createHttp} from '../http.ts';
import {instantClock, type TestClock} from './clocks.ts';

export type WorldOptions = {
  readonly connector: Connector;
  readonly settings?: JsonObject;
  readonly secrets?: {readonly [name: string]: string};
  /** The latest file received. */
  readonly file?: ReceivedFile | undefined;
  readonly clock?: TestClock;
  readonly pageSize?: number | undefined;
  /** For the whole exchange; 5 s by default. */
  readonly timeoutMs?: number | undefined;
  readonly allowedPrivateHosts?: readonly string[];
};

export type World = AsyncDisposable & {
  readonly ctx: Context;
  readonly clock: TestClock;
  readonly calls: readonly Call[];
  /** Log lines as text. */
  readonly logged: readonly string[];
  abort(reason: unknown): void;
};

const nowhere: Context['http'] = {
  send: () => Promise.reject(new Error('this connector has no address, so it cannot send')),
};

export function openWorld(options: WorldOptions): World {
  const {connector, settings = {}, secrets = {}, clock = instantClock()} = options;
  const {manifest} = connector;
  const calls: Call[] = [];
  const logged: string[] = [];
  const aborting = new AbortController();
  const {signal} = aborting;
  const connectionName = `${manifest.name} under test`;
  const http =
    manifest.baseUrlSetting === undefined
      ? undefined
      : createHttp({
          baseUrl: String(settings[manifest.baseUrlSetting]),
          auth: manifest.auth,
          secrets,
          connectionName,
          allowedPrivateHosts: options.allowedPrivateHosts ?? ['127.0.0.1'],
          recorder: call => calls.push(call),
          signal,
          clock,
          limits: {
            concurrency: manifest.resources[0]?.limits.concurrency ?? 1,
            timeoutMs: options.timeoutMs ?? 5_000,
          },
        });
  const ctx: Context = {
    connectionName,
    settings,
    secrets,
    http: http ?? nowhere,
    files: {latest: async () => options.file},
    step: (_name, call) => call(),
    ...(options.pageSize === undefined ? {} : {pageSize: options.pageSize}),
    signal,
    clock,
    log: (message, facts) => logged.push(`${message} ${JSON.stringify(facts ?? {})}`),
  };
  return {
    ctx,
    clock,
    calls,
    logged,
    abort: reason => aborting.abort(reason),
    [Symbol.asyncDispose]: async () => http?.close(),
  };
}

/** A received file made of these parts. */
export function receivedFile(
  content: () => Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
  id = 'fil_1',
): ReceivedFile {
  return {
    id,
    name: `${id}.csv`,
    receivedAt: new Date('2026-03-02T08:00:00Z'),
    sizeBytes: 0,
    async *content() {
      for await (const part of content()) yield typeof part === 'string' ? Buffer.from(part) : part;
    },
  };
}
