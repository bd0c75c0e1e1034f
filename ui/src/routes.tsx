// Every address of the web app. A route says what its page needs to read (loader) and which filters live in its URL; the
// page itself is loaded when first seen.
import type {QueryClient} from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import type {EventSummary, Run} from '../../src/api/contract/run.ts';
import {
  connection,
  connections,
  connectors,
  event,
  isSignedOut,
  problems,
  record,
  run,
  schedule,
  schedules,
  session,
  sync,
  syncs,
} from './api/queries.ts';
import {ConnectionsPage} from './pages/connections.tsx';
import {SyncsPage} from './pages/syncs.tsx';
import {Shell} from './shell/shell.tsx';
import {Failed, Loading, NotFound} from './shell/states.tsx';
import {t} from './text.ts';

type Search = Record<string, unknown>;
const text = (value: unknown) => (value === undefined || value === '' ? undefined : String(value));
/** Only what the words table knows: a mistyped filter is no filter. */
const oneOf = <K extends string>(words: Record<K, unknown>, value: unknown): K | undefined =>
  typeof value === 'string' && Object.hasOwn(words, value) ? (value as K) : undefined; // hasOwn just proved it

const root = createRootRouteWithContext<{queries: QueryClient}>()({component: Outlet, notFoundComponent: NotFound});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Search): {to?: string | undefined} => ({to: text(search['to'])}),
  component: lazyRouteComponent(() => import('./pages/sign-in.tsx'), 'SignInPage'),
});
const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  component: lazyRouteComponent(() => import('./pages/welcome.tsx'), 'WelcomePage'),
});

const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  component: Shell,
  beforeLoad: async ({context, location}) => {
    try {
      await context.queries.ensureQueryData({...session(), revalidateIfStale: true});
    } catch (error) {
      if (isSignedOut(error)) throw redirect({to: '/sign-in', search: {to: location.href}});
      throw error;
    }
  },
});
const home = createRoute({
  getParentRoute: () => app,
  path: '/',
  beforeLoad: () => {
    throw redirect({to: '/syncs'});
  },
});

const people = createRoute({
  getParentRoute: () => app,
  path: '/people',
  validateSearch: (search: Search): {search?: string | undefined; resource?: string | undefined} => ({
    search: text(search['search']),
    resource: text(search['resource']),
  }),
  loader: ({context}) => context.queries.ensureQueryData(connections()),
  component: lazyRouteComponent(() => import('./pages/people.tsx'), 'PeoplePage'),
});
const peopleImport = createRoute({
  getParentRoute: () => people,
  path: '/import',
  component: lazyRouteComponent(() => import('./pages/people-import.tsx'), 'PeopleImportDialog'),
});
const person = createRoute({
  getParentRoute: () => people,
  path: '/$recordId',
  loader: ({context, params}) => context.queries.ensureQueryData(record(params.recordId)),
  component: lazyRouteComponent(() => import('./pages/person.tsx'), 'PersonPanel'),
});

const personNew = createRoute({
  getParentRoute: () => people,
  path: '/new',
  component: lazyRouteComponent(() => import('./pages/person-new.tsx'), 'PersonNewPanel'),
});
// Beside the person's panel and not inside: each stands alone, so that Esc closes one thing.
const personEdit = createRoute({
  getParentRoute: () => people,
  path: '/$recordId/edit',
  loader: ({context, params}) => context.queries.ensureQueryData(record(params.recordId)),
  component: lazyRouteComponent(() => import('./pages/person-edit.tsx'), 'PersonEditPanel'),
});
const personRemove = createRoute({
  getParentRoute: () => people,
  path: '/$recordId/remove',
  loader: ({context, params}) => context.queries.ensureQueryData(record(params.recordId)),
  component: lazyRouteComponent(() => import('./pages/person-remove.tsx'), 'PersonRemoveDialog'),
});
const personUnlink = createRoute({
  getParentRoute: () => people,
  path: '/$recordId/unlink/$linkId',
  component: lazyRouteComponent(() => import('./pages/person-unlink.tsx'), 'PersonUnlinkDialog'),
});

