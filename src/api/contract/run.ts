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
    behind: id.nullable().meta({description: 'The run of the same sync that comes first'}),
    follows: z
      .object({run: id, kind: z.enum(['retry', 'decision'])})
      .nullable()
      .meta({description: 'The run whose records a person had tried again, or decided'}),
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

const followUp = z.object({
  kind: z.enum(['retry', 'decision']),
  run: id,
  event: id.nullable(),
  phase: phase.nullable(),
  by: z.string(),
  at: instant,
});

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

const held = z.object({
  kind: z.enum(['ambiguous', 'unverified', 'blocked', 'other']),
  candidates: z.array(
    z.object({
      destinationId: z.string(),
      url: z.string().nullable(),
      takenBy: z.object({record: id, name: z.string()}).nullable(),
    }),
  ),
  blockedBy: z.object({event: id, run: id, name: z.string()}).nullable(),
});
export type Held = z.infer<typeof held>;

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
    held: held.nullable().meta({description: 'What there is to decide, while it is held'}),
    follows: followUp.nullable().meta({description: 'The event before, which a person had tried again or decided'}),
    followedBy: z.array(followUp).meta({description: 'What a person had made of it, the newest first'}),
    data: jsonObject.nullable().meta({description: 'The source record as it is today'}),
  })
  .meta({id: 'Event'});
export type Event = z.infer<typeof event>;

const retryMapping = z
  .enum(['today', 'then'])
  .default('today')
  .meta({description: 'As the sync maps now, or as it did in the run before'});
export const eventRetry = z.strictObject({mapping: retryMapping});
export const eventRelease = z
  .strictObject({
    link: text(200).trim().min(1).optional().meta({description: 'It is this record of the destination'}),
    create: z.literal(true).optional().meta({description: 'It is none of those there: create it'}),
    again: z.literal(true).optional().meta({description: 'It did not arrive: send it again'}),
  })
  .refine(body => Object.values(body).filter(value => value !== undefined).length <= 1, {error: 'one of them'})
  .meta({description: 'Nothing: it goes on as planned, now that what it waited for is decided'});
export type EventRelease = z.infer<typeof eventRelease>;
export const runRetry = z.strictObject({
  issue: text(100).min(1).optional().meta({description: 'Only those with this issue or reason'}),
  reason: text(100).min(1).optional().meta({description: 'Only those with this reason'}),
  mapping: retryMapping,
});

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
    failed: z.number().int().meta({description: 'Those of them that ended in error, which can be tried again'}),
  })
  .meta({id: 'Problem'});
export type Problem = z.infer<typeof problem>;
