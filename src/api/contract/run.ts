// Runs and their events: what happened to each record.
import {z} from 'zod';
import {id, instant, json, jsonObject, listQuery, text} from './page.ts';
import {issue} from './record.ts';

export const totals = z
  .object({
    total: z.number().int(),
    created: z.number().int(),
    updated: z.number().int(),
    linked: z.number().int(),
    deactivated: z.number().int(),
    unchanged: z.number().int(),
    skipped: z.number().int(),
    held: z.number().int(),
    failures: z.number().int(),
    errors: z.number().int(),
    warnings: z.number().int(),
    infos: z.number().int(),
  })
  .meta({id: 'Totals'});

export const runStatus = z.enum(['queued', 'running', 'waiting', 'held', 'complete', 'failed', 'cancelled']);

export const run = z
  .object({
    id,
    sync: id,
    syncName: z.string(),
    syncVersion: z.number().int(),
    status: runStatus,
    stage: z.enum(['read', 'plan', 'deliver', 'done']),
    waitingFor: z.string().nullable(),
    message: z.string().nullable().meta({description: 'Why it failed or who cancelled it'}),
    hint: z.string().nullable(),
    result: z.enum(['successful', 'partially_successful', 'unsuccessful']).nullable(),
    save: z.boolean(),
    queuedAt: instant,
    startedAt: instant.nullable(),
    finishedAt: instant.nullable(),
    durationMs: z.number().int().nullable(),
    startedBy: z.string(),
    pending: z
      .number()
      .int()
      .nullable()
      .meta({description: 'Records of this run that still wait; null once it is over'}),
    totals,
    unchangedSince: z
      .object({run: id, startedAt: instant, records: z.number().int()})
      .nullable()
      .meta({description: 'So many records are counted but not listed: what to say of them is what that run said'}),
  })
  .meta({id: 'Run'});
export type Run = z.infer<typeof run>;

const only = z.array(text(200).min(1)).min(1).max(1000);

export const runCreate = z.union([
  z.strictObject({
    sync: id,
    save: z.boolean().default(false),
    only: only.optional().meta({description: 'Record ids, or ids in the source'}),
    inputs: jsonObject.optional(),
  }),
  z
    .strictObject({plan: id, only: only.optional().meta({description: 'Record ids; left out, the whole plan'})})
    .meta({description: 'Applies what a preview showed; what has moved since is skipped'}),
]);
export type RunCreate = z.input<typeof runCreate>;

export const runRelease = z.strictObject({
  only: only.optional().meta({description: 'Record ids; the others are skipped. Left out, the whole plan'}),
});

export const runQuery = listQuery.extend({sync: id.optional(), status: runStatus.optional()});

export const operation = z.enum(['show', 'create', 'update', 'link', 'deactivate', 'reactivate']);
export const phase = z.enum(['queued', 'in_progress', 'held', 'complete', 'skipped', 'error']);

export const eventSummary = z
  .object({
    id,
    run: id,
    record: id,
    person: id.nullable(),
    externalId: z.string(),
    name: z.string().meta({description: 'Of the record, as it is called today'}),
    destinationId: z.string().nullable(),
    operation,
    phase,
    status: z.number().int().nullable(),
    message: z.string(),
    reason: z.string().nullable().meta({description: 'The code behind the message'}),
    at: instant,
    durationMs: z.number().int().nullable(),
    attempt: z.number().int(),
    issues: z.array(issue),
  })
  .meta({id: 'EventSummary'});
export type EventSummary = z.infer<typeof eventSummary>;

export const call = z
  .object({
    id,
    event: id.nullable(),
    connection: id,
    method: z.string(),
    path: z.string(),
    status: z.number().int().nullable(),
    outcome: z.string(),
    durationMs: z.number().int(),
    attempt: z.number().int(),
    request: json.nullable(),
    response: json.nullable(),
    at: instant,
  })
  .meta({id: 'Call'});
export type Call = z.infer<typeof call>;

export const event = eventSummary
  .extend({
    sync: id,
    syncName: z.string(),
    hint: z.string(),
    destinationUrl: z.string().nullable().meta({description: "The record's page in the other system"}),
    values: z.array(
      z.object({
        field: z.string(),
        label: z.string(),
        value: json.nullable(),
        before: json.nullable().optional().meta({description: 'What the destination had, where that is known'}),
        state: z.enum(['given', 'refused', 'missing']).meta({
          description: 'Refused: as it came, the issues of this field say why. Missing: required and not there.',
        }),
        from: z.string().nullable().meta({description: 'The expression'}),
        source: z.string().nullable().meta({description: 'The label of where it comes from'}),
      }),
    ),
    calls: z.array(call),
    data: jsonObject.nullable().meta({description: 'The source record as it is today'}),
  })
  .meta({id: 'Event'});
export type Event = z.infer<typeof event>;

export const eventQuery = listQuery.extend({
  phase: text(100)
    .transform(list => [...new Set(list.split(','))])
    .pipe(z.array(phase))
    .optional()
    .meta({description: 'One phase, or several with commas between them', example: 'error,held'}),
  operation: operation.optional(),
  issue: text(100).optional(),
  field: text(200).optional().meta({description: 'With an issue: only where it is about this field'}),
  search: text(200).trim().optional(),
});

export const problem = z
  .object({
    code: z.string(),
    level: z.enum(['error', 'warning', 'info']),
    field: z.string().nullable(),
    label: z.string().nullable(),
    message: z.string().meta({description: 'In words that hold for all of them'}),
    example: z
      .object({event: id, name: z.string(), message: z.string()})
      .nullable()
      .meta({description: 'One of several, in its own words; null where the message says no less'}),
    owner: z.string(),
    events: z.number().int(),
  })
  .meta({id: 'Problem'});
export type Problem = z.infer<typeof problem>;
