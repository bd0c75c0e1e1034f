// Who is included: the condition, and which of the sample records meet it; for the others, why not.
import {Button} from '@mantine/core';
import {useState} from 'react';
import type {Resource} from '../../../src/api/contract/connector.ts';
import {State} from '../parts/phase.tsx';
import {t} from '../text.ts';
import {Expression} from './expression.tsx';
import type {Preview, SampleRecord} from './preview.ts';

type IncludedProps = {
  scope: string | undefined;
  source: Resource | undefined;
  preview: Preview | undefined;
  onChange: (scope: string | undefined) => void;
};

export function Included({scope, source, preview, onChange}: IncludedProps) {
  const [editing, setEditing] = useState(false);
  const expression = scope ?? source?.scope ?? '';
  const out = preview?.records.filter(record => record.included === false) ?? [];
  const within = (preview?.records.length ?? 0) - out.length;
  return (
    <div className="stack">
      {editing ? (
        <Expression
          label={t.syncs.includedIf}
          value={expression}
          issues={preview?.issues.filter(issue => issue.field === null) ?? []}
          source={source}
          onChange={value => onChange(value || undefined)}
        />
      ) : (
        <p>{expression ? <code className="wrap">{expression}</code> : t.syncs.everyone}</p>
      )}
      <div className="actions">
        <Button size="compact-sm" variant="default" onClick={() => setEditing(!editing)} aria-expanded={editing}>
          {editing ? t.done : t.syncs.changeIncluded}
        </Button>
        {scope !== undefined && (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => onChange(undefined)}>
            {t.mapping.useDefault}
          </Button>
        )}
      </div>
      {preview && preview.records.length > 0 && (
        <div role="status">
          <p className="dimmed">{t.syncs.includedOf(within, preview.records.length)}</p>
          <ul className="plain">
            {out.map(record => (
              <li key={record.record}>
                <State tone="grey" icon="dash" word={record.name || record.externalId} />{' '}
                {record.excludedSaw.map(seen => (
                  <span key={seen.field}>{sentenceOf(seen, source)} </span>
                ))}
                <span className="dimmed">{record.excludedBecause && t.syncs.notMet(record.excludedBecause)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function sentenceOf({field, label, value}: SampleRecord['excludedSaw'][number], source: Resource | undefined): string {
  const choices = source?.fields.find(item => item.name === field)?.choices ?? [];
  const word =
    choices.find(choice => choice.value === value)?.label ??
    (typeof value === 'string' ? value : JSON.stringify(value));
  return value === null || word === '' ? t.syncs.sawNothing(label) : t.syncs.saw(label, word);
}
