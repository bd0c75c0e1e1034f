// Many changes in few requests (RFC 7644, 3.7), within what the server takes at once. Each change has its own answer, also
// where the server stops in the middle, and one whose answer is missing is in doubt like a write without an answer.
import {
  type Change,
  type Context,
  type HttpResponse,
  isJsonObject,
  type Json,
  type JsonObject,
  MusterError,
  type Written,
} from '../../src/connector/index.ts';
import {headersOfWrite, unreadable, unsent, withoutDoubt} from './answers.ts';
import {rawAt, textOf} from './attributes.ts';
import {prepare} from './change.ts';
import type {Abilities} from './discovery.ts';
import {type Prepared, writeOne} from './prepared.ts';
import {shapeOf} from './shapes.ts';

export type Answered = Written | MusterError;
type Limits = NonNullable<Abilities['bulk']>;
/** A change on its way, with its place among the answers. */
type Sending = Extract<Prepared, {kind: 'send'}> & {readonly at: number};

const bulkSchema = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const envelopeBytes = 200;
const waitMs = 2_000;

export async function writeAll(
  ctx: Context,
  changes: readonly Change[],
  abilities: () => Promise<Abilities>,
): Promise<readonly Answered[]> {
  const {bulk} = await withoutDoubt(abilities);
  const prepared = await Promise.all(
    changes.map(change => answered(() => prepare(ctx, shapeOf(change.resource), change, abilities))),
  );
  const answers: Answered[] = [];
  const sending: Sending[] = [];
  for (const [at, one] of prepared.entries()) {
    if (one instanceof MusterError) answers[at] = one;
    else if (one.kind === 'answer') answers[at] = one.written;
    else sending.push({...one, at});
  }
  let stopped: MusterError | undefined;
  for (const part of bulk && sending.length > 1 ? partsOf(sending, bulk) : sending.map(one => [one])) {
    const given = stopped ? part.map(() => stopped as MusterError) : await sendPart(ctx, part); // narrowed just before
    for (const [index, {at}] of part.entries()) answers[at] = given[index] ?? missingAnswer(ctx);
    const broken = given.find(endsAll);
    if (broken) stopped ??= unsent(broken);
  }
  return answers;
}

/** What stops one request stops the next: those do not leave. A failure over one record says nothing about others. */
function endsAll(one: Answered): one is MusterError {
  return (
    one instanceof MusterError && one.code !== 'connection.server_error' && one.code !== 'connection.answer_unreadable'
  );
}

/** A failure of one change as its answer. */
async function answered<T>(work: () => Promise<T>): Promise<T | MusterError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MusterError) return error;
    throw error;
  }
}

/** As many together as the server takes, by number and by size. */
function partsOf(sending: readonly Sending[], {mostOperations, mostBytes}: Limits): readonly (readonly Sending[])[] {
  const parts: Sending[][] = [];
  let left = 0;
  for (const one of sending) {
    const sizeBytes = Buffer.byteLength(JSON.stringify(operationOf(one))) + 1;
    const last = parts.at(-1);
    if (last && last.length < mostOperations && sizeBytes <= left) last.push(one);
    else parts.push([one]);
    if (parts.at(-1)?.length === 1) left = mostBytes - envelopeBytes;
    left -= sizeBytes;
  }
  return parts;
}

async function sendPart(ctx: Context, part: readonly Sending[]): Promise<readonly Answered[]> {
  const [only, ...others] = part;
  if (!only) return [];
  if (others.length === 0) return [await answered(() => writeOne(ctx, only))];
  const json = {schemas: [bulkSchema], Operations: part.map(operationOf)};
  const response = await answered(() => ctx.http.send({method: 'POST', path: '/Bulk', json, headers: headersOfWrite}));
  if (response instanceof MusterError) return part.map(() => response);
  if (response.status >= 400) return sendSmaller(ctx, part, response.status);
  const operations = rawAt(response.json, ['Operations']);
  if (!Array.isArray(operations)) return part.map(() => unreadable(ctx, response.status, 'an answer for each record'));
  return Promise.all(part.map((one, index) => judgeOperation(ctx, one, answerFor(operations, one, index))));
}

/** The request as a whole was turned away, so that nothing of it took effect. */
async function sendSmaller(ctx: Context, part: readonly Sending[], status: number): Promise<readonly Answered[]> {
  const half = status === 413 ? Math.ceil(part.length / 2) : 1;
  const answers: Answered[] = [];
  for (let from = 0; from < part.length; from += half) {
    answers.push(...(await sendPart(ctx, part.slice(from, from + half))));
    const last = answers.at(-1);
    if (last && endsAll(last)) return part.map((_, at) => answers[at] ?? unsent(last));
  }
  return answers;
}

function operationOf({request: {method, path, json, version}, at}: Sending): JsonObject {
  return {method, path, bulkId: bulkIdOf(at), data: json, ...(version === undefined ? {} : {version})};
}

const bulkIdOf = (at: number) => `c${at}`;

/** By its bulkId; servers need not repeat that of a change, and then the order tells. */
function answerFor(operations: readonly Json[], {at, request}: Sending, index: number): JsonObject | undefined {
  const named = operations.find(one => rawAt(one, ['bulkId']) === bulkIdOf(at));
  const inOrder = operations[index];
  const isOwn = textOf(rawAt(inOrder, ['bulkId'])) === null && rawAt(inOrder, ['method']) === request.method;
  const found = named ?? (isOwn ? inOrder : undefined);
  return isJsonObject(found) ? found : undefined;
}

async function judgeOperation(ctx: Context, one: Sending, operation: JsonObject | undefined): Promise<Answered> {
  const status = statusOf(operation);
  if (!operation || status === undefined) return missingAnswer(ctx);
  const json = rawAt(operation, ['response']) ?? null;
  const failure = failureOf(ctx, one, status);
  if (failure) return failure;
  const location = textOf(rawAt(operation, ['location']));
  const headers: HttpResponse['headers'] = location === null ? {} : {location};
  return answered(() => one.judge({status, headers, json}));
}

function statusOf(operation: JsonObject | undefined): number | undefined {
  const raw = rawAt(operation, ['status']);
  const status = Number(textOf(isJsonObject(raw) ? raw['code'] : raw) ?? Number.NaN);
  return status >= 100 && status < 600 ? status : undefined;
}

function missingAnswer(ctx: Context): MusterError {
  return unreadable(ctx, 200, 'an answer for each record');
}

/** What a single write would have been told by its own answer (`ctx.http` throws it there). */
function failureOf(ctx: Context, one: Sending, status: number): MusterError | undefined {
  const connection = ctx.connectionName;
  const options = {sent: true, answered: status};
  if (status === 401) return new MusterError('connection.credentials_rejected', {...options, params: {connection}});
  if (status === 403) {
    const params = {connection, what: `writing ${one.request.path}`};
    return new MusterError('connection.permission_missing', {...options, params});
  }
  if (status === 429) {
    const retryAt = new Date(ctx.clock.now().getTime() + waitMs);
    const params = {connection, until: retryAt.toISOString()};
    return new MusterError('connection.rate_limited', {...options, params, retryAt});
  }
  // Its words may repeat the person's values, which no error may carry.
  return status >= 500
    ? new MusterError('connection.server_error', {...options, params: {connection, status, words: ''}})
    : undefined;
}
