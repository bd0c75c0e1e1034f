// A run made ready: its sync at its version, both connections, the compiled leg, and what its outcomes depend on.
import {hash} from 'node:crypto';
import type {Connector} from '../connector/contract.ts';
import {inCompany} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import type {MappingContext} from '../mapping/mapping.ts';
import type {Leg, WritePolicy} from '../model/leg.ts';
import type {Resource} from '../model/resource.ts';
import {defaultSafeguards, type Safeguards} from '../model/safeguard.ts';
import {canonicalJson, type JsonObject} from '../std/json.ts';
import type {ConnectionRow} from '../store/connections.ts';
import type {PlanScope} from '../store/planning.ts';
import type {RunRow} from '../store/runs.ts';
import type {CompiledLeg} from './compile-leg.ts';
import type {Hub} from './hub.ts';
import {keptLeg} from './kept-leg.ts';
import {loadSync} from './load-sync.ts';
import {mappingSettings} from './mapping-settings.ts';
import {connectorOf, resourcesOf} from './resources.ts';

export type Side = {readonly connection: ConnectionRow; readonly connector: Connector; readonly resource: Resource};

export type Preparation = {
  readonly companyId: string;
  readonly run: RunRow;
  readonly syncName: string;
  readonly leg: Leg;
  readonly source: Side & {readonly resources: readonly Resource[]};
  readonly destination: Side;
  readonly compiled: CompiledLeg;
  readonly mapping: MappingContext;
  readonly plan: PlanScope;
  /** When each mapped field of an existing record is written. */
  readonly policies: ReadonlyMap<string, WritePolicy>;
  readonly safeguards: Safeguards;
  /** Keyed hash of this company, for match keys. */
  readonly hash: (text: string) => Buffer;
  /** Whom links and other traces name. */
  readonly actor: string;
};

/** @throws MusterError `sync.invalid` when a resource that the sync names is no longer there, or is written in several steps */
export async function prepareRun(hub: Hub, companyId: string, run: RunRow): Promise<Preparation> {
  const {sync, hasher} = await inCompany(hub.db, companyId, async tx => ({
    sync: await loadSync(tx, run.syncId, run.syncVersion),
    hasher: await hub.vault.hasher(tx, companyId),
  }));
  const {definition} = sync;
  const [leg] = definition.legs;
  const sourceResources = await resourcesOf(hub, companyId, sync.source);
  const destinationResources = await resourcesOf(hub, companyId, sync.destination);
  const sourceResource = sourceResources.find(({name}) => name === definition.sourceResource);
  const resource = destinationResources.find(({name}) => name === leg?.resource);
  if (!leg || !sourceResource || !resource || resource.steps.length > 1) throw new MusterError('sync.invalid');
  const source = {
    connection: sync.source,
    connector: connectorOf(hub, sync.source),
    resource: sourceResource,
    resources: sourceResources,
  };
  const destination = {connection: sync.destination, connector: connectorOf(hub, sync.destination), resource};
  const settings = mappingSettings(destination.connector, sync.destination.settings, definition.settings);
  const ends = {source: sourceResource, destination: resource, settings};
  const whole = keptLeg(hub, {leg, ...ends});
  const context = contextHash(whole, run, resource, settings.values);
  const move = scopeOnChange(leg, sourceResource, run);
  const compiled = move === undefined ? whole : keptLeg(hub, {leg: {...leg, scope: move}, ...ends});
  return {
    companyId,
    run,
    syncName: sync.name,
    leg,
    source,
    destination,
    compiled,
    mapping: {today: run.today, settings: settings.values},
    plan: {
      runId: run.id,
      syncId: run.syncId,
      leg: leg.name,
      sourceConnectionId: sync.source.id,
      sourceResource: sourceResource.name,
      destinationConnectionId: sync.destination.id,
      destinationResource: resource.name,
      context,
      only: run.inputs.only ?? null,
      changes: run.inputs.changes === true,
      planId: run.inputs.plan ?? null,
      deactivates: leg.mode === 'mirror',
    },
    policies: new Map(compiled.mapping.fields.map(({field, write}) => [field.name, write])),
    safeguards: definition.safeguards ?? defaultSafeguards,
    hash: hasher,
    actor: run.id,
  };
}

/**
 * On a change the source resource may count less than in a whole run: an application only while it is accepted. Not where leavers
 * are followed, since whoever is excluded there is deactivated.
 */
function scopeOnChange(leg: Leg, source: Resource, run: RunRow): string | undefined {
  const applies = run.inputs.changes === true && leg.scope === undefined && leg.mode !== 'mirror';
  return applies ? source.scopeOnChange : undefined;
}

/** Everything but the record itself that an outcome depends on. While it and the record are the same, so is the outcome. */
function contextHash(compiled: CompiledLeg, run: RunRow, resource: Resource, settings: JsonObject): Buffer {
  const readsToday = compiled.mapping.readsToday || compiled.scope?.readsToday === true;
  // A Resource holds data only (a manifest is data), so that JSON shows all of it.
  const shape = JSON.stringify(resource);
  const parts = [String(run.syncVersion), canonicalJson(settings), shape, readsToday ? run.today : ''];
  return hash('sha256', parts.join('\0'), 'buffer').subarray(0, 16);
}
