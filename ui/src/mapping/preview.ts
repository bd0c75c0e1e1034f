// What a mapping would give on real records, asked of the server while it is being edited.
import {useDebouncedValue} from '@mantine/hooks';
import {keepPreviousData, useQuery} from '@tanstack/react-query';
import type {Answer, Body} from '../../../src/api/contract/routes.ts';
import type {Mapping} from '../../../src/api/contract/sync.ts';
import {call} from '../api/client.ts';

export type Preview = Answer<'POST /mapping-previews'>;
export type PreviewRequest = Body<'POST /mapping-previews'>;
export type MappedField = Preview['fields'][number];
export type SampleRecord = Preview['records'][number];
export type Explained = SampleRecord['values'][number];
export type Problem = Preview['issues'][number];

const typingPauseMs = 300;

/** Asks again once typing pauses; until the answer the last one stays. */
export function useMappingPreview(request: PreviewRequest | undefined) {
  const [body] = useDebouncedValue(request, typingPauseMs);
  return useQuery({
    queryKey: ['POST /mapping-previews', body],
    queryFn: ({signal}) => call('POST /mapping-previews', {body: body as PreviewRequest, signal}), // enabled says it is there
    enabled: body !== undefined,
    placeholderData: keepPreviousData,
  });
}

type Entry = Mapping[string];

/** The mapping with another expression for one field; what else was said about the field is kept. */
export function withExpression(mapping: Mapping, field: string, value: string): Mapping {
  const old = mapping[field];
  return {...mapping, [field]: old !== null && typeof old === 'object' ? {...old, value} : value};
}

/** Back to the default: the field is not mentioned at all. */
export function withoutField(mapping: Mapping, field: string): Mapping {
  return Object.fromEntries(Object.entries(mapping).filter(([name]) => name !== field));
}

export type Missing = 'leave' | 'clear' | 'reject';

export function withMissing(mapping: Mapping, field: string, expression: string, missing: Missing): Mapping {
  const old = mapping[field];
  const kept = old !== null && typeof old === 'object' ? old : {};
  return {...mapping, [field]: {...kept, value: expression, missing}};
}

export function expressionOf(entry: Entry | undefined): string | undefined {
  if (entry === null || entry === undefined) return undefined;
  return typeof entry === 'string' ? entry : entry.value;
}

/** What needs a person first: required with nothing to fill it, then those with a mistake; the rest as the system lists them. */
export function inOrderOfNeed(fields: readonly MappedField[], issues: readonly Problem[]): MappedField[] {
  const wrong = new Set(issues.map(issue => issue.field));
  const need = (field: MappedField) => (field.required && !field.expression ? 0 : wrong.has(field.field) ? 1 : 2);
  return [...fields].sort((a, b) => need(a) - need(b));
}

export function isChanged(saved: Mapping, draft: Mapping, field: string): boolean {
  return JSON.stringify(saved[field]) !== JSON.stringify(draft[field]) || field in saved !== field in draft;
}
