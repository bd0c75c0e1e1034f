// The table of every route: what goes in, what comes out, and which right it needs. Registration, OpenAPI, the web app's
// client and the authorisation tests are all made from it, so a route cannot exist without a right.
import {z} from 'zod';
import type {Right} from '../../model/role.ts';
import * as account from './account.ts';
import * as connection from './connection.ts';
import {connector} from './connector.ts';
import * as link from './link.ts';
import {id, idParams, listQuery, pageOf, text} from './page.ts';
import * as record from './record.ts';
import * as run from './run.ts';
import * as schedule from './schedule.ts';
import * as sync from './sync.ts';

export type Route = {
  readonly summary: string;
  readonly tag: string;
  /** `open` needs no sign-in. */
  readonly right: Right | 'open';
  readonly status: 200 | 201 | 202 | 204;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** The body may be left out altogether: then it is that of an empty object. */
  readonly bare?: true;
  /** The body is not JSON but a file of one of these types, read as a stream. */
  readonly upload?: readonly string[];
  readonly response?: z.ZodType;
  /** Its answer holds a secret, which is never kept: an Idempotency-Key has no effect. */
  readonly secret?: true;
  /** Answers a stream of server-sent events, or a file. */
  readonly stream?: 'text/event-stream' | 'application/octet-stream' | 'text/plain';
};

