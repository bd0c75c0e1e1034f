// Syncs, their mappings and previews of mappings as the API shows them.
import type {Explained} from '../mapping/explain.ts';
import type {Field} from '../model/field.ts';
import type {SyncDefinition} from '../model/leg.ts';
import {runResult} from '../model/run.ts';
import {defaultSafeguards} from '../model/safeguard.ts';
import type {ShownRun} from '../store/run-pages.ts';
import type {ShownEnd} from '../store/sync-pages.ts';
import type {DefinitionIssue} from '../sync/compile-leg.ts';
import type {MappedField} from '../sync/mapped-fields.ts';
import type {MappingPreview as Preview} from '../sync/preview-mapping.ts';
import type {MappingPreview, Sync} from './contract/sync.ts';
import {wantedOf} from './present-connector.ts';
import {presentIssue} from './present-issue.ts';
import type {Frozen} from './route.ts';

export type SyncToShow = {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly definition: SyncDefinition;
  readonly createdAt: Date;
  readonly source: ShownEnd;
  readonly destination: ShownEnd;
};

export function presentSync(sync: SyncToShow, lastRun: ShownRun | undefined): Frozen<Sync> {
  const {definition} = sync;
  const [leg] = definition.legs;
  return {
    id: sync.id,
    name: sync.name,
    version: sync.version,
    source: presentEnd(sync.source, definition.sourceResource),
    destination: presentEnd(sync.destination, leg?.resource ?? ''),
    scope: leg?.scope ?? null,
    mode: leg?.mode ?? 'create',
    onChange: definition.onChange,
    settings: definition.settings,
    safeguards: definition.safeguards ?? defaultSafeguards,
    mapping: leg?.mapping ?? {},
    createdAt: sync.createdAt.toISOString(),
    lastRun: presentLastRun(lastRun),
  };
}

export function presentLastRun(run: ShownRun | undefined): Frozen<Sync['lastRun']> {
  if (!run) return null;
  const {id, status, save, failures} = run;
  const result = status === 'complete' ? runResult(run) : null;
  return {id, status, result, save, startedAt: run.startedAt?.toISOString() ?? null, failures};
}

function presentEnd(connection: ShownEnd, resource: string) {
  return {connection: connection.id, connectionName: connection.name, connector: connection.connector, resource};
}

export function presentMappedField({field, expression, isDefault, missing, source, reads}: MappedField) {
  const {name, label, description, required = false} = field;
  return {
    field: name,
    label,
    description,
    required,
    wanted: wantedOf(field),
    expression,
    isDefault,
    missing,
    source,
    reads,
  };
}

export function presentCheckIssue({level, field, start, end, code, message, hint}: DefinitionIssue) {
  return {level, field, start, end, code, message, hint};
}

export function presentPreview(preview: Preview): Frozen<MappingPreview> {
  return {
    fields: preview.fields.map(presentMappedField),
    issues: preview.issues.map(presentCheckIssue),
    records: preview.records.map(({record, included, excludedBecause, excludedSaw, values}) => ({
      record: record.id,
      externalId: record.externalId,
      name: record.name,
      included,
      excludedBecause,
      excludedSaw: excludedSaw.map(({field: {name, label}, value}) => ({field: name, label, value})),
      values: values.map(({field, explained}) => presentExplained(field, explained)),
    })),
  };
}

function presentExplained(field: Field, {expression, inputs, result, issues}: Explained) {
  const [issue] = issues;
  return {
    field: field.name,
    label: field.label,
    value: result ?? null,
    expression,
    inputs,
    message: issue ? presentIssue(issue).message : null,
  };
}