const connectionList = createRoute({
  getParentRoute: () => app,
  path: '/connections',
  loader: ({context}) => context.queries.ensureQueryData(connections()),
  component: ConnectionsPage,
});
const connectionNew = createRoute({
  getParentRoute: () => app,
  path: '/connections/new',
  validateSearch: (search: Search): {connector?: string | undefined} => ({connector: text(search['connector'])}),
  loader: ({context}) => context.queries.ensureQueryData(connectors()),
  component: lazyRouteComponent(() => import('./pages/connection-new.tsx'), 'ConnectionNewPage'),
});
const connectionOne = createRoute({
  getParentRoute: () => app,
  path: '/connections/$connectionId',
  loader: ({context, params}) =>
    Promise.all([
      context.queries.ensureQueryData(connection(params.connectionId)),
      context.queries.ensureQueryData(connectors()),
    ]),
  component: lazyRouteComponent(() => import('./pages/connection.tsx'), 'ConnectionPage'),
});
const connectionDelete = createRoute({
  getParentRoute: () => connectionOne,
  path: '/delete',
  component: lazyRouteComponent(() => import('./pages/connection-delete.tsx'), 'ConnectionDeleteDialog'),
});

const syncList = createRoute({
  getParentRoute: () => app,
  path: '/syncs',
  loader: ({context}) => context.queries.ensureQueryData(syncs()),
  component: SyncsPage,
});
const syncNew = createRoute({
  getParentRoute: () => app,
  path: '/syncs/new',
  loader: ({context}) =>
    Promise.all([context.queries.ensureQueryData(connections()), context.queries.ensureQueryData(connectors())]),
  component: lazyRouteComponent(() => import('./pages/sync-new.tsx'), 'SyncNewPage'),
});
const syncOne = createRoute({
  getParentRoute: () => app,
  path: '/syncs/$syncId',
  loader: ({context, params}) =>
    Promise.all([
      context.queries.ensureQueryData(sync(params.syncId)),
      context.queries.ensureQueryData(schedules(params.syncId)),
    ]),
  component: lazyRouteComponent(() => import('./pages/sync.tsx'), 'SyncPage'),
});
const syncStart = createRoute({
  getParentRoute: () => syncOne,
  path: '/start',
  validateSearch: (search: Search): {save?: boolean} => ({save: search['save'] === true}),
  component: lazyRouteComponent(() => import('./pages/sync-start.tsx'), 'SyncStartDialog'),
});
const syncDelete = createRoute({
  getParentRoute: () => syncOne,
  path: '/delete',
  component: lazyRouteComponent(() => import('./pages/sync-delete.tsx'), 'SyncDeleteDialog'),
});

const scheduleList = createRoute({
  getParentRoute: () => app,
  path: '/schedules',
  loader: ({context}) =>
    Promise.all([context.queries.ensureQueryData(schedules()), context.queries.ensureQueryData(syncs())]),
  component: lazyRouteComponent(() => import('./pages/schedules.tsx'), 'SchedulesPage'),
});
const scheduleNew = createRoute({
  getParentRoute: () => scheduleList,
  path: '/new',
  validateSearch: (search: Search): {sync?: string | undefined} => ({sync: text(search['sync'])}),
  component: lazyRouteComponent(() => import('./pages/schedule-new.tsx'), 'ScheduleNewPanel'),
});
const scheduleOne = createRoute({
  getParentRoute: () => scheduleList,
  path: '/$scheduleId',
  loader: ({context, params}) => context.queries.ensureQueryData(schedule(params.scheduleId)),
  component: lazyRouteComponent(() => import('./pages/schedule.tsx'), 'SchedulePanel'),
});
const scheduleDelete = createRoute({
  getParentRoute: () => scheduleList,
  path: '/$scheduleId/delete',
  loader: ({context, params}) => context.queries.ensureQueryData(schedule(params.scheduleId)),
  component: lazyRouteComponent(() => import('./pages/schedule-delete.tsx'), 'ScheduleDeleteDialog'),
});

