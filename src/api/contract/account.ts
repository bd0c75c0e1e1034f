// Who is signed in, the company, and its API keys.
import {z} from 'zod';
import {id, instant} from './page.ts';

export const role = z.enum(['owner', 'admin', 'operator', 'reviewer', 'viewer', 'auditor']);

export const session = z
  .object({
    user: z.object({id, name: z.string(), email: z.string()}).nullable(),
    company: z.object({id, name: z.string()}),
    role,
    rights: z.array(z.string()),
  })
  .meta({id: 'Session'});
export type Session = z.infer<typeof session>;

/** Claims the one-time link that is printed at first start. */
export const ownerCreate = z.strictObject({
  token: z.string().min(20).max(200),
  name: z.string().trim().min(1).max(120),
  email: z.email().max(200),
  password: z.string().min(12).max(200),
});

export const apiKey = z
  .object({
    id,
    name: z.string(),
    role,
    createdAt: instant,
    expiresAt: instant.nullable(),
    lastUsedAt: instant.nullable(),
    revokedAt: instant.nullable(),
  })
  .meta({id: 'ApiKey'});
export type ApiKey = z.infer<typeof apiKey>;

export const apiKeyCreate = z.strictObject({
  name: z.string().trim().min(1).max(120),
  role: role.exclude(['owner']),
  expiresAt: instant.optional(),
});
export const apiKeyCreated = apiKey
  .extend({key: z.string().meta({description: 'Shown this once'})})
  .meta({id: 'ApiKeyCreated'});

export const health = z.object({
  status: z.literal('ok'),
  version: z.string(),
  supportUrl: z.string().nullable().meta({description: 'Where help is to be had: a web address or mailto:'}),
});
export const readiness = z.object({
  status: z.enum(['ready', 'starting', 'stopping']),
  database: z.enum(['ok', 'unreachable']),
});
