// Connectors and their resources as the API shows them: the manifest, without what only the engine needs.
import type {Connector, SettingField} from '../connector/contract.ts';
import {messageText} from '../messages/text.ts';
import type {Constraint, Field} from '../model/field.ts';
import {modesOf, type Resource} from '../model/resource.ts';
import type {
  Connector as ShownConnector,
  Field as ShownField,
  Resource as ShownResource,
  SettingField as ShownSetting,
} from './contract/connector.ts';
import type {Frozen} from './route.ts';

export function presentConnector({manifest}: Connector): Frozen<ShownConnector> {
  const {id, name, listing, builtIn = false, settings, secrets, resources} = manifest;
  const {summary, categories, maker, developer, support, permissions} = listing;
  return {
    ...{id, name, summary, categories, maker, developer, support, permissions, builtIn},
    roles: rolesOf(resources),
    settings: settings.map(presentSetting),
    secrets: secrets.map(presentSetting),
    resources: resources.map(presentResource),
  };
}

function rolesOf(resources: readonly Resource[]): readonly ('source' | 'destination')[] {
  const can = (...wanted: readonly string[]) =>
    resources.some(({capabilities}) => capabilities.some(one => wanted.includes(one)));
  return [
    ...(can('read', 'receive') ? (['source'] as const) : []),
    ...(can('create', 'update', 'deactivate', 'files') ? (['destination'] as const) : []),
  ];
}

function presentSetting(field: SettingField): Frozen<ShownSetting> {
  const {required = false, ...rest} = field;
  return {...rest, required};
}

export function presentResource(resource: Resource): Frozen<ShownResource> {
  const {name, label, plural, description, capabilities, keys, fields, scope = null} = resource;
  return {
    ...{name, label, plural, description, capabilities, scope},
    modes: modesOf(resource),
    keys: keys.map(({name, label, strength}) => ({name, label, strength})),
    fields: fields.map(presentField),
  };
}

function presentField(field: Field): Frozen<ShownField> {
  const {name, label, description, type, required = false, sensitivity} = field;
  const {choices = [], default: fallback = null, source = null, standard = null} = field;
  return {
    ...{name, label, description, type, required, sensitivity, choices, source, standard},
    default: fallback,
    wanted: wantedOf(field),
  };
}

/** What its values must be, in words: "15 digits at most, single spaces, no + sign"; null where anything goes. */
export function wantedOf({constraint}: Pick<Field, 'constraint'>): string | null {
  if (!constraint) return null;
  const words = [...sizes(constraint), constraint.wanted ?? constraint.dateFormat ?? formatOf(constraint)].filter(
    Boolean,
  );
  return words.length > 0 ? words.join(', ') : null;
}

function sizes({minLength = 0, maxLength, maxDigits, maxDecimals}: Constraint): readonly string[] {
  return [
    ...(minLength > 1 ? [`${minLength} characters at least`] : []),
    ...(maxLength === undefined ? [] : [`${maxLength} characters at most`]),
    ...(maxDigits === undefined ? [] : [`${maxDigits} digits at most`]),
    ...(maxDecimals === undefined ? [] : [`${maxDecimals} decimals at most`]),
  ];
}

function formatOf({format}: Constraint): string | undefined {
  if (format === 'email') return 'an e-mail address';
  return format === 'phone' ? 'a phone number' : undefined;
}

/** A line of a check's result, in words. */
export function presentFinding(finding: {
  readonly level: 'error' | 'warning' | 'info';
  readonly code: string;
  readonly params: Parameters<typeof messageText>[1];
}) {
  const {text: message, hint, owner} = messageText(finding.code, finding.params);
  return {level: finding.level, code: finding.code, message, hint, owner};
}
