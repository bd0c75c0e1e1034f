// A connection opened for use: everything its connector may touch, and nothing else. Secrets are read here and handed on;
// sockets are made with the first request and closed with the context. Never opened inside a transaction.
import type {Connector, Context, Http, Manifest, ReceivedFile, Recorder} from '../connector/contract.ts';
import {type ConnectionHttp, createHttp, type HttpLimits} from '../connector/http.ts';
import {inCompany} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import type {JsonObject} from '../std/json.ts';
import type {ConnectionRow} from '../store/connections.ts';
import {findLatestFile} from '../store/received-files.ts';
import {fileContent} from './file-content.ts';
import type {Hub} from './hub.ts';

/** Whose calls and steps they are: one event's, one read's. */
export type ContextScope = {
  readonly signal?: AbortSignal;
  /** Hears of every call; left out, nobody does. */
  readonly recorder?: Recorder;
  /** Asked right before a request leaves; a reason ends it unsent. Left out, all may leave. */
  readonly mayNotLeave?: () => Error | undefined;
  /** Left out, each step is simply done. */
  readonly step?: Context['step'];
};

export type OpenContext = Context &
  AsyncDisposable & {
    /** The same connection, sockets and limits in another scope; costs next to nothing. What is left out stays. */
    within(scope: ContextScope): OpenContext;
    close(): Promise<void>;
  };

type OpenConnection = Pick<ConnectionRow, 'id' | 'name' | 'connector' | 'settings'>;

/** @throws MusterError `connector.unknown`; what is missing or wrong in its settings only when it is first used */
export async function openContext(
  hub: Hub,
  companyId: string,
  connection: OpenConnection,
  scope: ContextScope & {readonly signal: AbortSignal},
): Promise<OpenContext> {
  const connector = hub.connectors.get(connection.connector);
  if (!connector) {
    const known = [...hub.connectors.keys()].join(', ');
    throw new MusterError('connector.unknown', {params: {name: connection.connector, known}});
  }
  const secrets = await inCompany(hub.db, companyId, tx => hub.vault.open(tx, companyId, connection.id));
  const settings = withDefaults(connector.manifest, connection.settings);
  const line = new Line(hub, connector, connection.name, settings, secrets);
  const log = hub.log.child({companyId, connectionId: connection.id});

  const make = (own: ContextScope & {readonly signal: AbortSignal}): OpenContext => ({
    connectionName: connection.name,
    settings,
    secrets,
    http: line.within(own),
    files: {latest: () => latestFile(hub, companyId, connection.id)},
    step: own.step ?? ((_name, call) => call()),
    signal: own.signal,
    clock: hub.clock,
    log: (message, facts = {}) => log.info('connector.said', {said: message, ...facts}),
    within: narrower => make({...own, ...narrower}),
    close: () => line.close(),
    [Symbol.asyncDispose]: () => line.close(),
  });
  return make(scope);
}

/** The sockets of a connection, made when they are first needed: many connectors never need any. */
class Line {
  readonly #make: () => ConnectionHttp;
  #http: ConnectionHttp | undefined;

  constructor(
    hub: Hub,
    {manifest}: Connector,
    connectionName: string,
    settings: JsonObject,
    secrets: Context['secrets'],
  ) {
    this.#make = () =>
      createHttp({
        baseUrl: baseUrlOf(manifest, connectionName, settings),
        auth: manifest.auth,
        secrets,
        connectionName,
        allowedPrivateHosts: hub.allowedPrivateHosts,
        recorder: () => {},
        signal: new AbortController().signal, // each scope brings its own
        clock: hub.clock,
        limits: {...limitsOf(manifest), timeoutMs: hub.callTimeoutMs},
      });
  }

  within({signal, recorder = () => {}, mayNotLeave}: ContextScope & {readonly signal: AbortSignal}): Http {
    let scoped: Http | undefined;
    return {
      send: async request => {
        this.#http ??= this.#make();
        scoped ??= this.#http.within({signal, recorder, ...(mayNotLeave ? {mayNotLeave} : {})});
        return scoped.send(request);
      },
    };
  }

  async close(): Promise<void> {
    await this.#http?.close();
  }
}

function baseUrlOf(
  {name, baseUrlSetting, settings: fields}: Manifest,
  connection: string,
  settings: JsonObject,
): string {
  if (baseUrlSetting === undefined)
    throw new MusterError('connector.cannot', {params: {connector: name, what: 'be called'}});
  const value = settings[baseUrlSetting];
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  const field = fields.find(one => one.name === baseUrlSetting)?.label ?? baseUrlSetting;
  throw new MusterError('connection.setting_missing', {params: {connection, field}});
}

/** One limit for all its resources, since they share the other system: the strictest. */
function limitsOf({resources}: Manifest): HttpLimits {
  const rates = resources.flatMap(({limits}) => (limits.perSecond === undefined ? [] : [limits.perSecond]));
  return {
    concurrency: Math.max(1, Math.min(...resources.map(({limits}) => limits.concurrency))),
    ...(rates.length > 0 ? {perSecond: Math.min(...rates)} : {}),
  };
}

function withDefaults({settings: fields}: Manifest, settings: JsonObject): JsonObject {
  const defaults = fields.flatMap(({name, default: value}) => (value === undefined ? [] : [[name, value] as const]));
  return {...Object.fromEntries(defaults), ...settings};
}

async function latestFile(hub: Hub, companyId: string, connectionId: string): Promise<ReceivedFile | undefined> {
  const row = await inCompany(hub.db, companyId, tx => findLatestFile(tx, connectionId));
  if (!row) return undefined;
  const {id, name, sizeBytes, createdAt} = row;
  return {
    id,
    name,
    sizeBytes,
    receivedAt: createdAt,
    content: () => fileContent(hub, companyId, id),
  };
}
