// The values of an event: first what was refused or is missing, with its reason beside it, then what is as it should be.
import type {Event} from '../../../src/api/contract/run.ts';
import {Icon} from '../parts/icons.tsx';
import {State} from '../parts/phase.tsx';
import {Value} from '../parts/value.tsx';
import {type Column, DataTable} from '../shell/table.tsx';
import {t} from '../text.ts';

type Shown = Event['values'][number];

export function EventValues({data: {values, issues}}: {data: Pick<Event, 'values' | 'issues'>}) {
  const columns: readonly Column<Shown>[] = [
    {title: t.events.field, cell: value => <span title={value.field}>{value.label}</span>},
    {
      title: t.events.value,
      cell: value => (
        <>
          {value.before !== undefined && (
            <>
              <s className="dimmed" title={t.events.before}>
                <Value value={value.before} />
              </s>{' '}
              <span role="img" aria-label={t.events.becomes}>
                <Icon name="right" size={12} />
              </span>{' '}
            </>
          )}
          {value.state !== 'missing' && <Value value={value.value} />}
          {value.state !== 'given' && (
            <div>
              <State tone="red" icon="cross" word={t.events.valueStates[value.state]} />
            </div>
          )}
          {issues
            .filter(issue => issue.field === value.field)
            .map(issue => (
              <div key={issue.code} className={issue.level === 'error' ? 'mistake' : 'small-print'}>
                {issue.message}
              </div>
            ))}
        </>
      ),
    },
    {
      title: t.events.from,
      cell: value => (
        <>
          {value.source && <div>{value.source}</div>}
          {value.from && <code className="small-print wrap">{value.from}</code>}
        </>
      ),
    },
  ];
  const rows = [...values].sort((a, b) => Number(a.state === 'given') - Number(b.state === 'given'));
  return <DataTable label={t.events.values} columns={columns} rows={rows} rowKey={value => value.field} />;
}
