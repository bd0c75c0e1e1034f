// Connections: a company's configured connectors. Secrets go in and never come out.
import {z} from 'zod';
import {resource} from './connector.ts';
import {id, instant, json, jsonObject, owner, text} from './page.ts';

export const connection = z
  .object({
    id,
    name: z.string(),
    connector: z.string(),
    connectorName: z.string(),
    status: z.enum(['pending', 'connected', 'inactive']),
    checkedAt: instant.nullable(),
    message: z.string().nullable(),
    hint: z.string().nullable(),
    settings: jsonObject,
    secretsSet: z.array(z.string()).meta({description: 'Names of the secrets that are stored'}),
  })
  .meta({id: 'Connection'});
export type Connection = z.infer<typeof connection>;

export const connectionDetail = connection
  .extend({resources: z.array(resource).meta({description: "With this tenant's own fields"})})
  .meta({id: 'ConnectionDetail'});
export type ConnectionDetail = z.infer<typeof connectionDetail>;

const name = text(120).trim().min(1);
const secrets = z.record(z.string(), z.string().max(10_000));

export const connectionCreate = z.strictObject({
  name,
  connector: z.string(),
  settings: jsonObject.default({}),
  secrets: secrets.default({}),
});
export type ConnectionCreate = z.input<typeof connectionCreate>;

export const connectionUpdate = z.strictObject({
  name: name.optional(),
  settings: jsonObject.optional(),
  secrets: secrets.optional(),
});
export type ConnectionUpdate = z.input<typeof connectionUpdate>;

export const finding = z
  .object({level: z.enum(['error', 'warning', 'info']), code: z.string(), message: z.string(), hint: z.string(), owner})
  .meta({id: 'Finding'});

export const checkResult = z.object({ok: z.boolean(), findings: z.array(finding)}).meta({id: 'CheckResult'});
export type CheckResult = z.infer<typeof checkResult>;

export const push = z.strictObject({
  resource: text(60),
  records: z.array(z.strictObject({id: text(200).min(1), data: z.record(z.string(), json)})).max(1000),
  snapshot: z.strictObject({id: text(100).min(1), last: z.boolean()}).optional(),
  onlyNew: z.boolean().optional().meta({description: 'Refuse ids that are taken, and store nothing then'}),
});
export type Push = z.input<typeof push>;

export const pushed = z
  .object({
    accepted: z.number().int(),
    queued: z.number().int().meta({description: 'Events that syncs with onChange made of it'}),
  })
  .meta({id: 'Pushed'});
