// What somebody enters for a connection, checked against its connector's manifest. Only what is there is judged: a
// required value that is missing is a finding of the check, so that a connection can be saved half-way.
import {isVisible} from '../connector/check.ts';
import type {Manifest, SettingField} from '../connector/contract.ts';
import type {ErrorIssue} from '../errors.ts';
import type {MessageParams} from '../messages/text.ts';
import {messageText} from '../messages/text.ts';
import type {Json, JsonObject} from '../std/json.ts';

export type Entered = {readonly settings: JsonObject; readonly secrets: {readonly [name: string]: string}};

/** Everything that does not fit, at `settings.<name>` and `secrets.<name>`; none when it may be saved. */
export function settingIssues(manifest: Manifest, {settings, secrets}: Entered): readonly ErrorIssue[] {
  const known = new Set(manifest.secrets.map(({name}) => name));
  return [
    ...Object.keys(settings).flatMap(name => {
      const field = manifest.settings.find(one => one.name === name);
      if (!field) return [issue(`settings.${name}`, 'field.unknown')];
      return isVisible(field, manifest, settings) ? valueIssues(field, settings[name]) : [];
    }),
    ...Object.keys(secrets).flatMap(name => (known.has(name) ? [] : [issue(`secrets.${name}`, 'field.unknown')])),
  ];
}

function valueIssues(field: SettingField, value: Json | undefined): readonly ErrorIssue[] {
  const at = `settings.${field.name}`;
  if (value === undefined || value === null || value === '') return []; // as good as left out
  switch (field.type) {
    case 'text':
    case 'file':
      return typeof value === 'string' ? [] : [issue(at, 'field.type', {wanted: 'a text'})];
    case 'url':
      return isWebAddress(value) ? [] : [issue(at, 'field.format', {wanted: 'a web address like https://example.com'})];
    case 'number':
      return typeof value === 'number' ? [] : [issue(at, 'field.type', {wanted: 'a number'})];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [issue(at, 'field.type', {wanted: 'true or false'})];
    case 'choice': {
      const choices = (field.choices ?? []).map(choice => choice.value);
      return choices.some(choice => choice === value) ? [] : [issue(at, 'field.choice', {wanted: choices.join(', ')})];
    }
    case 'list': {
      const isList = Array.isArray(value) && value.every(item => typeof item === 'string');
      return isList ? [] : [issue(at, 'field.type', {wanted: 'a list of texts'})];
    }
    default:
      return field.type satisfies never;
  }
}

/** With a user name in it, it would carry a secret where everybody can read it. */
function isWebAddress(value: Json): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const {protocol, username, password} = new URL(value);
  return ['http:', 'https:'].includes(protocol) && username === '' && password === '';
}

function issue(field: string, code: `field.${string}`, params: MessageParams = {}): ErrorIssue {
  return {code, field, message: messageText(code, {field, ...params}).text};
}
