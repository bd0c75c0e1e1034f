// A connector's settings and secrets as a form, made from its manifest alone; nothing here knows a product.
import {Checkbox, FileInput, NativeSelect, PasswordInput, Switch, TagsInput, TextInput} from '@mantine/core';
import type {SettingField} from '../../../src/api/contract/connector.ts';
import {t} from '../text.ts';

type Json = NonNullable<SettingField['default']> | null;
export type Values = Record<string, Json>;

/** The manifest's defaults, under what was chosen already. */
export function initialValues(fields: readonly SettingField[], known: Values = {}): Values {
  const defaults = fields.flatMap(field => (field.default === undefined ? [] : [[field.name, field.default] as const]));
  return {...Object.fromEntries(defaults), ...known};
}

/** What is sent: the fields that are shown, without empty text. */
export function shownValues(fields: readonly SettingField[], values: Values): Values {
  const shown = fields
    .filter(field => isVisible(field, values))
    .map(field => [field.name, values[field.name]] as const);
  return Object.fromEntries(
    shown.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]])),
  );
}

export function isVisible({visibleIf}: SettingField, values: Values): boolean {
  return !visibleIf || visibleIf.in.some(wanted => wanted === (values[visibleIf.setting] ?? null));
}

type FieldsProps = {
  fields: readonly SettingField[];
  values: Values;
  onChange: (values: Values) => void;
  /** Messages by field name. */
  problems?: ReadonlyMap<string, string>;
};

export function SettingFields({fields, values, onChange, problems}: FieldsProps) {
  return fields
    .filter(field => isVisible(field, values))
    .map(field => (
      <SettingInput
        key={field.name}
        field={field}
        value={values[field.name] ?? null}
        onChange={value => onChange({...values, [field.name]: value})}
        problem={problems?.get(field.name)}
      />
    ));
}

type InputProps = {field: SettingField; value: Json; onChange: (value: Json) => void; problem: string | undefined};

function SettingInput({field, value, onChange, problem}: InputProps) {
  const common = {label: field.label, description: field.description, error: problem, required: field.required};
  const hint = field.placeholder ? {placeholder: field.placeholder} : {};
  switch (field.type) {
    case 'boolean':
      return (
        <Switch
          label={field.label}
          description={field.description}
          checked={value === true}
          onChange={event => onChange(event.currentTarget.checked)}
        />
      );
    case 'choice': {
      const empty = field.required && value !== null ? [] : [{value: '', label: t.choose}];
      return (
        <NativeSelect
          {...common}
          data={[...empty, ...(field.choices ?? [])]}
          value={text(value)}
          onChange={event => onChange(event.currentTarget.value)}
        />
      );
    }
    case 'list':
      return field.choices ? (
        <Checkbox.Group {...common} value={list(value)} onChange={onChange}>
          <div className="choices">
            {field.choices.map(choice => (
              <Checkbox key={choice.value} value={choice.value} label={choice.label} />
            ))}
          </div>
        </Checkbox.Group>
      ) : (
        <TagsInput {...common} {...hint} value={list(value)} onChange={onChange} />
      );
    case 'number':
      return (
        <TextInput
          {...common}
          {...hint}
          type="number"
          step="any"
          value={text(value)}
          onChange={event => onChange(event.currentTarget.value === '' ? '' : Number(event.currentTarget.value))}
        />
      );
    case 'file':
      return (
        <FileInput
          {...common}
          placeholder={t.chooseFile}
          onChange={async file => onChange((await file?.text()) ?? '')}
        />
      );
    case 'text':
    case 'url':
      return (
        <TextInput
          {...common}
          {...hint}
          type={field.type}
          value={text(value)}
          onChange={event => onChange(event.currentTarget.value)}
        />
      );
    default:
      return field.type satisfies never;
  }
}

/** Secrets are typed in and never shown again; an empty field keeps the stored one. */
export function SecretFields({fields, values, onChange, stored, problems}: FieldsProps & {stored: readonly string[]}) {
  return fields.map(field => {
    const kept = stored.includes(field.name);
    return (
      <PasswordInput
        key={field.name}
        label={field.label}
        description={field.description}
        placeholder={kept ? t.connections.secretKept : field.placeholder}
        required={field.required && !kept}
        autoComplete="new-password"
        value={text(values[field.name] ?? null)}
        error={problems?.get(field.name)}
        onChange={event => onChange({...values, [field.name]: event.currentTarget.value})}
      />
    );
  });
}

/** Secrets are always text. */
export function typedSecrets(values: Values): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (typeof value === 'string' && value ? [[name, value]] : [])),
  );
}

const text = (value: Json) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const list = (value: Json) => (Array.isArray(value) ? value.map(String) : []);
