// One expression while it is being written: what is wrong with it and where, and what it gives on a record.
import {inCompany} from '../db/transaction.ts';
import {MusterError} from '../errors.ts';
import {type Checked, checkExpression, type SettingShape} from '../mapping/check.ts';
import {compileMapping} from '../mapping/mapping.ts';
import type {Field, FieldType} from '../model/field.ts';
import type {Resource} from '../model/resource.ts';
import type {Json, JsonObject} from '../std/json.ts';
import {type ConnectionRow, findConnection} from '../store/connections.ts';
import {findRecord, type ShownRecord} from '../store/record-pages.ts';
import {companyToday} from './company-today.ts';
import type {Hub} from './hub.ts';
import {type MappingSettings, mappingSettings} from './mapping-settings.ts';
import {connectorOf, resourceOf} from './resources.ts';

export type ExpressionTrial = {
  readonly connection: string;
  readonly resource: string;
  readonly expression: string;
  /** The type of the field it is for. */
  readonly wanted?: FieldType | undefined;
  /** The connection whose settings it may read. */
  readonly destination?: string | undefined;
  readonly settings: JsonObject;
  /** Id of a record to try it on. */
  readonly sample?: string | undefined;
};

export type TriedExpression = Checked & {
  /** On the sample; null where there is none, or the expression gives nothing on it. */
  readonly value: Json;
};

/** @throws MusterError `request.not_found` for a connection, resource or sample that is not there */
export async function tryExpression(hub: Hub, companyId: string, trial: ExpressionTrial): Promise<TriedExpression> {
  const {connection, destination, sample, today} = await inCompany(hub.db, companyId, async tx => ({
    connection: await findConnection(tx, trial.connection),
    destination: trial.destination === undefined ? undefined : await findConnection(tx, trial.destination),
    sample: trial.sample === undefined ? undefined : await findRecord(tx, trial.sample),
    today: await companyToday(tx, hub.clock.now()),
  }));
  if (!connection || (trial.destination !== undefined && !destination)) throw notFound('connection');
  if (trial.sample !== undefined && sample?.connectionId !== connection.id) throw notFound('record');
  const source = await resourceOf(hub, companyId, connection, trial.resource);
  if (!source) throw notFound('resource');
  const settings = settingsFor(hub, destination, trial.settings);
  const {expression, wanted} = trial;
  const checked = checkExpression({source, settings: settings.shapes, expression, ...(wanted ? {wanted} : {})});
  const value = sample && checked.ok ? await valueOn(sample, source, expression, checked, settings, today) : null;
  return {...checked, value};
}

function settingsFor(hub: Hub, destination: ConnectionRow | undefined, own: JsonObject): MappingSettings {
  if (destination) return mappingSettings(connectorOf(hub, destination), destination.settings, own);
  const shapes: SettingShape[] = Object.keys(own).map(name => ({name, label: name, type: 'text'}));
  return {shapes, values: own};
}

/** Through a mapping of one field, so that it is bounded and formed as it would be in a run. */
async function valueOn(
  sample: ShownRecord,
  source: Resource,
  expression: string,
  {type}: Checked,
  {shapes, values, country}: MappingSettings,
  today: string,
): Promise<Json> {
  const field: Field = {
    name: 'value',
    label: 'Value',
    description: '',
    type: type === null || type === 'any' ? 'text' : type,
    sensitivity: 'ordinary',
  };
  const mapping = compileMapping({
    source,
    destination: {fields: [field]},
    mapping: {value: expression},
    settings: shapes,
    country,
  });
  const record = {data: sample.data, ...(sample.identifiers ? {identifiers: sample.identifiers} : {})};
  const [mapped] = await mapping.apply([record], {today, settings: values});
  return mapped?.values['value'] ?? null;
}

function notFound(what: string): MusterError {
  return new MusterError('request.not_found', {params: {what}});
}
