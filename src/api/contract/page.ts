// What every answer of the API has in common: pages, errors, ids. zod is the one source of validation, OpenAPI and the
// web app's types.
import {z} from 'zod';
import type {Json} from '../../std/json.ts';

export const id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w-]+$/)
  .meta({description: 'An id with its prefix', example: 'run_01k9z3v5q0c8w2n4x6t7y8'});
export const instant = z.iso.datetime().meta({description: 'ISO 8601, UTC'});

export const listQuery = z.object({
  cursor: z
    .string()
    .max(100)
    .regex(/^[\w-]+$/)
    .optional()
    .meta({description: '`next` of the page before'}),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({items: z.array(item), next: z.string().nullable()});
}

/** Text that a database can hold: no NUL. */
export function text(maxLength: number) {
  return z
    .string()
    .max(maxLength)
    .regex(/^[^\0]*$/);
}

export const idParams = z.object({id});

export const requestIssue = z.object({
  code: z.string(),
  field: z.string(),
  message: z.string(),
  start: z.number().int().nullable().optional().meta({description: 'Where in an expression'}),
  end: z.number().int().nullable().optional(),
});

export const errorBody = z
  .object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      hint: z.string(),
      issues: z.array(requestIssue).optional(),
      requestId: z.string(),
    }),
  })
  .meta({id: 'Error'});
export type ErrorBody = z.infer<typeof errorBody>;

/**
 * Any JSON value; its shape is the connector's or the source's business. What was parsed from JSON text cannot be anything
 * else, so only presence is looked at: `z.json()` walks every value through a union.
 */
export const json = z.custom<Json>(value => value !== undefined).meta({id: 'Json', description: 'Any JSON value'});
export const jsonObject = z.record(z.string(), json);

export const choice = z.object({value: z.string(), label: z.string()});
export const owner = z
  .enum(['source', 'admin', 'destination', 'support', 'nobody'])
  .meta({description: 'Who can mend it'});

/** How a sync keeps records. */
export const mode = z.enum(['create', 'upsert', 'mirror']);
