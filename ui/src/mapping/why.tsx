// Why a field has its value for this record: the expression, what it read, what it gave.
import {ActionIcon, Popover} from '@mantine/core';
import {Icon} from '../parts/icons.tsx';
import {Value} from '../parts/value.tsx';
import {t} from '../text.ts';
import type {Explained, MappedField} from './preview.ts';

export function Why({field, explained}: {field: MappedField; explained: Explained}) {
  return (
    <Popover width={400} withArrow trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t.mapping.why(field.label)}>
          <Icon name="question" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t.mapping.why(field.label)}>
        <dl className="facts">
          <dt>{t.mapping.expression}</dt>
          <dd>{explained.expression ? <code className="wrap">{explained.expression}</code> : t.mapping.nothing}</dd>
          {explained.inputs.map(input => (
            <div key={input.path}>
              <dt>
                <code>{input.path}</code>
              </dt>
              <dd>{input.state === 'value' ? <Value value={input.value} /> : t.mapping.states[input.state]}</dd>
            </div>
          ))}
          <dt>{t.mapping.gives}</dt>
          <dd>
            <Value value={explained.value} />
          </dd>
        </dl>
        {explained.message && <p className="mistake">{explained.message}</p>}
      </Popover.Dropdown>
    </Popover>
  );
}
