// Makes and changes syncs. A definition is examined whole before it is stored: both ends exist and can do what is asked,
// every expression compiles, every required field is filled. So a run never meets a definition that cannot work.

import {isUniqueViolation} from '../db/sqlstate.ts';
import {inCompany} from '../db/transaction.ts';
import {type ErrorIssue, MusterError} from '../errors.ts';
import {type MessageParams, messageText} from '../messages/text.ts';
import type {Mapping, Mode, SyncDefinition} from '../model/leg.ts';
import {modesOf, type Resource} from '../model/resource.ts';
import type {Safeguards} from '../model/safeguard.ts';
import {newId} from '../std/ids.ts';
import {canonicalJson, type Json, type JsonObject} from '../std/json.ts';
import {insertDeed} from '../store/audit.ts';
import {type ConnectionRow, findConnection} from '../store/connections.ts';
import {insertSync, insertSyncVersion, lockSync, renameSync} from '../store/syncs.ts';
import {compileLeg, legIssues} from './compile-leg.ts';
import type {Hub} from './hub.ts';
import {type LoadedSync, loadSync} from './load-sync.ts';
import {mappingSettings} from './mapping-settings.ts';
import {connectorOf, resourceOf, resourcesOf} from './resources.ts';

export type SyncEnd = {readonly connection: string; readonly resource: string};

/** For one leg; its name is its resource's. */
export type SyncInput = {
  readonly name: string;
  readonly source: SyncEnd;
  readonly destination: SyncEnd;
  readonly scope?: string | undefined;
  readonly mapping?: Mapping | undefined;
  readonly mode: Mode;
  readonly onChange: boolean;
  readonly settings: JsonObject;
  readonly safeguards?: Safeguards | undefined;
};

/** What is left out stays as it is; a scope of null goes back to the source resource's own. */
export type SyncChange = {
  readonly name?: string | undefined;
  readonly scope?: string | null | undefined;
  readonly mapping?: Mapping | undefined;
  readonly mode?: Mode | undefined;
  readonly safeguards?: Safeguards | undefined;
  readonly onChange?: boolean | undefined;
  readonly settings?: JsonObject | undefined;
};

/** @throws MusterError `sync.invalid` with every issue, `sync.mode_unsupported`, `sync.name_taken` */
export async function defineSync(hub: Hub, companyId: string, input: SyncInput, who: string): Promise<LoadedSync> {
  const ends = await loadEnds(hub, companyId, input.source, input.destination);
  const definition = definitionOf(input);
  refuseInvalid(hub, ends, definition);
  const id = newId('syn');
  const sync = {
    id,
    name: input.name,
    sourceConnectionId: input.source.connection,
    destinationConnectionId: input.destination.connection,
    definition,
    createdBy: who,
  };
  return named(input.name, () =>
    inCompany(hub.db, companyId, async tx => {
      await insertSync(tx, sync);
      await insertDeed(tx, {actor: who, action: 'sync.created', subject: id, detail: {name: input.name}});
      return loadSync(tx, id);
    }),
  );
}

/**
 * Only a definition that differs makes a new version.
 * @throws MusterError as `defineSync`; `request.not_found`; `request.conflict` when someone changed it meanwhile
 */
export async function changeSync(
  hub: Hub,
  companyId: string,
  syncId: string,
  change: SyncChange,
  who: string,
): Promise<LoadedSync> {
  const before = await inCompany(hub.db, companyId, tx => loadSync(tx, syncId));
  const definition = changedDefinition(before.definition, change);
  const differs = canonicalJson(asJson(definition)) !== canonicalJson(asJson(before.definition));
  if (differs) {
    const source = {connection: before.source.id, resource: definition.sourceResource};
    const destination = {connection: before.destination.id, resource: definition.legs[0]?.resource ?? ''};
    refuseInvalid(hub, await loadEnds(hub, companyId, source, destination), definition);
  }
  return named(change.name ?? before.name, () =>
    inCompany(hub.db, companyId, async tx => {
      await lockSync(tx, syncId);
      const now = await loadSync(tx, syncId);
      if (differs && now.version !== before.version)
        throw new MusterError('request.conflict', {params: {what: 'sync'}});
      if (differs) await insertSyncVersion(tx, {id: syncId, definition, createdBy: who});
      const renamed = change.name !== undefined && change.name !== now.name;
      if (renamed) await renameSync(tx, syncId, change.name ?? now.name);
      if (differs || renamed) {
        const detail = {name: change.name ?? now.name, version: differs ? now.version + 1 : now.version};
        await insertDeed(tx, {actor: who, action: 'sync.changed', subject: syncId, detail});
      }
      return loadSync(tx, syncId);
    }),
  );
}

