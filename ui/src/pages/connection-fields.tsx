// The fields of one resource of a connection, as its system describes them.
import type {Field, Resource} from '../../../src/api/contract/connector.ts';
import {capitalise} from '../parts/resource-words.ts';
import {type Column, DataTable} from '../shell/table.tsx';
import {t} from '../text.ts';

const columns: readonly Column<Field>[] = [
  {
    title: t.fields.label,
    cell: field => (
      <>
        <div>
          {field.label} {field.required && <span className="pill">{t.fields.required}</span>}
        </div>
        <code className="small-print">{field.name}</code>
      </>
    ),
  },
  {title: t.fields.type, cell: field => t.fields.types[field.type]},
  {
    title: t.fields.wanted,
    wide: true,
    cell: field => (
      <span className="dimmed">{field.wanted ?? field.choices.map(choice => choice.label).join(', ')}</span>
    ),
  },
  {
    title: t.fields.meaning,
    wide: true,
    cell: field => (
      <>
        {field.standard && <code className="small-print">{field.standard}</code>}
        {field.sensitivity !== 'ordinary' && (
          <div className="small-print">{t.fields.sensitivities[field.sensitivity]}</div>
        )}
      </>
    ),
  },
];

export function ResourceFields({resource}: {resource: Resource}) {
  return (
    <details className="resource">
      <summary>
        {capitalise(resource.label)} <span className="dimmed">{t.fields.count(resource.fields.length)}</span>
      </summary>
      <p className="dimmed">{resource.description}</p>
      <DataTable label={resource.label} columns={columns} rows={resource.fields} rowKey={field => field.name} />
    </details>
  );
}
