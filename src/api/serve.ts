// One route of the table, from request to answer, always in this order: sign-in, parse, authorise, one domain call,
// present. Nothing of the request but its headers is looked at before the caller is known.
import type {Context, Hono} from 'hono';
import type {Actor} from '../auth/actor.ts';
import {type Auth, actorOf} from '../auth/authenticate.ts';
import {MusterError} from '../errors.ts';
import {mayDo} from '../model/role.ts';
import type {Hub} from '../sync/hub.ts';
import {readJson, readUpload} from './body.ts';
import {type Route, type RouteName, routes} from './contract/routes.ts';
import type {RequestState} from './errors.ts';
import {answerOnce, keptAnswer, keyHeader, type Settle} from './idempotency.ts';
import {parseInput, queryObject} from './parse.ts';
import {apiPath} from './paths.ts';
import {type Asked, type Endpoints, Reply} from './route.ts';
import {refuseCrossSite} from './security.ts';

export type Serving = {
  readonly hub: Hub;
  readonly auth: Auth;
  /** Where the web app is opened; requests by cookie must come from there. */
  readonly origins: readonly string[];
  /** Aborts when the server stops. */
  readonly stopping: AbortSignal;
};

type App = Hono<RequestState>;
type Endpoint = (hub: Hub, asked: Asked<RouteName>) => Promise<unknown>;

export function serveRoutes(app: App, serving: Serving, endpoints: Endpoints<RouteName>): void {
  for (const [name, route] of Object.entries(routes)) {
    const [method = '', path = ''] = name.split(' ');
    // Each endpoint takes what its own route's schemas give; that is what it is called with below.
    const endpoint = endpoints[name as RouteName] as Endpoint;
    app.on(method, apiPath + path.replace(/\{(\w+)\}/g, ':$1'), c => serve(c, serving, route, endpoint));
  }
}

async function serve(c: Context<RequestState>, serving: Serving, route: Route, endpoint: Endpoint): Promise<Response> {
  const request = c.req.raw;
  const actor = route.right === 'open' ? undefined : await signedIn(request, serving);
  const {input, content} = await parse(c, route);
  if (actor && route.right !== 'open' && !mayDo(actor.role, route.right)) {
    throw new MusterError('request.forbidden', {params: {role: actor.role}});
  }
  const ask = (settle?: Settle): Asked<RouteName> => {
    const asked = {
      ...input,
      actor,
      request,
      get signal() {
        return AbortSignal.any([request.signal, serving.stopping]);
      },
      settle: async (...[tx, answer]: Parameters<Asked<RouteName>['settle']>) =>
        settle?.(tx, keptAnswer(route.status, answer)),
    };
    return asked as Asked<RouteName>; // parse() has just given each part what the route's schemas say
  };

  const key = request.headers.get(keyHeader);
  if (!actor || key === null || !takesKey(route, request)) return present(await endpoint(serving.hub, ask()), route);
  const {pathname, search} = new URL(request.url);
  const keyed = {companyId: actor.companyId, key, content: [actor.id, request.method, pathname, search, content]};
  const kept = await answerOnce(serving.hub.db, keyed, async settle => {
    const answer = await endpoint(serving.hub, ask(settle));
    if (answer instanceof Reply) return keptAnswer(answer.status ?? route.status, answer.body);
    return keptAnswer(route.status, answer);
  });
  return Response.json(kept.response, {status: kept.status});
}

async function signedIn(request: Request, {auth, origins}: Serving): Promise<Actor> {
  const actor = await actorOf(auth, request.headers);
  if (!actor) throw new MusterError('request.unauthenticated');
  if (actor.userId !== undefined) refuseCrossSite(request, origins);
  return actor;
}

type Input = Pick<Asked<RouteName>, 'upload'> & {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
};

/** `content` is the body as it was sent, for telling two requests apart. */
async function parse(c: Context<RequestState>, route: Route): Promise<{input: Input; content: Buffer}> {
  const request = c.req.raw;
  const params = route.params && parseInput(route.params, c.req.param(), 'path');
  const query = route.query && parseInput(route.query, queryObject(request.url), 'query');
  const isBare = route.bare && request.headers.get('content-type') === null;
  const sent = route.body && (isBare ? {json: {}, bytes: undefined} : await readJson(request));
  const body = route.body && parseInput(route.body, sent?.json, 'body');
  const upload = route.upload ? readUpload(request, route.upload) : nothing();
  return {input: {params, query, body, upload}, content: sent?.bytes ?? Buffer.alloc(0)};
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** Creating requests whose answer may be kept. A file is not read twice to tell whether it is the same. */
function takesKey(route: Route, request: Request): boolean {
  return (
    request.method === 'POST' && route.status !== 200 && route.response !== undefined && !route.secret && !route.upload
  );
}

function present(answer: unknown, route: Route): Response {
  if (answer instanceof Response) return answer;
  if (answer instanceof Reply)
    return Response.json(answer.body, {status: answer.status ?? route.status, headers: answer.headers});
  if (route.status === 204) return new Response(null, {status: 204});
  return Response.json(answer, {status: route.status});
}
