// Links: this record of a source is that record of a destination.
import {z} from 'zod';
import {id, instant, listQuery, text} from './page.ts';

export const link = z
  .object({
    id,
    record: id,
    name: z.string().meta({description: 'Of the record, as it is called today'}),
    externalId: z.string(),
    connection: id,
    resource: z.string(),
    destinationId: z.string(),
    by: z.string().meta({description: 'Who made it'}),
    run: id.nullable().meta({description: 'The run that made it, where it was no person'}),
    at: instant,
  })
  .meta({id: 'Link'});
export type Link = z.infer<typeof link>;

export const linkQuery = listQuery.extend({
  connection: id.optional(),
  record: id.optional(),
  search: text(200)
    .trim()
    .optional()
    .meta({description: "A record's name or id in its source, or an id in the destination"}),
});

export const linkCreate = z.strictObject({
  record: id,
  connection: id,
  resource: text(60).min(1),
  destinationId: text(200).trim().min(1),
});
