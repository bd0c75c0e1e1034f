// A declared stand-in for Hectre, which publishes no API reference: the fields are those that PICMI documents, while the
// paths, the key header, paging and errors are assumed (quirks.md). Last names trigger failures, in demos as in tests.

import {isJsonObject, type Json, type JsonObject} from '../../src/connector/index.ts';
import {
  type Clock,
  type Emulator,
  type EmulatorAnswer,
  type EmulatorRequest,
  type Fault,
  fault,
  startEmulator,
} from '../../src/connector/testing/index.ts';

export type HectreOptions = {
  readonly clock?: Clock;
  readonly port?: number;
  readonly latencyMs?: number;
  readonly apiKey?: string;
  /** Signs in, but may neither list nor create employees. */
  readonly limitedKey?: string;
  /** Whether a second employee of the same employeeId is refused with 409; not by default. */
  readonly uniqueness?: 'enforced' | 'none';
  /** A new employee is missing from the list for somewhere between these; 0 to 3,000 by default. */
  readonly searchLagMs?: readonly [least: number, most: number];
  /** Chooses the lag; `Math.random` by default. */
  readonly random?: () => number;
};

export type HectreEmulator = Emulator & {
  readonly employees: readonly StoredEmployee[];
  /** Employees that were there before, by hand: stored, listed at once, not in the journal. */
  seed(employees: Iterable<JsonObject>): void;
};

export type StoredEmployee = {readonly id: string; readonly createdAt: string; readonly data: JsonObject};
type Entry = StoredEmployee & {readonly listedFromMs: number};

export const demoKey = 'hectre-demo-key';
export const demoLimitedKey = 'hectre-limited-key';
const mostPerPage = 200;

export async function startHectre(options: HectreOptions = {}): Promise<HectreEmulator> {
  const {apiKey = demoKey, limitedKey = demoLimitedKey, searchLagMs = [0, 3000], random = Math.random} = options;
  const employees: Entry[] = [];
  const byEmployeeId = new Map<string, Entry[]>();
  const nowMs = () => options.clock?.now().getTime() ?? Date.now();

  function store(data: JsonObject, lagMs: number): Entry {
    const createdAt = new Date(nowMs()).toISOString();
    const entry = {id: `E${employees.length + 1}`, createdAt, data, listedFromMs: nowMs() + lagMs};
    employees.push(entry);
    const key = String(data['employeeId']);
    byEmployeeId.set(key, [...(byEmployeeId.get(key) ?? []), entry]);
    return entry;
  }

  function list(query: URLSearchParams): EmulatorAnswer {
    const page = Number(query.get('page') ?? 1);
    const pageSize = Number(query.get('pageSize') ?? 50);
    if (!(page >= 1)) return invalid('page', 'page starts at 1');
    if (!(pageSize >= 1 && pageSize <= mostPerPage)) return invalid('pageSize', `pageSize is 1 to ${mostPerPage}`);
    const employeeId = query.get('employeeId');
    const found = employeeId === null ? employees : (byEmployeeId.get(employeeId) ?? []);
    const listed = found.filter(({listedFromMs}) => listedFromMs <= nowMs());
    const items = listed.slice((page - 1) * pageSize, page * pageSize).map(stored);
    return {status: 200, json: {items, total: listed.length}};
  }

  function create(json: Json | undefined): EmulatorAnswer {
    const refusal = refusalOf(json);
    if (refusal || !isJsonObject(json)) return refusal ?? invalid('', 'a JSON object is wanted');
    if (options.uniqueness === 'enforced' && byEmployeeId.has(String(json['employeeId']))) {
      return error(409, 'exists', 'An employee with this employeeId is there already', 'employeeId');
    }
    const [least, most] = searchLagMs;
    const entry = store(json, least + random() * (most - least));
    return {status: 201, json: stored(entry), effect: stored(entry)};
  }

  function answer(request: EmulatorRequest): EmulatorAnswer {
    const key = request.headers['x-api-key'];
    if (key !== apiKey && key !== limitedKey) return error(401, 'unauthorized', 'Unknown key');
    const route = `${request.method} ${request.path}`;
    if (route === 'GET /v1/ping') return {status: 200, json: {orchard: 'Stand-in orchard'}};
    if (route !== 'GET /v1/employees' && route !== 'POST /v1/employees') return error(404, 'not_found', 'No such path');
    if (key === limitedKey) return error(403, 'forbidden', 'This key may not use employees');
    return request.method === 'GET' ? list(request.query) : create(request.json);
  }

  const emulator = await startEmulator({...options, answer, faultOf: namedFaults()});
  return Object.assign(emulator, {
    employees,
    seed(data: Iterable<JsonObject>) {
      for (const one of data) store(one, 0);
    },
  });
}

/** Which last names fail how, and whether each time or only the first time for that employee. */
const named: {readonly [lastName: string]: {readonly fault: Fault; readonly often: 'once' | 'always'}} = {
  Ratelimit: {fault: fault.rateLimited('1'), often: 'once'},
  Ratelimitbare: {fault: fault.rateLimited(), often: 'once'},
  Failbefore: {fault: fault.failBefore, often: 'once'},
  Failafter: {fault: fault.failAfter, often: 'once'},
  Failalways: {fault: fault.failBefore, often: 'always'},
  Hang: {fault: fault.hang, often: 'always'},
  Html: {fault: fault.html, often: 'always'},
  // The one whose answer is cut after the employee was stored; sent again, it would be there twice.
  Truncated: {fault: fault.truncatedAfter, often: 'always'},
};

function namedFaults(): (request: EmulatorRequest) => Fault | undefined {
  const met = new Set<string>();
  return ({method, json}) => {
    if (method !== 'POST' || !isJsonObject(json) || refusalOf(json)) return undefined;
    const name = String(json['lastName']);
    const rule = Object.hasOwn(named, name) ? named[name] : undefined;
    const who = `${name} ${json['employeeId']}`;
    if (!rule || (rule.often === 'once' && met.has(who))) return undefined;
    met.add(who);
    return rule.fault;
  };
}

const lengths = {firstName: 100, lastName: 100, employeeId: 64} as const;

function refusalOf(json: Json | undefined): EmulatorAnswer | undefined {
  if (!isJsonObject(json)) return invalid('', 'a JSON object is wanted');
  for (const [field, most] of Object.entries(lengths)) {
    const value = json[field];
    if (typeof value !== 'string' || value === '') return invalid(field, `${field} is required`);
    if (value.length > most) return invalid(field, `${field} has more than ${most} characters`);
  }
  const {dateOfBirth, phoneNumber} = json;
  if (dateOfBirth !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(String(dateOfBirth))) {
    return invalid('dateOfBirth', 'dateOfBirth is yyyy-MM-dd');
  }
  const phone = phoneNumber === undefined ? '0' : String(phoneNumber);
  if (!/^\d+( \d+)*$/.test(phone) || phone.replaceAll(' ', '').length > 15) {
    return invalid('phoneNumber', 'phoneNumber is at most 15 digits with single spaces');
  }
  return undefined;
}

const stored = ({id, createdAt, data}: StoredEmployee): JsonObject => ({...data, id, createdAt});
const invalid = (field: string, message: string) => error(400, 'invalid', message, field);

function error(status: number, code: string, message: string, field?: string): EmulatorAnswer {
  return {status, json: {error: {code, message, ...(field ? {field} : {})}}};
}
