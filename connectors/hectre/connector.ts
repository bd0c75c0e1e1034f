// Hectre's employee API: look up by employee ID, list, create. Nothing here updates, because Hectre's API does not.
import {
  type Connector,
  type Context,
  type Found,
  type HttpResponse,
  isJsonObject,
  type Json,
  type JsonObject,
  MusterError,
  type Values,
  type Written,
} from '../../src/connector/index.ts';
import {manifest} from './manifest.ts';

const mostPerPage = 200;
const fieldNames = ['firstName', 'lastName', 'employeeId', 'dateOfBirth', 'phoneNumber'] as const;

export const hectre: Connector = {
  manifest,

  async check(ctx) {
    await ctx.http.send({method: 'GET', path: '/v1/ping'});
    await listPage(ctx, {page: 1, pageSize: 1});
    return [{level: 'info', code: 'check.passed', params: {connection: ctx.connectionName}, owner: 'nobody'}];
  },

  find(ctx, _resource, lookUps) {
    return Promise.all(lookUps.map(lookUp => findByEmployeeId(ctx, String(lookUp.values['employeeId'] ?? ''))));
  },

  async *snapshot(ctx) {
    const pageSize = Math.min(ctx.pageSize ?? mostPerPage, mostPerPage);
    const seen = new Set<string>();
    for (let page = 1; ; page++) {
      const {items, total} = await listPage(ctx, {page, pageSize});
      const records = items.filter(item => !seen.has(item.id));
      for (const record of records) seen.add(record.id);
      const complete = seen.size >= total;
      yield {records, complete};
      // A page with nothing new before the end: the list moved under us, and what was read is not the whole of it.
      if (complete || records.length === 0) return;
    }
  },

  async write(ctx, change) {
    const request = {method: 'POST', path: '/v1/employees', query: orchardOf(ctx), json: change.values} as const;
    return ctx.step('create', async () => writtenFrom(ctx, await ctx.http.send(request)));
  },
};

async function findByEmployeeId(ctx: Context, employeeId: string): Promise<readonly Found[]> {
  if (employeeId === '') return [];
  const {items} = await listPage(ctx, {employeeId, page: 1, pageSize: mostPerPage});
  const same = (found: Found) => String(found.values?.['employeeId']).toLowerCase() === employeeId.trim().toLowerCase();
  // An answer with somebody else in it means that the filter was not obeyed: "not found" would be a guess.
  if (!items.every(same)) throw unreadable(ctx, 'a list of that one employee');
  return items;
}

async function listPage(
  ctx: Context,
  query: {readonly [name: string]: string | number},
): Promise<{readonly items: readonly Found[]; readonly total: number}> {
  const request = {method: 'GET', path: '/v1/employees', query: {...query, ...orchardOf(ctx)}} as const;
  const {status, json} = await ctx.http.send(request);
  const items = isJsonObject(json) ? json['items'] : undefined;
  const total = isJsonObject(json) ? json['total'] : undefined;
  if (status !== 200 || !Array.isArray(items) || typeof total !== 'number')
    throw unreadable(ctx, 'a list of employees');
  return {items: items.map((item: Json) => foundFrom(ctx, item)), total};
}

function orchardOf({settings}: Context): {readonly orchardId?: string} {
  const {orchardId} = settings;
  return typeof orchardId === 'string' && orchardId !== '' ? {orchardId} : {};
}

function foundFrom(ctx: Context, item: Json): Found {
  if (!isJsonObject(item) || typeof item['id'] !== 'string') throw unreadable(ctx, 'an employee with an id');
  return {id: item['id'], values: valuesFrom(item)};
}

function valuesFrom(item: JsonObject): Values {
  return Object.fromEntries(fieldNames.map(name => [name, item[name] ?? null]));
}

function writtenFrom(ctx: Context, response: HttpResponse): Written {
  const {status, json} = response;
  if (status === 201) return {outcome: 'created', id: foundFrom(ctx, json).id, proof: 'echo'};
  const {field, words} = complaintOf(response);
  if (status === 409) return {outcome: 'exists', words, proof: 'none'};
  const params = {connection: ctx.connectionName, words: words.slice(0, 100)};
  const known = fieldNames.find(name => name === field) ?? null;
  return {
    outcome: 'refused',
    words,
    issues: [{level: 'error', code: 'event.refused', field: known, params}],
    proof: 'none',
  };
}

function complaintOf({json, text, status}: HttpResponse): {readonly field: Json | undefined; readonly words: string} {
  const error = isJsonObject(json) ? json['error'] : undefined;
  if (!isJsonObject(error)) return {field: undefined, words: text ?? `answer ${status}`};
  return {field: error['field'], words: typeof error['message'] === 'string' ? error['message'] : `answer ${status}`};
}

/** An answer that is JSON but not what was asked for; for a write it leaves open whether it was stored. */
function unreadable(ctx: Context, wanted: string): MusterError {
  return new MusterError('connection.answer_unreadable', {
    params: {connection: ctx.connectionName, status: 200, wanted},
    sent: true,
  });
}
