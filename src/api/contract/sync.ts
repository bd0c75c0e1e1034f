// Syncs: what goes from where to where, for whom, and how each field is filled.
import {z} from 'zod';
import {id, instant, json, jsonObject, mode, text} from './page.ts';

const expression = z.string().max(2000);

export const fieldMapping = z.strictObject({
  value: expression,
  missing: z.union([z.enum(['leave', 'clear', 'reject']), z.strictObject({default: json})]).optional(),
  write: z.enum(['always', 'onCreate', 'ifEmpty']).optional(),
  rules: z
    .array(
      z.strictObject({check: expression, else: z.enum(['error', 'warning', 'info']), message: z.string().max(160)}),
    )
    .max(20)
    .optional(),
});

export const mapping = z
  .record(z.string(), z.union([expression, fieldMapping, z.null()]))
  .meta({id: 'Mapping', description: 'Destination field ← expression; null leaves the field out'});
export type Mapping = z.infer<typeof mapping>;

const end = z.strictObject({connection: id, resource: z.string().max(60)});
const name = text(120).trim().min(1);

export const leg = z.strictObject({
  name: z.string().max(60),
  resource: z.string().max(60),
  key: expression.optional(),
  scope: expression.optional(),
  mapping: mapping.default({}),
  mode: mode.default('create'),
  match: z.array(z.string()).optional(),
  needs: z.array(z.string()).optional(),
});

const count = z.number().int().min(0).max(1_000_000);

export const safeguards = z
  .strictObject({
    deactivations: z.strictObject({percent: z.number().min(0).max(100), least: count}).nullable(),
    creations: z.strictObject({times: z.number().min(1).max(1000), least: count}).nullable(),
  })
  .meta({
    id: 'Safeguards',
    description: 'A plan over a limit is held until a person releases it; null switches a limit off',
  });

export const syncCreate = z.strictObject({
  name,
  source: end,
  destination: end,
  scope: expression.optional(),
  mapping: mapping.optional(),
  mode: mode.default('create'),
  onChange: z.boolean().default(false),
  settings: jsonObject.default({}),
  safeguards: safeguards.optional(),
});
export type SyncCreate = z.input<typeof syncCreate>;

export const syncUpdate = z.strictObject({
  name: name.optional(),
  scope: expression.nullable().optional(),
  mapping: mapping.optional(),
  mode: mode.optional(),
  onChange: z.boolean().optional(),
  settings: jsonObject.optional(),
  safeguards: safeguards.optional(),
});
export type SyncUpdate = z.input<typeof syncUpdate>;

export const checkIssue = z
  .object({
    level: z.enum(['error', 'warning']),
    field: z.string().nullable(),
    start: z.number().int().nullable(),
    end: z.number().int().nullable(),
    code: z.string(),
    message: z.string(),
    hint: z.string(),
  })
  .meta({id: 'CheckIssue'});

export const mappedField = z
  .object({
    field: z.string(),
    label: z.string(),
    description: z.string(),
    required: z.boolean(),
    wanted: z.string().nullable(),
    expression: z.string().nullable().meta({description: 'Null: nothing fills this field'}),
    isDefault: z.boolean(),
    missing: z.union([z.enum(['leave', 'clear', 'reject']), z.object({default: json})]),
    source: z.string().nullable(),
    reads: z.array(z.string()),
  })
  .meta({id: 'MappedField'});

const syncEnd = z.object({connection: id, connectionName: z.string(), connector: z.string(), resource: z.string()});

/** In short, beside what it is the last run of. */
export const lastRun = z
  .object({
    id,
    status: z.string(),
    result: z.string().nullable(),
    save: z.boolean(),
    startedAt: instant.nullable(),
    failures: z.number().int(),
  })
  .nullable();

export const sync = z
  .object({
    id,
    name: z.string(),
    version: z.number().int(),
    source: syncEnd,
    destination: syncEnd,
    scope: z.string().nullable(),
    mode,
    onChange: z.boolean(),
    settings: jsonObject,
    safeguards,
    mapping,
    createdAt: instant,
    lastRun,
  })
  .meta({id: 'Sync'});
export type Sync = z.infer<typeof sync>;

export const syncDetail = sync
  .extend({fields: z.array(mappedField), issues: z.array(checkIssue)})
  .meta({id: 'SyncDetail'});
export type SyncDetail = z.infer<typeof syncDetail>;

export const mappingPreviewRequest = z.strictObject({
  source: end,
  destination: end,
  scope: expression.optional(),
  mapping: mapping.optional(),
  settings: jsonObject.default({}),
  records: z.array(id).max(20).optional().meta({description: 'Left out: the first few'}),
});

export const explainedValue = z.object({
  field: z.string(),
  label: z.string(),
  value: json.nullable(),
  expression: z.string().nullable(),
  inputs: z.array(
    z.object({path: z.string(), state: z.enum(['value', 'absent', 'null', 'blank']), value: json.nullable()}),
  ),
  message: z.string().nullable(),
});

export const mappingPreview = z
  .object({
    fields: z.array(mappedField),
    issues: z.array(checkIssue),
    records: z.array(
      z.object({
        record: id,
        externalId: z.string(),
        name: z.string(),
        included: z.boolean().nullable(),
        excludedBecause: z.string().nullable().meta({description: 'The clause that is not so'}),
        excludedSaw: z
          .array(z.object({field: z.string(), label: z.string(), value: json.nullable()}))
          .meta({description: 'What that clause saw of the record'}),
        values: z.array(explainedValue),
      }),
    ),
  })
  .meta({id: 'MappingPreview'});
export type MappingPreview = z.infer<typeof mappingPreview>;

export const expressionCheckRequest = z.strictObject({
  connection: id,
  resource: z.string(),
  expression,
  wanted: z.enum(['text', 'number', 'decimal', 'boolean', 'date', 'instant', 'list', 'object']).optional(),
  destination: id.optional().meta({description: 'The connection whose settings it may read'}),
  settings: jsonObject.default({}),
  sample: id.optional().meta({description: 'A record to try it on'}),
});
export const expressionCheck = z
  .object({
    type: z.string().nullable(),
    reads: z.array(z.string()),
    issues: z.array(z.object({start: z.number().int(), end: z.number().int(), code: z.string(), message: z.string()})),
    value: json.nullable(),
  })
  .meta({id: 'ExpressionCheck'});
