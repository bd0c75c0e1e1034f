// A value of a record or a call as people read it: nothing as a dash, lists joined, the rest as text or JSON.
import type {Field} from '../../../src/api/contract/connector.ts';
import {t} from '../text.ts';
import {valueAt} from './record-draft.ts';

export function Value({value}: {value: unknown}) {
  if (value === null || value === undefined || value === '')
    return (
      <span className="dimmed" title={t.empty}>
        –
      </span>
    );
  if (typeof value === 'boolean') return <span>{value ? t.yes : t.no}</span>;
  if (Array.isArray(value) && value.every(item => typeof item !== 'object')) return <span>{value.join(', ')}</span>;
  if (typeof value === 'object') return <code className="wrap">{JSON.stringify(value)}</code>;
  return <span className="wrap">{String(value)}</span>;
}

export function Body({title, body}: {title: string; body: unknown}) {
  if (body === null || body === undefined) return null;
  return (
    <details className="body">
      <summary>{title}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <pre tabIndex={0}>{typeof body === 'string' ? body : JSON.stringify(body, null, 2)}</pre>
    </details>
  );
}

/** A field's value; one that can be chosen by the word that it is chosen by. */
export function FieldValue({field, data}: {field: Pick<Field, 'name' | 'choices'>; data: unknown}) {
  const value = valueAt(data, field.name);
  return <Value value={field.choices.find(choice => choice.value === value)?.label ?? value} />;
}
