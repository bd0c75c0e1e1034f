// The connector contract: what a product's folder exports and all it may touch. The engine knows no vendor's name; a
// connector knows nothing of runs, events or the database. Streams cross this seam, never whole sets.

import type {MusterError} from '../errors.ts';
import type {MessageParams, Owner} from '../messages/text.ts';
import type {Call} from '../model/call.ts';
import type {Values} from '../model/event.ts';
import type {Choice, Field} from '../model/field.ts';
import type {Issue} from '../model/issue.ts';
import type {Resource} from '../model/resource.ts';
import type {Clock} from '../std/clock.ts';
import type {Json, JsonObject} from '../std/json.ts';

/** A setting or secret of a connection, rendered as a form field. */
export type SettingField = {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly type: 'text' | 'url' | 'number' | 'boolean' | 'choice' | 'list' | 'file';
  readonly required?: boolean;
  readonly default?: Json;
  readonly choices?: readonly Choice[];
  readonly placeholder?: string;
  /** Shown only while another setting has one of these values. */
  readonly visibleIf?: {readonly setting: string; readonly in: readonly Json[]};
};

export type Auth =
  | {readonly kind: 'none'}
  | {readonly kind: 'header'; readonly header: string; readonly secret: string; readonly prefix?: string}
  | {readonly kind: 'basic'; readonly user: string; readonly secret: string};

export type Listing = {
  readonly summary: string;
  readonly categories: readonly string[];
  readonly maker: 'own' | 'partner';
  readonly developer: string;
  readonly support: string;
  readonly permissions: readonly string[];
  readonly price: string;
  readonly tier?: string;
  readonly demoUrl?: string;
  readonly monitors: boolean;
};

/** Data only: no expressions beyond mappings, no conditionals, no functions. */
export type Manifest = {
  readonly id: string;
  readonly name: string;
  readonly listing: Listing;
  readonly settings: readonly SettingField[];
  readonly secrets: readonly SettingField[];
  readonly auth: Auth;
  readonly resources: readonly Resource[];
  /** Name of the setting that holds the address of the other system, where it is one reached over HTTP. */
  readonly baseUrlSetting?: string;
  /** Every company has one connection of it from the start. */
  readonly builtIn?: boolean;
  /** Files that are handed in for a connection are kept for its connector to read, newest first. */
  readonly receivesFiles?: boolean;
};

export type Finding = {
  readonly level: 'error' | 'warning' | 'info';
  readonly code: string;
  readonly params: MessageParams;
  readonly owner: Owner;
};

/** One record as its system has it. */
export type SourceRecord = {readonly id: string; readonly data: JsonObject; readonly issues?: readonly Issue[]};

/**
 * `resume` may be handed back to `read` to go on after this page. `complete` is true on the last page of a read that
 * reached the end: a read without it is never taken for the whole set. An explicit `false` on the last page says that
 * the end was reached but some records could not be read (their issues are in the pages): no failure, just not all.
 */
export type Page = {
  readonly records: readonly SourceRecord[];
  readonly gone?: readonly string[];
  readonly issues?: readonly Issue[];
  readonly resume: Json;
  readonly complete?: boolean;
};

export type ReadFrom = {readonly since?: Date; readonly resume?: Json};

/** Values of one key, by destination field, to look a record up by. */
export type LookUp = {readonly key: string; readonly values: Values};
export type Found = {readonly id: string; readonly values?: Values; readonly version?: string};

export type Change = {
  readonly operation: 'create' | 'update' | 'deactivate' | 'reactivate';
  readonly resource: string;
  readonly values: Values;
  /** The destination's id; null for a create. */
  readonly id: string | null;
  /**
   * What the fields had there when the change was decided. A field to be written that has something else by now, and not
   * the new value either, was changed by somebody else: then nothing is written.
   */
  readonly before?: Values;
  /** The version that the change was decided upon, where the destination has versions; used as `before` is. */
  readonly version?: string;
  /** The same for every attempt of one event: for destinations that take idempotency keys. */
  readonly idempotencyKey: string;
};

export type Written = {
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'exists' | 'pending' | 'refused' | 'conflict';
  readonly id?: string;
  readonly version?: string;
  readonly token?: string;
  readonly pollAfterSeconds?: number;
  readonly issues?: readonly Issue[];
  /** The destination's own words, for refusals and conflicts. */
  readonly words?: string;
  /**
   * Why a change found nothing to write to or left alone what is there. `gone`: the destination has no such record any
   * more, so its id leads nowhere. `changed`: it is no longer as `before` or `version` say.
   */
  readonly because?: 'gone' | 'changed';
  readonly proof: 'none' | 'echo' | 'readBack';
};

