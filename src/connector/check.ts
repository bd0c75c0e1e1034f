// Testing a connection: what is missing from its settings, then what the connector finds. What the other system answers
// becomes a finding; only a cancellation and faults of our own go on as errors.
import {type ErrorCode, MusterError} from '../errors.ts';
import {messageText} from '../messages/text.ts';
import type {JsonObject} from '../std/json.ts';
import type {Connector, Context, Finding, Manifest, SettingField} from './contract.ts';

type Inputs = {
  readonly connectionName: string;
  readonly settings: JsonObject;
  readonly secrets: {readonly [name: string]: string};
};

/** Required settings and secrets without a value, of those that the form shows. Nothing can be reached before they are there. */
export function findMissing(manifest: Manifest, inputs: Inputs): readonly Finding[] {
  const {connectionName: connection, settings, secrets} = inputs;
  const missing = (code: ErrorCode, fields: readonly SettingField[], values: JsonObject) =>
    fields
      .filter(
        field => field.required && isVisible(field, manifest, settings) && isBlank(values[field.name] ?? field.default),
      )
      .map(field => findingOf(new MusterError(code, {params: {connection, field: field.label}})));
  return [
    ...missing('connection.setting_missing', manifest.settings, settings),
    ...missing('connection.secret_missing', manifest.secrets, secrets),
  ];
}

/** The connector's own check, with whatever the other system refused as a finding. */
export async function checkConnection(connector: Connector, ctx: Context): Promise<readonly Finding[]> {
  const missing = findMissing(connector.manifest, ctx);
  if (missing.length > 0) return missing;
  try {
    return await connector.check(ctx);
  } catch (error) {
    if (!(error instanceof MusterError) || error.kind === 'cancelled' || error.kind === 'bug') throw error;
    return [findingOf(error)];
  }
}

/** An error as a line of a check's result, with who can mend it. */
export function findingOf(error: MusterError): Finding {
  return {level: 'error', code: error.code, params: error.params, owner: messageText(error.code, error.params).owner};
}

/** Whether the form shows the field; a setting left out counts with its default. */
export function isVisible(field: SettingField, manifest: Manifest, settings: JsonObject): boolean {
  const {visibleIf} = field;
  if (!visibleIf) return true;
  const value = settings[visibleIf.setting] ?? manifest.settings.find(({name}) => name === visibleIf.setting)?.default;
  return value !== undefined && visibleIf.in.includes(value);
}

const isBlank = (value: unknown) =>
  value === undefined || value === null || (Array.isArray(value) ? value.length === 0 : String(value).trim() === '');