export type Ends = {
  readonly source: {readonly connection: ConnectionRow; readonly resource: Resource};
  readonly destination: {readonly connection: ConnectionRow; readonly resource: Resource};
};

/**
 * Both connections and resources of a definition.
 * @throws MusterError `sync.invalid` with what does not exist or cannot be used at that end
 */
export async function loadEnds(hub: Hub, companyId: string, source: SyncEnd, destination: SyncEnd): Promise<Ends> {
  const connections = await inCompany(hub.db, companyId, async tx => ({
    source: await findConnection(tx, source.connection),
    destination: await findConnection(tx, destination.connection),
  }));
  const issues: ErrorIssue[] = [];
  const load = async (end: 'source' | 'destination', name: string) => {
    const connection = connections[end];
    if (!connection) {
      issues.push(issueAt(`${end}.connection`, 'sync.connection_unknown', {}));
      return undefined;
    }
    const resource = await resourceOf(hub, companyId, connection, name);
    if (!resource) {
      const known = (await resourcesOf(hub, companyId, connection)).map(entry => entry.name).join(', ');
      issues.push(issueAt(`${end}.resource`, 'resource.unknown', {connection: connection.name, name, known}));
      return undefined;
    }
    const params = {connection: connection.name, resource: resource.plural};
    if (end === 'source' && !canRead(resource))
      issues.push(issueAt('source.resource', 'sync.source_unreadable', params));
    if (end === 'destination' && modesOf(resource).length === 0) {
      issues.push(issueAt('destination.resource', 'sync.destination_unwritable', params));
    }
    return {connection, resource};
  };
  const ends = {
    source: await load('source', source.resource),
    destination: await load('destination', destination.resource),
  };
  if (!ends.source || !ends.destination || issues.length > 0) throw new MusterError('sync.invalid', {issues});
  return {source: ends.source, destination: ends.destination};
}

function canRead({capabilities}: Resource): boolean {
  return capabilities.includes('read') || capabilities.includes('receive');
}

function refuseInvalid(hub: Hub, {source, destination}: Ends, definition: SyncDefinition): void {
  const connector = connectorOf(hub, destination.connection);
  const settings = mappingSettings(connector, destination.connection.settings, definition.settings);
  const issues = definition.legs.flatMap(leg => {
    const known = modesOf(destination.resource);
    if (!known.includes(leg.mode)) {
      const params = {connector: connector.manifest.name, mode: leg.mode, known: known.join(', ')};
      throw new MusterError('sync.mode_unsupported', {params});
    }
    return legIssues(compileLeg({leg, source: source.resource, destination: destination.resource, settings}));
  });
  // Of what is only read nobody hears that it changed.
  if (definition.onChange && !source.resource.capabilities.includes('receive')) {
    const params = {connection: source.connection.name, resource: source.resource.plural};
    throw new MusterError('sync.invalid', {issues: [issueAt('onChange', 'sync.on_change_unheard', params)]});
  }
  const errors = issues.filter(issue => issue.level === 'error');
  if (errors.length > 0) throw new MusterError('sync.invalid', {issues: errors});
}

function definitionOf(input: SyncInput): SyncDefinition {
  const {resource} = input.destination;
  const scope = input.scope === undefined ? {} : {scope: input.scope};
  return {
    sourceResource: input.source.resource,
    legs: [{name: resource, resource, ...scope, mapping: input.mapping ?? {}, mode: input.mode}],
    settings: input.settings,
    onChange: input.onChange,
    ...(input.safeguards ? {safeguards: input.safeguards} : {}),
  };
}

function changedDefinition(before: SyncDefinition, change: SyncChange): SyncDefinition {
  const legs = before.legs.map(({scope: old, ...leg}) => {
    const scope = change.scope === undefined ? old : (change.scope ?? undefined);
    const {mapping = leg.mapping, mode = leg.mode} = change;
    return {...leg, ...(scope === undefined ? {} : {scope}), mapping, mode};
  });
  const {settings = before.settings, onChange = before.onChange, safeguards = before.safeguards} = change;
  return {...before, legs, settings, onChange, ...(safeguards ? {safeguards} : {})};
}

/** @throws MusterError `sync.name_taken` in place of the unique index's complaint */
async function named<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isUniqueViolation(error, 'syncs_name'))
      throw new MusterError('sync.name_taken', {params: {name}, cause: error});
    throw error;
  }
}

function issueAt(field: string, code: string, params: MessageParams): ErrorIssue {
  return {code, field, message: messageText(code, params).text};
}

function asJson(definition: SyncDefinition): Json {
  return JSON.parse(JSON.stringify(definition)) as Json; // what JSON.parse gives is JSON
}
