// The HTTP API and the web app as one Hono application: every route of the table, sign-in, the reference, static files.
import {Hono} from 'hono';
import type {Auth} from '../auth/authenticate.ts';
import {originsOf} from '../auth/sign-in.ts';
import type {Hub} from '../sync/hub.ts';
import {accountEndpoints} from './account.ts';
import {calls} from './calls.ts';
import {connections} from './connections.ts';
import {connectors} from './connectors.ts';
import type {RouteName} from './contract/routes.ts';
import {createErrorHook, presentNotFound, type RequestState} from './errors.ts';
import {events} from './events.ts';
import {expressions} from './expressions.ts';
import {files} from './files.ts';
import {installationEndpoints} from './installation.ts';
import {links} from './links.ts';
import {push} from './push.ts';
import {records} from './records.ts';
import {serveReference} from './reference.ts';
import type {Endpoints} from './route.ts';
import {runStream} from './run-stream.ts';
import {runs} from './runs.ts';
import {schedules} from './schedules.ts';
import {secureAnswers} from './security.ts';
import {serveRoutes} from './serve.ts';
import {serveSignIn} from './sign-in.ts';
import {serveWebApp} from './static.ts';
import {syncs} from './syncs.ts';

export type Api = Hono<RequestState>;

export type ApiOptions = {
  readonly auth: Auth;
  /** MUSTER_PUBLIC_URL, an origin. */
  readonly publicUrl: string;
  readonly version: string;
  /** MUSTER_SUPPORT_URL: whom people are sent to when they need help. */
  readonly supportUrl: string | undefined;
  /** The built web app; without one the API works all the same. */
  readonly distDir: string;
  /** Aborts when the server stops: streams end then. */
  readonly stopping: AbortSignal;
};

export function createApi(hub: Hub, options: ApiOptions): Api {
  const {auth, publicUrl, version, distDir, stopping} = options;
  const endpoints: Endpoints<RouteName> = {
    ...installationEndpoints(options),
    ...accountEndpoints(auth),
    ...connectors,
    ...connections,
    ...push,
    ...records,
    ...files,
    ...syncs,
    ...expressions,
    ...schedules,
    ...runs,
    ...runStream,
    ...events,
    ...calls,
    ...links,
  };
  const app: Api = new Hono();
  app.onError(createErrorHook(hub.log));
  app.notFound(presentNotFound);
  app.use(secureAnswers(publicUrl));
  serveRoutes(app, {hub, auth, origins: originsOf(publicUrl), stopping}, endpoints);
  serveSignIn(app, auth.signIn);
  serveReference(app, version);
  serveWebApp(app, distDir);
  return app;
}
