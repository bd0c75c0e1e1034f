// A record's fields as a form: what everybody fills first, the rest folded away. It hands on what was changed.
import {Button} from '@mantine/core';
import {type ReactNode, useState} from 'react';
import type {Field, Resource} from '../../../src/api/contract/connector.ts';
import {ApiError} from '../api/client.ts';
import {Refusal} from '../shell/states.tsx';
import {t} from '../text.ts';
import {Action} from './action.tsx';
import {FieldInputs} from './field-inputs.tsx';
import {changesOf, type Draft, draftOf, editableFields, pushedData, referencesOf} from './record-draft.ts';

/** By meaning, so that the form does not depend on how a directory names its fields. */
const firstMeanings = [
  'person.givenName',
  'person.familyName',
  'person.email',
  'person.phone',
  'person.dateOfBirth',
  'job.title',
  'job.startDate',
  'job.payRate',
  'application.status',
];

type RecordFormProps = {
  resource: Resource;
  /** All of the connection, for parts that are records of their own. */
  resources: readonly Resource[];
  data: unknown;
  /** Filled in at the start, as if it had been typed. */
  suggested?: Draft;
  saving: boolean;
  error: Error | null;
  /** Why there is nothing to save while nothing was entered. */
  untouched: string;
  onSave: (data: ReturnType<typeof pushedData>) => void;
  onCancel: () => void;
  children?: ReactNode;
};

export function RecordForm(props: RecordFormProps) {
  const {resource, resources, data, suggested, saving, error, untouched, onSave, onCancel, children} = props;
  const fields = editableFields(resource.fields, data);
  const [before] = useState(() => draftOf(fields, data));
  const [draft, setDraft] = useState<Draft>({...before, ...suggested});
  const references = referencesOf(data, resource.name, resources);
  const first = firstMeanings.flatMap(meaning => fields.find(field => field.standard === meaning) ?? []);
  const rest = fields.filter(field => !first.includes(field));
  const [more, setMore] = useState(hasAny(rest, before));
  const changes = changesOf(fields, before, draft);
  const touched = JSON.stringify(draft) !== JSON.stringify({...before, ...suggested});
  const inputs = {draft, onChange: setDraft, problems: problemsByField(error)};
  return (
    <form
      className="form record-form"
      onSubmit={event => {
        event.preventDefault();
        if (touched) onSave(pushedData(changes, references));
      }}
    >
      {[...references].map(([part, id]) => (
        <p key={part} className="note">
          {t.people.keptAt(resources.find(item => item.name === part)?.label ?? part, id)}
        </p>
      ))}
      <div className="field-grid">
        <FieldInputs fields={first} {...inputs} />
      </div>
      {children}
      {rest.length > 0 && (
        <details className="resource" open={more} onToggle={event => setMore(event.currentTarget.open)}>
          <summary>
            {t.people.moreFields} <span className="dimmed">{t.fields.count(rest.length)}</span>
          </summary>
          {more && (
            <div className="field-grid">
              <FieldInputs fields={rest} {...inputs} />
            </div>
          )}
        </details>
      )}
      <Refusal error={error} />
      <div className="actions end">
        <Button size="sm" variant="default" onClick={onCancel}>
          {t.cancel}
        </Button>
        <Action type="submit" right="push" loading={saving} blocked={!touched && untouched}>
          {t.save}
        </Action>
      </div>
    </form>
  );
}

/** The server names a place of the push: `records.0.id`, `records.0.data.person.phone`. */
export function problemsByField(error: Error | null): ReadonlyMap<string, string> {
  const issues = error instanceof ApiError ? error.issues : [];
  return new Map(issues.map(({field, message}) => [field.replace(/^records\.0\.(data\.)?/, ''), message]));
}

function hasAny(fields: readonly Field[], draft: Draft): boolean {
  return fields.some(({name}) => (draft[name]?.length ?? 0) > 0);
}
