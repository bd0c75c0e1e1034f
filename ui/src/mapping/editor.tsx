// The editor of one expression: colours, mistakes underlined where they are, the source's fields offered while typing.
// Loaded only when someone edits.
import {autocompletion, type Completion, closeBrackets, completionKeymap} from '@codemirror/autocomplete';
import {defaultKeymap, history, historyKeymap} from '@codemirror/commands';
import {bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting} from '@codemirror/language';
import {setDiagnostics} from '@codemirror/lint';
import {EditorState} from '@codemirror/state';
import {EditorView, keymap, placeholder, tooltips} from '@codemirror/view';
import {tags} from '@lezer/highlight';
import {useEffect, useRef} from 'react';
import {styleNonce} from '../nonce.ts';
import type {Problem} from './preview.ts';

type EditorProps = {
  label: string;
  value: string;
  hint: string;
  issues: readonly Problem[];
  completions: readonly Completion[];
  onChange: (value: string) => void;
};

const cel = StreamLanguage.define({
  token(stream) {
    if (stream.eatSpace()) return null;
    if (stream.match(/^(["'])(?:\\.|(?!\1).)*\1?/)) return 'string';
    if (stream.match(/^\d+(\.\d+)?/)) return 'number';
    if (stream.match(/^(true|false|null|in)\b/)) return 'keyword';
    if (stream.match(/^[A-Za-z_]\w*(?=\()/)) return 'function';
    if (stream.match(/^[A-Za-z_]\w*/)) return 'variableName';
    stream.next();
    return 'operator';
  },
  tokenTable: {function: tags.function(tags.variableName)},
});

const colours = syntaxHighlighting(
  HighlightStyle.define([
    {tag: tags.string, color: 'var(--code-string)'},
    {tag: tags.number, color: 'var(--code-number)'},
    {tag: tags.keyword, color: 'var(--code-keyword)'},
    {tag: tags.function(tags.variableName), color: 'var(--code-function)'},
  ]),
);

export function ExpressionEditor({label, value, hint, issues, completions, onChange}: EditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef({onChange, completions});
  latest.current = {onChange, completions};
  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; later values go in by the effects below
  useEffect(() => {
    if (!place.current) return;
    const made = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: value,
        extensions: [
          EditorView.cspNonce.of(styleNonce() ?? ''),
          EditorView.lineWrapping,
          tooltips({parent: document.body}), // the table around it would cut them off
          EditorView.contentAttributes.of({'aria-label': label}),
          history(),
          bracketMatching(),
          closeBrackets(),
          autocompletion({
            override: [
              context => {
                const word = context.matchBefore(/[\w.]+/);
                if (!word && !context.explicit) return null;
                return {from: word?.from ?? context.pos, options: latest.current.completions, validFor: /^[\w.]*$/};
              },
            ],
          }),
          keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
          placeholder(hint),
          cel,
          colours,
          EditorView.updateListener.of(update => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    made.focus();
    return () => made.destroy();
  }, []);
  useEffect(() => {
    const now = view.current;
    if (now && now.state.doc.toString() !== value) {
      now.dispatch({changes: {from: 0, to: now.state.doc.length, insert: value}});
    }
  }, [value]);
  useEffect(() => {
    const now = view.current;
    if (!now) return;
    const end = now.state.doc.length;
    const marks = issues.map(issue => ({
      from: Math.min(issue.start ?? 0, end),
      to: Math.min(issue.end ?? end, end),
      severity: 'error' as const,
      message: issue.message,
    }));
    now.dispatch(setDiagnostics(now.state, marks));
  }, [issues]);
  return <div ref={place} className="editor" />;
}