type HistorySearch = {sync?: string | undefined; status?: Run['status'] | undefined};
const history = createRoute({
  getParentRoute: () => app,
  path: '/history',
  validateSearch: (search: Search): HistorySearch => ({
    sync: text(search['sync']),
    status: oneOf(t.runStatuses, search['status']),
  }),
  loader: ({context}) => context.queries.ensureQueryData(syncs()),
  component: lazyRouteComponent(() => import('./pages/history.tsx'), 'HistoryPage'),
});

type RunSearch = {
  phase?: EventSummary['phase'] | keyof typeof t.events.phaseGroups | undefined;
  operation?: EventSummary['operation'] | undefined;
  issue?: string | undefined;
  field?: string | undefined;
  search?: string | undefined;
};
const runOne = createRoute({
  getParentRoute: () => app,
  path: '/runs/$runId',
  validateSearch: (search: Search): RunSearch => ({
    phase: oneOf({...t.phases, ...t.events.phaseGroups}, search['phase']),
    operation: oneOf(t.operations, search['operation']),
    issue: text(search['issue']),
    field: text(search['field']),
    search: text(search['search']),
  }),
  loader: ({context, params}) =>
    Promise.all([
      context.queries.ensureQueryData(run(params.runId)),
      context.queries.ensureQueryData(problems(params.runId)),
    ]),
  component: lazyRouteComponent(() => import('./pages/run.tsx'), 'RunPage'),
});
const runCancel = createRoute({
  getParentRoute: () => runOne,
  path: '/cancel',
  component: lazyRouteComponent(() => import('./pages/run-cancel.tsx'), 'RunCancelDialog'),
});
const runRelease = createRoute({
  getParentRoute: () => runOne,
  path: '/release',
  component: lazyRouteComponent(() => import('./pages/run-release.tsx'), 'RunReleaseDialog'),
});
const runApply = createRoute({
  getParentRoute: () => runOne,
  path: '/apply',
  component: lazyRouteComponent(() => import('./pages/run-apply.tsx'), 'RunApplyDialog'),
});
const runRetry = createRoute({
  getParentRoute: () => runOne,
  path: '/retry',
  validateSearch: (search: Search): {cause?: string | undefined} => ({cause: text(search['cause'])}),
  loader: async ({context, params}) => {
    const {sync: syncId} = await context.queries.ensureQueryData(run(params.runId));
    await context.queries.ensureQueryData(sync(syncId));
  },
  component: lazyRouteComponent(() => import('./pages/run-retry.tsx'), 'RunRetryDialog'),
});
const eventOne = createRoute({
  getParentRoute: () => runOne,
  path: '/events/$eventId',
  loader: ({context, params}) => context.queries.ensureQueryData(event(params.eventId)),
  component: lazyRouteComponent(() => import('./pages/event.tsx'), 'EventPanel'),
});

const tree = root.addChildren([
  signIn,
  welcome,
  app.addChildren([
    home,
    people.addChildren([peopleImport, personNew, person, personEdit, personRemove, personUnlink]),
    connectionList,
    connectionNew,
    connectionOne.addChildren([connectionDelete]),
    syncList,
    syncNew,
    syncOne.addChildren([syncStart, syncDelete]),
    scheduleList.addChildren([scheduleNew, scheduleOne, scheduleDelete]),
    history,
    runOne.addChildren([runCancel, runRelease, runApply, runRetry, eventOne]),
  ]),
]);

export function createAppRouter(queries: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: {queries},
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 300,
    defaultPendingComponent: Loading,
    defaultErrorComponent: Failed,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
