// An expression being edited: the editor, what is wrong with it, and the source's fields to choose from.
import type {Completion} from '@codemirror/autocomplete';
import {lazy, Suspense} from 'react';
import type {Resource} from '../../../src/api/contract/connector.ts';
import {t} from '../text.ts';
import type {Problem} from './preview.ts';

const Editor = lazy(() => import('./editor.tsx').then(module => ({default: module.ExpressionEditor})));

type ExpressionProps = {
  label: string;
  value: string;
  issues: readonly Problem[];
  source: Resource | undefined;
  onChange: (value: string) => void;
};

export function Expression({label, value, issues, source, onChange}: ExpressionProps) {
  return (
    <div className="expression">
      <Suspense fallback={<code className="editor">{value}</code>}>
        <Editor
          label={label}
          value={value}
          hint={t.mapping.hint}
          issues={issues}
          completions={completionsOf(source)}
          onChange={onChange}
        />
      </Suspense>
      <div aria-live="polite">
        {issues.map(issue => (
          <p key={`${issue.code} ${issue.start}`} className="mistake">
            {issue.message} <span className="dimmed">{issue.hint}</span>
          </p>
        ))}
      </div>
    </div>
  );
}

function completionsOf(source: Resource | undefined): Completion[] {
  const fields = source?.fields ?? [];
  return [
    ...fields.map(field => ({label: field.name, detail: field.label, type: 'variable'})),
    ...t.mapping.functions.map(([call, does]) => ({
      label: call,
      detail: does,
      type: 'function',
      apply: call.slice(0, call.indexOf('(') + 1),
    })),
  ];
}
