// Records: the latest that each source said, and files that bring them.
import {z} from 'zod';
import {id, instant, jsonObject, listQuery, owner, text} from './page.ts';

export const issue = z
  .object({
    level: z.enum(['error', 'warning', 'info']),
    code: z.string(),
    field: z.string().nullable(),
    label: z.string().nullable(),
    message: z.string(),
    hint: z.string(),
    owner,
  })
  .meta({id: 'Issue'});
export type Issue = z.infer<typeof issue>;

export const record = z
  .object({
    id,
    connection: id,
    resource: z.string(),
    externalId: z.string(),
    person: id.nullable(),
    name: z.string(),
    data: jsonObject.meta({description: 'With the records it refers to put in'}),
    issues: z.array(issue),
    stagedAt: instant,
    goneAt: instant.nullable(),
  })
  .meta({id: 'Record'});
export type Record = z.infer<typeof record>;

export const recordQuery = listQuery.extend({
  connection: id.optional(),
  resource: text(60).optional(),
  search: text(200).trim().optional(),
});

export const file = z
  .object({
    id,
    connection: id,
    run: id.nullable(),
    direction: z.enum(['in', 'out']),
    resource: z.string(),
    name: z.string(),
    sizeBytes: z.number().int(),
    sha256: z.string(),
    status: z.enum(['received', 'reading', 'complete', 'failed']),
    message: z.string().nullable(),
    hint: z.string().nullable(),
    rows: z.number().int(),
    accepted: z.number().int(),
    issueCount: z.number().int(),
    issues: z.array(issue).meta({description: 'The first 200'}),
    createdAt: instant,
  })
  .meta({id: 'File'});
export type File = z.infer<typeof file>;

export const fileQuery = z.object({
  resource: text(60).optional().meta({description: 'Left out: application, or the only one that the connection has'}),
  name: text(200).default('upload.csv'),
  columns: z
    .string()
    .max(20_000)
    .optional()
    .meta({description: 'JSON object from column header to field name, where headers are neither names nor labels'}),
});
