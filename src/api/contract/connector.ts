// Connectors: the products that Muster can talk to, as their manifests say.
import {z} from 'zod';
import {choice, json, mode} from './page.ts';

export const settingField = z
  .object({
    name: z.string(),
    label: z.string(),
    description: z.string(),
    type: z.enum(['text', 'url', 'number', 'boolean', 'choice', 'list', 'file']),
    required: z.boolean(),
    default: json.optional(),
    choices: z.array(choice).optional(),
    placeholder: z.string().optional(),
    visibleIf: z.object({setting: z.string(), in: z.array(json)}).optional(),
  })
  .meta({id: 'SettingField'});
export type SettingField = z.infer<typeof settingField>;

export const field = z
  .object({
    name: z.string(),
    label: z.string(),
    description: z.string(),
    type: z.enum(['text', 'number', 'decimal', 'boolean', 'date', 'instant', 'list', 'object']),
    required: z.boolean(),
    wanted: z.string().nullable().meta({description: 'Its constraint in words'}),
    choices: z.array(choice),
    default: z.string().nullable(),
    source: z.string().nullable(),
    standard: z.string().nullable(),
    sensitivity: z.enum(['ordinary', 'personal', 'confidential', 'special']),
  })
  .meta({id: 'Field'});
export type Field = z.infer<typeof field>;

export const resource = z
  .object({
    name: z.string(),
    label: z.string(),
    plural: z.string(),
    description: z.string(),
    capabilities: z.array(z.string()),
    modes: z
      .array(mode)
      .meta({description: 'How a sync can keep records of this kind; none where it is no destination'}),
    scope: z.string().nullable(),
    keys: z.array(z.object({name: z.string(), label: z.string(), strength: z.enum(['sure', 'likely'])})),
    fields: z.array(field),
  })
  .meta({id: 'Resource'});
export type Resource = z.infer<typeof resource>;

export const connector = z
  .object({
    id: z.string(),
    name: z.string(),
    summary: z.string(),
    categories: z.array(z.string()),
    maker: z.enum(['own', 'partner']),
    developer: z.string(),
    support: z.string(),
    permissions: z.array(z.string()),
    builtIn: z.boolean(),
    roles: z.array(z.enum(['source', 'destination'])),
    settings: z.array(settingField),
    secrets: z.array(settingField),
    resources: z.array(resource),
  })
  .meta({id: 'Connector'});
export type Connector = z.infer<typeof connector>;
