// One input for each field of a record, by the field's type. Nothing is refused here: a value that does not fit is kept
// and becomes an issue, as from any other source.
import {NativeSelect, TagsInput, TextInput} from '@mantine/core';
import type {Field} from '../../../src/api/contract/connector.ts';
import {t} from '../text.ts';
import type {Draft} from './record-draft.ts';

type FieldsProps = {
  fields: readonly Field[];
  draft: Draft;
  onChange: (draft: Draft) => void;
  /** Messages by field name. */
  problems: ReadonlyMap<string, string>;
};

export function FieldInputs({fields, draft, onChange, problems}: FieldsProps) {
  return fields.map(field => (
    <FieldInput
      key={field.name}
      field={field}
      value={draft[field.name] ?? ''}
      problem={problems.get(field.name)}
      onChange={value => onChange({...draft, [field.name]: value})}
    />
  ));
}

type InputProps = {
  field: Field;
  value: Draft[string];
  problem: string | undefined;
  onChange: (value: Draft[string]) => void;
};

function FieldInput({field, value, problem, onChange}: InputProps) {
  const common = {label: field.label, error: problem, autoComplete: 'off', ...hintOf(field)};
  if (typeof value !== 'string') return <TagsInput {...common} value={[...value]} onChange={onChange} />;
  const choices = choicesOf(field, value);
  const change = (event: {currentTarget: {value: string}}) => onChange(event.currentTarget.value);
  if (choices) return <NativeSelect {...common} data={choices} value={value} onChange={change} />;
  return <TextInput {...common} {...lookOf(field, value)} value={value} onChange={change} />;
}

/** Dates and choices show themselves how they are written; a hint would contradict the browser's own. */
function hintOf({type, choices, description}: Field) {
  return type === 'date' || choices.length > 0 ? {} : {description};
}

/** What there is stays choosable, also where it is none of the choices. */
function choicesOf(field: Field, value: string) {
  const given = field.type === 'boolean' ? yesOrNo : field.choices;
  if (given.length === 0) return undefined;
  const known = value === '' || given.some(choice => choice.value === value);
  return [{value: '', label: t.empty}, ...given, ...(known ? [] : [{value, label: value}])];
}

const yesOrNo = [
  {value: 'true', label: t.yes},
  {value: 'false', label: t.no},
];

/** The browser's date input shows no text that is not a date, so such a one is shown as text. */
function lookOf({type}: Field, value: string) {
  if (type === 'date' && (value === '' || /^\d{4}-\d\d-\d\d$/.test(value))) return {type: 'date'} as const;
  return type === 'number' || type === 'decimal' ? ({inputMode: 'decimal'} as const) : {};
}
