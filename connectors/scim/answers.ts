// What a SCIM server's answers say: lists, and the words of its refusals for people who know payroll and not protocols.
import {type Context, type HttpResponse, isJsonObject, type Json, MusterError} from '../../src/connector/index.ts';
import {rawAt, textOf} from './attributes.ts';

/** Sent with every request: some servers know only one of the two. */
export const accept = {accept: 'application/scim+json, application/json'} as const;
export const headersOfWrite = {...accept, 'content-type': 'application/scim+json'} as const;

export type List = {readonly total: number; readonly resources: readonly Json[]};

/** `Resources` may be missing where there are none. Undefined where it is no list. */
export function listFrom({status, json}: HttpResponse): List | undefined {
  const total = Number(rawAt(json, ['totalResults']) ?? Number.NaN);
  const resources = rawAt(json, ['Resources']) ?? [];
  if (status !== 200 || !isJsonObject(json) || !Number.isInteger(total) || !Array.isArray(resources)) return undefined;
  return {total, resources};
}

export type Refusal = {readonly scimType: string | null; readonly words: string};

/** What each of SCIM's error types means to whoever looks after people's records. */
const meanings: {readonly [scimType: string]: string} = {
  uniqueness: 'another record has this value already',
  mutability: 'a value cannot be changed there',
  invalidValue: 'a value is missing or not allowed there',
  invalidSyntax: 'the record was not understood',
  invalidPath: 'a field is not known there',
  noTarget: 'a field to be changed is not there',
  invalidVers: 'this version of SCIM is not supported',
  sensitive: 'a value may not be part of an address',
  tooMany: 'there are too many records to look through',
};
const meaningsOfStatus: {readonly [status: number]: string} = {
  404: 'there is no such address',
  409: 'it conflicts with another record',
  413: 'the record is too large',
};
const mostWords = 200;

export function refusalOf({status, json, text}: HttpResponse): Refusal {
  const scimType = textOf(rawAt(json, ['scimType']));
  const said = (textOf(rawAt(json, ['detail'])) ?? text ?? '').trim();
  const meaning =
    (scimType !== null && Object.hasOwn(meanings, scimType) ? meanings[scimType] : undefined) ??
    meaningsOfStatus[status];
  const words = [meaning, said].filter(Boolean).join(': ') || `answer ${status}`;
  return {scimType, words: words.slice(0, mostWords)};
}

/** A uniqueness rule was broken; some servers say so with 400. */
export function isTaken(response: HttpResponse): boolean {
  return response.status === 409 || (response.status === 400 && refusalOf(response).scimType === 'uniqueness');
}

/** JSON but not what was asked for; for a write it leaves open whether it was stored. */
export function unreadable(ctx: Context, status: number, wanted: string): MusterError {
  return new MusterError('connection.answer_unreadable', {
    params: {connection: ctx.connectionName, status, wanted},
    sent: true,
  });
}

/** The same failure, of a request that a change needed before or after and without which nothing of it was stored. */
export function unsent(error: MusterError): MusterError {
  const {code, params, retryAt, answered} = error;
  return new MusterError(code, {
    ...{params, cause: error, sent: false},
    ...(retryAt ? {retryAt} : {}),
    ...(answered === undefined ? {} : {answered}),
  });
}

/** Looks at something for a change of which nothing was stored: a failure leaves no doubt about the change. */
export async function withoutDoubt<T>(look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (error) {
    throw error instanceof MusterError ? unsent(error) : error;
  }
}
