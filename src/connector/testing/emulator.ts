// A small server on a loopback port that plays a vendor: real HTTP, faults on demand, and an append-only journal of
// every request that took effect, which is what tests of "exactly once" count.
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {type Clock, systemClock} from '../../std/clock.ts';
import type {Json} from '../../std/json.ts';
import {createFaults, type Fault, type Faults} from './faults.ts';

export type EmulatorRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  /** Undefined where there was no body or it was not JSON. */
  readonly json: Json | undefined;
};

export type EmulatorAnswer = {
  readonly status: number;
  readonly json?: Json;
  readonly headers?: {readonly [name: string]: string};
  /** What took effect, for the journal; left out where nothing did. */
  readonly effect?: Json;
};

export type JournalEntry = {
  readonly seq: number;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly effect: Json;
};

export type EmulatorOptions = {
  readonly answer: (request: EmulatorRequest) => EmulatorAnswer;
  /** Faults that named inputs trigger (a last name `Ratelimit`). Asked after the rules of `faults`. */
  readonly faultOf?: (request: EmulatorRequest) => Fault | undefined;
  readonly clock?: Clock;
  /** How long each answer takes; 0 by default. */
  readonly latencyMs?: number;
  /** Any free one by default. */
  readonly port?: number;
};

export type Emulator = AsyncDisposable & {
  readonly url: string;
  readonly faults: Faults;
  readonly journal: readonly JournalEntry[];
  /** Requests that have arrived, and how many of them at most at one time. */
  readonly counts: {readonly requests: number; readonly mostAtOnce: number};
  /** Resolves when the next request has arrived in full. */
  nextRequest(): Promise<EmulatorRequest>;
  close(): Promise<void>;
};

const journalPath = '/emulator/journal';
const mostBodyBytes = 10_000_000;

export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const clock = options.clock ?? systemClock;
  const faults = createFaults();
  const journal: JournalEntry[] = [];
  const counts = {requests: 0, mostAtOnce: 0};
  let atOnce = 0;
  let arrivals: ((request: EmulatorRequest) => void)[] = [];

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = await readRequest(incoming);
    if (request.path === journalPath) return reply(outgoing, {status: 200, json: {items: journal}});
    counts.requests += 1;
    counts.mostAtOnce = Math.max(counts.mostAtOnce, ++atOnce);
    outgoing.once('close', () => (atOnce -= 1));
    for (const arrived of arrivals) arrived(request);
    arrivals = [];
    await faults.letIn(request.method);
    if (options.latencyMs) await clock.wait(options.latencyMs);
    const wrong = faults.match(request.method) ?? options.faultOf?.(request);
    if (wrong?.when === 'before') return fail(outgoing, wrong.how, {status: 200, json: {}});
    const answer = options.answer(request);
    if (answer.effect !== undefined) {
      const {method, path} = request;
      journal.push({seq: journal.length + 1, at: clock.now().toISOString(), method, path, effect: answer.effect});
    }
    return wrong ? fail(outgoing, wrong.how, answer) : reply(outgoing, answer);
  }

  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>(resolve => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // a listening TCP server has an AddressInfo
    faults,
    journal,
    counts,
    nextRequest: () => new Promise(resolve => arrivals.push(resolve)),
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function readRequest(incoming: IncomingMessage): Promise<EmulatorRequest> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of incoming) {
    sizeBytes += chunk.length;
    if (sizeBytes > mostBodyBytes) throw new Error('larger than an emulator takes');
    chunks.push(chunk);
  }
  const url = new URL(incoming.url ?? '/', 'http://emulator');
  const {method = 'GET', headers} = incoming;
  return {method, path: url.pathname, query: url.searchParams, headers, json: parse(Buffer.concat(chunks))};
}

function parse(body: Buffer): Json | undefined {
  try {
    return JSON.parse(body.toString('utf8')) as Json; // what JSON.parse gives is Json
  } catch {
    return undefined;
  }
}

function reply(outgoing: ServerResponse, {status, json, headers}: EmulatorAnswer): void {
  write(outgoing, status, 'application/json', json === undefined ? '' : JSON.stringify(json), headers);
}

function fail(outgoing: ServerResponse, how: Fault['how'], answer: EmulatorAnswer): void {
  const text = JSON.stringify(answer.json ?? {items: []});
  switch (how) {
    case 'hang':
      break;
    case 'cut':
      outgoing.socket?.resetAndDestroy();
      break;
    case 'html':
      write(outgoing, 200, 'text/html', '<!doctype html><title>Please sign in</title>');
      break;
    case 'empty':
      write(outgoing, answer.status, 'application/json', '');
      break;
    case 'notJson':
      write(outgoing, answer.status, 'application/json', 'OK');
      break;
    case 'truncated':
      if (answer.json === undefined)
        outgoing.socket?.resetAndDestroy(); // of nothing there is no half
      else write(outgoing, answer.status, 'application/json', text.slice(0, Math.ceil(text.length / 2)));
      break;
    default:
      reply(outgoing, how);
  }
}

function write(outgoing: ServerResponse, status: number, type: string, body: string, headers = {}): void {
  outgoing.writeHead(status, {'content-type': type, 'content-length': Buffer.byteLength(body), ...headers});
  outgoing.end(body);
}
