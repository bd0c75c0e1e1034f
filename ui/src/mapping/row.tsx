// One field of the mapping: read as a row, edited in place.
import {ActionIcon, Button, NativeSelect, Table} from '@mantine/core';
import type {Resource} from '../../../src/api/contract/connector.ts';
import type {Mapping} from '../../../src/api/contract/sync.ts';
import {Icon} from '../parts/icons.tsx';
import {State} from '../parts/phase.tsx';
import {Value} from '../parts/value.tsx';
import {t} from '../text.ts';
import {Expression} from './expression.tsx';
import {
  type Explained,
  expressionOf,
  isChanged,
  type MappedField,
  type Missing,
  type Problem,
  withExpression,
  withMissing,
  withoutField,
} from './preview.ts';
import {Why} from './why.tsx';

type RowProps = {
  field: MappedField;
  issues: readonly Problem[];
  explained: Explained | undefined;
  source: Resource | undefined;
  saved: Mapping;
  draft: Mapping;
  /** The heading of the value: whose it is. */
  valueTitle: string;
  editing: boolean;
  onEdit: (open: boolean) => void;
  onChange: (mapping: Mapping) => void;
};

export function MappingRow(props: RowProps) {
  const {field, issues, explained, saved, draft, valueTitle, editing, onEdit} = props;
  return (
    <>
      <Table.Tr role="row" data-current={editing || undefined}>
        <Table.Td role="cell">
          <div title={field.description} className="field-name">
            {field.label} {field.required && <span className="pill">{t.fields.required}</span>}{' '}
            {isChanged(saved, draft, field.field) && <span className="pill tone-blue">{t.mapping.changed}</span>}
          </div>
          {field.wanted && <div className="small-print">{field.wanted}</div>}
        </Table.Td>
        <Table.Td role="cell">
          <StackTitle>{t.mapping.filledFrom}</StackTitle>
          <div className="filled-from">
            <Filling field={field} issues={issues} />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t.mapping.edit(field.label)}
              aria-expanded={editing}
              onClick={() => onEdit(!editing)}
            >
              <Icon name="pencil" />
            </ActionIcon>
          </div>
        </Table.Td>
        <Table.Td role="cell">
          <StackTitle>{valueTitle}</StackTitle>
          <div className="filled-from">
            <div>
              <Value value={explained?.value} />
              {explained?.message && <div className="mistake">{explained.message}</div>}
            </div>
            {explained && <Why field={field} explained={explained} />}
          </div>
        </Table.Td>
      </Table.Tr>
      {editing && (
        <Table.Tr role="row" className="editing">
          <Table.Td role="cell" colSpan={3}>
            <RowEditor {...props} />
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}

/** On a phone the parts of a row stand below each other, each under its own title; the column's heading is read out already. */
function StackTitle({children}: {children: string}) {
  return (
    <div className="small-print visible-narrow" aria-hidden>
      {children}
    </div>
  );
}

function Filling({field, issues}: Pick<RowProps, 'field' | 'issues'>) {
  if (issues.length) return <State tone="red" icon="cross" word={issues[0]?.message ?? ''} />;
  if (!field.expression) {
    return field.required ? (
      <State tone="amber" icon="warning" word={t.mapping.nothingRequired} />
    ) : (
      <span className="dimmed">{t.mapping.nothing}</span>
    );
  }
  return (
    <div>
      {field.source && <div>{field.source}</div>}
      <code className="small-print wrap">{field.expression}</code>
    </div>
  );
}

function RowEditor({field, issues, source, saved, draft, onEdit, onChange}: RowProps) {
  const expression = expressionOf(draft[field.field]) ?? field.expression ?? '';
  const missing = typeof field.missing === 'string' ? field.missing : 'leave';
  return (
    <div className="row-editor">
      <Expression
        label={t.mapping.expressionFor(field.label)}
        value={expression}
        issues={issues}
        source={source}
        onChange={value =>
          onChange(value ? withExpression(draft, field.field, value) : withoutField(draft, field.field))
        }
      />
      <NativeSelect
        label={t.mapping.whenMissing}
        data={Object.entries(t.mapping.missing).map(([value, label]) => ({value, label}))}
        value={missing}
        onChange={event => onChange(withMissing(draft, field.field, expression, event.currentTarget.value as Missing))} // only those are offered
      />
      <div className="actions">
        <Button size="sm" variant="light" onClick={() => onEdit(false)}>
          {t.done}
        </Button>
        <Button size="sm" variant="subtle" color="gray" onClick={() => onChange(withoutField(draft, field.field))}>
          {t.mapping.useDefault}
        </Button>
        <Button size="sm" variant="subtle" color="gray" onClick={() => onChange({...draft, [field.field]: null})}>
          {t.mapping.leaveOut}
        </Button>
        {isChanged(saved, draft, field.field) && (
          <span className="dimmed">{t.mapping.was(expressionOf(saved[field.field]) ?? t.mapping.default)}</span>
        )}
      </div>
    </div>
  );
}