/** A row of a file destination and the file that is made of rows. */
export type FileRow = {readonly recordId: string; readonly values: Values};
export type FileMeta = {readonly syncName: string; readonly resource: Resource; readonly at: Date};
export type OutFile = {readonly name: string; readonly mediaType: string; readonly content: AsyncIterable<Uint8Array>};

/** A file that was received for this connection, newest first. */
export type ReceivedFile = {
  readonly id: string;
  readonly name: string;
  readonly receivedAt: Date;
  readonly sizeBytes: number;
  content(): AsyncIterable<Uint8Array>;
};

export type HttpRequest = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the connection's base address: `/v1/employees`. */
  readonly path: string;
  readonly query?: {readonly [name: string]: string | number | undefined};
  readonly headers?: {readonly [name: string]: string};
  readonly json?: Json;
  /** Safe to send twice: GETs always are; says so for others (a search by POST). Those are tried again in place. */
  readonly idempotent?: boolean;
  /** Ends this request early, besides the context's own signal. */
  readonly signal?: AbortSignal;
};

export type HttpResponse = {
  readonly status: number;
  /** Names in lower case; of a repeated header the first value. */
  readonly headers: {readonly [name: string]: string};
  /** Null where the answer was rightly empty (204, or a refusal without words). */
  readonly json: Json;
  /** A refusal's plain text, where it was not JSON. */
  readonly text?: string;
};

/**
 * Throws what the engine must know: credentials rejected, rate limited, unreachable, timed out, server error, answer
 * unreadable; each says whether the request had left. Other answers below 500 are returned for the connector to judge.
 */
export type Http = {send(request: HttpRequest): Promise<HttpResponse>};

export type {Call, CallOutcome} from '../model/call.ts';
export type Recorder = (call: Call) => void;

/** All that a connector may touch. */
export type Context = {
  readonly connectionName: string;
  readonly settings: JsonObject;
  /** Values of secrets by name; never to be put into an error, a log line or a result. */
  readonly secrets: {readonly [name: string]: string};
  readonly http: Http;
  readonly files: {latest(): Promise<ReceivedFile | undefined>};
  /**
   * Runs one named step of a write. Every write so far is one step: its intent is the event's claim, its result the event's
   * outcome, both durable. Resources that name several steps are refused until steps of their own are kept.
   */
  step<T extends Json>(name: string, call: () => Promise<T>): Promise<T>;
  /** Records a page, for reads and snapshots; left out, what suits the connector. Never more than its system allows. */
  readonly pageSize?: number;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  log(message: string, facts?: {readonly [name: string]: string | number | boolean}): void;
};

export type Connector = {
  readonly manifest: Manifest;
  check(ctx: Context): Promise<readonly Finding[]>;
  /** This tenant's own fields, where they are not fixed. */
  describe?(ctx: Context): Promise<readonly Resource[]>;
  choices?(ctx: Context, field: Field): Promise<readonly Choice[]>;
  read?(ctx: Context, resource: string, from: ReadFrom): AsyncIterable<Page>;
  get?(ctx: Context, resource: string, ids: readonly string[]): AsyncIterable<Page>;
  /** One list per look-up, in order; several found means that the key is not unique there. */
  find?(ctx: Context, resource: string, lookUps: readonly LookUp[]): Promise<readonly (readonly Found[])[]>;
  snapshot?(
    ctx: Context,
    resource: string,
  ): AsyncIterable<{readonly records: readonly Found[]; readonly complete?: boolean}>;
  /**
   * `update` writes the fields of `values` and no others; `deactivate` needs no values; `reactivate` may bring new ones. What
   * is there already is `unchanged`.
   */
  write?(ctx: Context, change: Change): Promise<Written>;
  /** One answer for each change, in order: its outcome, or the error that `write` would have thrown for it. */
  writeMany?(ctx: Context, changes: readonly Change[]): Promise<readonly (Written | MusterError)[]>;
  poll?(ctx: Context, token: string): Promise<Written>;
  files?(ctx: Context, rows: AsyncIterable<FileRow>, meta: FileMeta): AsyncIterable<OutFile>;
  /** The record's page in the other system. */
  linkTo?(settings: JsonObject, resource: string, id: string): string | undefined;
};
