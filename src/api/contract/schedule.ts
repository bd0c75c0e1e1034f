// Schedules: when a sync starts by itself.
import {z} from 'zod';
import {id, instant, json, listQuery, requestIssue, text} from './page.ts';
import {lastRun} from './sync.ts';

const cron = text(200).meta({
  description: 'Five parts: minute, hour, day of the month, month and weekday. 0 7 * * 1-5 is weekdays at 07:00',
  example: '0 7 * * 1-5',
});
const zone = text(60).meta({description: 'An IANA time zone', example: 'Pacific/Auckland'});
const name = text(120).trim().min(1);
const inputs = z
  .object({only: z.array(text(200).min(1)).max(1000).optional()})
  .catchall(json)
  .meta({
    description: 'As of a run; `only` has record ids, or ids in the source, and left out or empty means everybody',
  });

export const scheduleCreate = z.strictObject({
  name,
  sync: id,
  cron,
  zone,
  save: z.boolean().default(false).meta({description: 'False: previews only'}),
  inputs: inputs.default({}),
  enabled: z.boolean().default(true),
});
export type ScheduleCreate = z.input<typeof scheduleCreate>;

export const scheduleUpdate = z.strictObject({
  name: name.optional(),
  cron: cron.optional(),
  zone: zone.optional(),
  save: z.boolean().optional(),
  inputs: inputs.optional(),
  enabled: z.boolean().optional(),
});

export const schedule = z
  .object({
    id,
    name: z.string(),
    sync: id,
    syncName: z.string(),
    cron: z.string(),
    zone: z.string(),
    save: z.boolean(),
    inputs,
    enabled: z.boolean(),
    nextRuns: z.array(instant).meta({description: 'The next three starts; none while it is paused'}),
    lastRun,
    lastSkipped: z
      .object({at: instant, message: z.string(), hint: z.string()})
      .nullable()
      .meta({description: 'The last time at which no run was started, and why'}),
    createdAt: instant,
  })
  .meta({id: 'Schedule'});
export type Schedule = z.infer<typeof schedule>;

export const scheduleQuery = listQuery.extend({sync: id.optional()});

export const rhythmCheckRequest = z.strictObject({cron, zone});
export const rhythmCheck = z
  .object({nextRuns: z.array(instant), issues: z.array(requestIssue)})
  .meta({id: 'RhythmCheck'});
