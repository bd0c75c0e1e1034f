// The settings that a mapping may read as `settings.name`: those of the destination connection, over its connector's
// defaults, and over both what the sync and the run say.
import type {Connector} from '../connector/contract.ts';
import type {SettingShape} from '../mapping/check.ts';
import type {Json, JsonObject} from '../std/json.ts';

export type MappingSettings = {
  readonly shapes: readonly SettingShape[];
  readonly values: JsonObject;
  /** Two letters (ISO 3166), from the setting `country`: where phone numbers without a country code belong. */
  readonly country?: string;
};

/** `layers`: from the weakest to the strongest. */
export function mappingSettings(connector: Connector, ...layers: readonly JsonObject[]): MappingSettings {
  const fields = connector.manifest.settings;
  const defaults = fields.flatMap(({name, default: value}) => (value === undefined ? [] : [[name, value] as const]));
  const values: JsonObject = Object.assign(Object.fromEntries(defaults), ...layers);
  const known = new Set(fields.map(({name}) => name));
  const own = Object.entries(values).filter(([name]) => !known.has(name));
  const shapes = [...fields, ...own.map(([name, value]) => ({name, label: name, type: typeOf(value)}))];
  const country = values['country'];
  return typeof country === 'string' && /^[A-Z]{2}$/.test(country) ? {shapes, values, country} : {shapes, values};
}

function typeOf(value: Json): string {
  if (Array.isArray(value)) return 'list';
  return typeof value === 'string' || value === null ? 'text' : typeof value;
}
