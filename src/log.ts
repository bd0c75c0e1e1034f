// The process log: one JSON line per thing that happened to the process, on stderr. It is not the history. What people
// are called, earn or send never gets in: facts pass only by an allow-list, errors as code and stack frames.
import {type DestinationStream, pino} from 'pino';
import {MusterError} from './errors.ts';

export type Fact = string | number | boolean | Date | null | undefined;

/** Facts by name; `error` may be anything that was thrown. */
export type Facts<F> = {readonly [K in keyof F]: K extends 'error' ? unknown : Fact};

/** `what` is a fixed code such as `queue.work_failed`, never put together from values. */
export type Log = {
  info<F extends Facts<F>>(what: string, facts?: F): void;
  warn<F extends Facts<F>>(what: string, facts?: F): void;
  error<F extends Facts<F>>(what: string, facts?: F): void;
  /** A log that adds these facts to each of its lines. */
  child<F extends Facts<F>>(facts: F): Log;
};

export type LogLevel = 'info' | 'warn' | 'error' | 'silent';

/** @param to where lines go; the default writes at once, so that nothing is lost when the process ends */
export function createLog(
  level: LogLevel = 'info',
  to: DestinationStream = pino.destination({dest: 2, sync: true}),
): Log {
  const root = pino(
    {
      level,
      base: {},
      messageKey: 'what',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {level: label => ({level: label})},
      redact: {paths: ['*.password', '*.secret', '*.token', '*.authorization', '*.cookie', '*.key'], censor: leftOut},
    },
    to,
  );
  return wrap(root);
}

/** For tests of things that log in passing. */
export const silentLog: Log = {info() {}, warn() {}, error() {}, child: () => silentLog};

type PinoLike = {
  info(facts: object, what: string): void;
  warn(facts: object, what: string): void;
  error(facts: object, what: string): void;
  child(facts: object): PinoLike;
};

function wrap(logger: PinoLike): Log {
  return {
    info: (what, facts) => logger.info(allowed(facts), what),
    warn: (what, facts) => logger.warn(allowed(facts), what),
    error: (what, facts) => logger.error(allowed(facts), what),
    child: facts => wrap(logger.child(allowed(facts))),
  };
}

const leftOut = '[left out]';

/** Texts that are no ids pass under these names only. */
const textNames = new Set(
  'actor address code connector host level listening method migration phase queue reason requestId route said signal stage state status version'.split(
    ' ',
  ),
);
const idShape = /^[a-z]{2,3}_[0-9a-z]{22}$/;
const mostCharacters = 300;

function allowed(facts: object | undefined): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(facts ?? {})) {
    kept[name] = name === 'error' ? describeError(value) : allowedFact(name, value);
  }
  return kept;
}

function allowedFact(name: string, value: unknown): unknown {
  if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'string') return leftOut;
  return textNames.has(name) || idShape.test(value) ? value.slice(0, mostCharacters) : leftOut;
}

/** Messages of these are the language's own words; those of others may quote a value (JSON.parse and PostgreSQL do). */
const speaksOfCode = new Set(['TypeError', 'RangeError', 'ReferenceError']);

/** An error without its message and properties, along with its causes: `{name, code, frames, cause}`. */
export function describeError(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return {name: typeof error};
  const about: Record<string, unknown> = {name: error.name};
  if ('code' in error && typeof error.code === 'string') about['code'] = error.code;
  if ('constraint' in error && typeof error.constraint === 'string') about['constraint'] = error.constraint;
  if (speaksOfCode.has(error.name)) about['message'] = error.message.slice(0, mostCharacters);
  // An expected error is known by its code; frames are for what nobody foresaw.
  if (!(error instanceof MusterError) || error.kind === 'bug') about['frames'] = frames(error);
  if (error.cause !== undefined && depth < 4) about['cause'] = describeError(error.cause, depth + 1);
  return about;
}

function frames(error: Error): readonly string[] {
  const lines = (error.stack ?? '').split('\n').map(line => line.trim());
  return lines.filter(line => /^at .+:\d+:\d+\)?$/.test(line)).slice(0, 20);
}