export const routes = {
  'GET /health': {
    summary: 'The process is alive',
    tag: 'Installation',
    right: 'open',
    status: 200,
    response: account.health,
  },
  'GET /ready': {
    summary: 'Ready for work',
    tag: 'Installation',
    right: 'open',
    status: 200,
    response: account.readiness,
  },

  'POST /owner': {
    summary: 'Claim the one-time link of the first start',
    tag: 'Account',
    right: 'open',
    status: 204,
    body: account.ownerCreate,
  },
  'GET /session': {summary: 'Who is signed in', tag: 'Account', right: 'read', status: 200, response: account.session},
  'GET /api-keys': {
    summary: 'List API keys',
    tag: 'Account',
    right: 'members',
    status: 200,
    query: listQuery,
    response: pageOf(account.apiKey),
  },
  'POST /api-keys': {
    summary: 'Make an API key',
    tag: 'Account',
    right: 'members',
    status: 201,
    body: account.apiKeyCreate,
    response: account.apiKeyCreated,
    secret: true,
  },
  'DELETE /api-keys/{id}': {
    summary: 'Revoke an API key',
    tag: 'Account',
    right: 'members',
    status: 204,
    params: idParams,
  },

  'GET /connectors': {
    summary: 'List connectors',
    tag: 'Connectors',
    right: 'read',
    status: 200,
    response: pageOf(connector),
  },
  'GET /connectors/{id}': {
    summary: 'Show a connector',
    tag: 'Connectors',
    right: 'read',
    status: 200,
    params: idParams,
    response: connector,
  },

  'GET /connections': {
    summary: 'List connections',
    tag: 'Connections',
    right: 'read',
    status: 200,
    query: listQuery,
    response: pageOf(connection.connection),
  },
  'POST /connections': {
    summary: 'Make a connection and check it',
    tag: 'Connections',
    right: 'configure',
    status: 201,
    body: connection.connectionCreate,
    response: connection.connection,
  },
  'GET /connections/{id}': {
    summary: 'Show a connection',
    tag: 'Connections',
    right: 'read',
    status: 200,
    params: idParams,
    response: connection.connectionDetail,
  },
  'PATCH /connections/{id}': {
    summary: 'Change a connection and check it',
    tag: 'Connections',
    right: 'configure',
    status: 200,
    params: idParams,
    body: connection.connectionUpdate,
    response: connection.connection,
  },
  'DELETE /connections/{id}': {
    summary: 'Delete a connection that no sync uses',
    tag: 'Connections',
    right: 'configure',
    status: 204,
    params: idParams,
  },
  'POST /connections/{id}/checks': {
    summary: 'Test a connection',
    tag: 'Connections',
    right: 'run',
    status: 200,
    params: idParams,
    response: connection.checkResult,
  },
  'POST /connections/{id}/records': {
    summary: 'Push records',
    tag: 'Records',
    right: 'push',
    status: 202,
    params: idParams,
    body: connection.push,
    response: connection.pushed,
  },
  'DELETE /connections/{id}/records/{resource}/{externalId}': {
    summary: 'Say that a record is gone',
    tag: 'Records',
    right: 'push',
    status: 204,
    params: idParams.extend({resource: text(60), externalId: text(200).min(1)}),
  },
  'POST /connections/{id}/files': {
    summary: 'Upload a CSV file of records',
    tag: 'Files',
    right: 'push',
    status: 202,
    params: idParams,
    query: record.fileQuery,
    upload: ['text/csv', 'application/octet-stream'],
    response: z.object({id: z.string()}),
  },
  'GET /connections/{id}/files': {
    summary: 'List files of a connection',
    tag: 'Files',
    right: 'read',
    status: 200,
    params: idParams,
    query: listQuery,
    response: pageOf(record.file),
  },
  'GET /files/{id}': {
    summary: 'How far the reading of a file is',
    tag: 'Files',
    right: 'read',
    status: 200,
    params: idParams,
    response: record.file,
  },
  'GET /files/{id}/content': {
    summary: 'Download a file',
    tag: 'Files',
    right: 'read',
    status: 200,
    params: idParams,
    stream: 'application/octet-stream',
  },

  'GET /records': {
    summary: 'List or search records',
    tag: 'Records',
    right: 'read',
    status: 200,
    query: record.recordQuery,
    response: pageOf(record.record),
  },
  'GET /records/{id}': {
    summary: 'Show a record',
    tag: 'Records',
    right: 'read',
    status: 200,
    params: idParams,
    response: record.record,
  },
  'GET /records/{id}/events': {
    summary: 'What happened to a record',
    tag: 'Records',
    right: 'read',
    status: 200,
    params: idParams,
    query: listQuery,
    response: pageOf(run.eventSummary),
  },

  'GET /syncs': {
    summary: 'List syncs',
    tag: 'Syncs',
    right: 'read',
    status: 200,
    query: listQuery,
    response: pageOf(sync.sync),
  },
  'POST /syncs': {
    summary: 'Make a sync',
    tag: 'Syncs',
    right: 'configure',
    status: 201,
    body: sync.syncCreate,
    response: sync.syncDetail,
  },
  'GET /syncs/{id}': {
    summary: 'Show a sync with its mapping',
    tag: 'Syncs',
    right: 'read',
    status: 200,
    params: idParams,
    response: sync.syncDetail,
  },
  'PATCH /syncs/{id}': {
    summary: 'Change a sync; makes a new version',
    tag: 'Syncs',
    right: 'configure',
    status: 200,
    params: idParams,
    body: sync.syncUpdate,
    response: sync.syncDetail,
  },
  'DELETE /syncs/{id}': {summary: 'Delete a sync', tag: 'Syncs', right: 'configure', status: 204, params: idParams},
  'POST /mapping-previews': {
    summary: 'Values that a mapping would give, with why',
    tag: 'Syncs',
    right: 'read',
    status: 200,
    body: sync.mappingPreviewRequest,
    response: sync.mappingPreview,
  },
  'POST /expressions/checks': {
    summary: 'Check an expression',
    tag: 'Syncs',
    right: 'read',
    status: 200,
    body: sync.expressionCheckRequest,
    response: sync.expressionCheck,
  },

  'GET /schedules': {
    summary: 'List schedules',
    tag: 'Schedules',
    right: 'read',
    status: 200,
    query: schedule.scheduleQuery,
    response: pageOf(schedule.schedule),
  },
  'POST /schedules': {
    summary: 'Have a sync start by itself',
    tag: 'Schedules',
    right: 'configure',
    status: 201,
    body: schedule.scheduleCreate,
    response: schedule.schedule,
  },
  'GET /schedules/{id}': {
    summary: 'Show a schedule',
    tag: 'Schedules',
    right: 'read',
    status: 200,
    params: idParams,
    response: schedule.schedule,
  },
  'PATCH /schedules/{id}': {
    summary: 'Change, pause or resume a schedule',
    tag: 'Schedules',
    right: 'configure',
    status: 200,
    params: idParams,
    body: schedule.scheduleUpdate,
    response: schedule.schedule,
  },
  'DELETE /schedules/{id}': {
    summary: 'Delete a schedule; its runs stay',
    tag: 'Schedules',
    right: 'configure',
    status: 204,
    params: idParams,
  },
  'POST /schedules/checks': {
    summary: 'Check an expression and see when it is due',
    tag: 'Schedules',
    right: 'read',
    status: 200,
    body: schedule.rhythmCheckRequest,
    response: schedule.rhythmCheck,
  },

  'GET /runs': {
    summary: 'List runs',
    tag: 'Runs',
    right: 'read',
    status: 200,
    query: run.runQuery,
    response: pageOf(run.run),
  },
  'POST /runs': {
    summary: 'Run a sync, or preview it',
    tag: 'Runs',
    right: 'run',
    status: 202,
    body: run.runCreate,
    response: run.run,
  },
  'GET /runs/{id}': {
    summary: 'Show a run',
    tag: 'Runs',
    right: 'read',
    status: 200,
    params: idParams,
    response: run.run,
  },
  'POST /runs/{id}/cancellation': {
    summary: 'Cancel a run',
    tag: 'Runs',
    right: 'run',
    status: 202,
    params: idParams,
    response: run.run,
  },
  'POST /runs/{id}/release': {
    summary: 'Let a held run go on with what it planned',
    tag: 'Runs',
    right: 'review',
    status: 202,
    params: idParams,
    body: run.runRelease,
    response: run.run,
  },
  'POST /runs/{id}/retries': {
    summary: 'Try the failures of a run again, all or those of one cause',
    tag: 'Runs',
    right: 'run',
    status: 202,
    params: idParams,
    body: run.runRetry,
    bare: true,
    response: run.run,
  },
  'GET /runs/{id}/stream': {
    summary: 'Follow a run',
    tag: 'Runs',
    right: 'read',
    status: 200,
    params: idParams,
    stream: 'text/event-stream',
  },
  'GET /runs/{id}/events': {
    summary: 'Events of a run',
    tag: 'Runs',
    right: 'read',
    status: 200,
    params: idParams,
    query: run.eventQuery,
    response: pageOf(run.eventSummary),
  },
  'GET /runs/{id}/problems': {
    summary: 'Problems of a run, the most frequent first',
    tag: 'Runs',
    right: 'read',
    status: 200,
    params: idParams,
    response: pageOf(run.problem),
  },
  'GET /runs/{id}/files': {
    summary: 'Files that a run wrote',
    tag: 'Runs',
    right: 'read',
    status: 200,
    params: idParams,
    response: pageOf(record.file),
  },
  'GET /events/{id}': {
    summary: 'Show an event',
    tag: 'Runs',
    right: 'read',
    status: 200,
    params: idParams,
    response: run.event,
  },
  'POST /events/{id}/retry': {
    summary: 'Try an event again',
    tag: 'Runs',
    right: 'run',
    status: 202,
    params: idParams,
    body: run.eventRetry,
    bare: true,
    response: run.run,
  },
  'POST /events/{id}/release': {
    summary: 'Let a held event go on as decided',
    tag: 'Runs',
    right: 'decide',
    status: 202,
    params: idParams,
    body: run.eventRelease,
    bare: true,
    response: run.run,
  },
  'POST /events/{id}/skip': {
    summary: 'Leave a held event out',
    tag: 'Runs',
    right: 'decide',
    status: 200,
    params: idParams,
    response: run.event,
  },
  'GET /links': {
    summary: 'List which records are which in destinations',
    tag: 'Links',
    right: 'read',
    status: 200,
    query: link.linkQuery,
    response: pageOf(link.link),
  },
  'POST /links': {
    summary: 'Say which record of a destination a record is',
    tag: 'Links',
    right: 'review',
    status: 201,
    body: link.linkCreate,
    response: link.link,
  },
  'DELETE /links/{id}': {summary: 'Remove a link', tag: 'Links', right: 'review', status: 204, params: idParams},
  'GET /calls': {
    summary: 'Calls to other systems',
    tag: 'Runs',
    right: 'read',
    status: 200,
    query: listQuery.extend({
      connection: id.optional(),
      outcome: text(60).optional(),
      from: z.iso.datetime().optional(),
      to: z.iso.datetime().optional(),
    }),
    response: pageOf(run.call),
  },
} as const satisfies Record<string, Route>;

export type Routes = typeof routes;
export type RouteName = keyof Routes;
export type Params<N extends RouteName> = Routes[N] extends {params: infer S extends z.ZodType}
  ? z.infer<S>
  : undefined;
export type Query<N extends RouteName> = Routes[N] extends {query: infer S extends z.ZodType} ? z.input<S> : undefined;
export type Body<N extends RouteName> = Routes[N] extends {body: infer S extends z.ZodType} ? z.input<S> : undefined;
export type Answer<N extends RouteName> = Routes[N] extends {response: infer S extends z.ZodType}
  ? z.infer<S>
  : undefined;
