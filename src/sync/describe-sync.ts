// A sync's mapping as it stands today: every field, what fills it, and what is wrong with it since either system changed.

import {messageText} from '../messages/text.ts';
import {compileLeg, type DefinitionIssue, legIssues} from './compile-leg.ts';
import type {Hub} from './hub.ts';
import type {LoadedSync} from './load-sync.ts';
import {type MappedField, mappedFields} from './mapped-fields.ts';
import {mappingSettings} from './mapping-settings.ts';
import {connectorOf, resourceOf} from './resources.ts';

export type DescribedSync = {readonly fields: readonly MappedField[]; readonly issues: readonly DefinitionIssue[]};

/** Never inside a transaction, as `resourcesOf`. A resource that is no longer there is an issue, no error. */
export async function describeSync(hub: Hub, companyId: string, sync: LoadedSync): Promise<DescribedSync> {
  const {definition} = sync;
  const [leg] = definition.legs;
  const source = await resourceOf(hub, companyId, sync.source, definition.sourceResource);
  const destination = await resourceOf(hub, companyId, sync.destination, leg?.resource ?? '');
  if (!source) return {fields: [], issues: [gone('source.resource', sync.source.name, definition.sourceResource)]};
  if (!leg || !destination) {
    return {fields: [], issues: [gone('destination.resource', sync.destination.name, leg?.resource ?? '')]};
  }
  const settings = mappingSettings(connectorOf(hub, sync.destination), sync.destination.settings, definition.settings);
  const compiled = compileLeg({leg, source, destination, settings});
  return {fields: mappedFields(compiled.mapping, source, destination, leg.mapping), issues: legIssues(compiled)};
}

function gone(field: string, connection: string, name: string): DefinitionIssue {
  const code = 'resource.gone';
  const {text: message, hint} = messageText(code, {connection, name});
  return {level: 'error', code, field, message, hint, start: null, end: null};
}
