// All connections of the company: do they work, and since when do we know.
import {useSuspenseQuery} from '@tanstack/react-query';
import {Link} from '@tanstack/react-router';
import type {Connection} from '../../../src/api/contract/connection.ts';
import {connections} from '../api/queries.ts';
import {Action} from '../parts/action.tsx';
import {Instant} from '../parts/instant.tsx';
import {Monogram} from '../parts/monogram.tsx';
import {ConnectionState} from '../parts/phase.tsx';
import {Page} from '../shell/page.tsx';
import {Empty} from '../shell/states.tsx';
import {type Column, DataTable} from '../shell/table.tsx';
import {t} from '../text.ts';

const columns: readonly Column<Connection>[] = [
  {
    title: t.connections.name,
    cell: connection => (
      <div className="named">
        <Monogram name={connection.connectorName} />
        <div>
          <Link to="/connections/$connectionId" params={{connectionId: connection.id}} className="row-link">
            {connection.name}
          </Link>
          <div className="dimmed">{connection.connectorName}</div>
          {connection.status !== 'connected' && <div className="small-print visible-narrow">{connection.message}</div>}
        </div>
      </div>
    ),
  },
  {title: t.connections.status, cell: connection => <ConnectionState status={connection.status} />},
  {
    title: t.connections.checked,
    wide: true,
    cell: connection => <Instant at={connection.checkedAt} none={t.connections.notChecked} />,
  },
  {title: t.connections.message, wide: true, cell: connection => <span className="dimmed">{connection.message}</span>},
];

export function ConnectionsPage() {
  const {data} = useSuspenseQuery(connections());
  const create = (
    <Action icon="plus" right="configure" link={{to: '/connections/new'}}>
      {t.connections.create}
    </Action>
  );
  return (
    <Page title={t.connections.title} subtitle={t.connections.about} actions={create}>
      {data.items.length ? (
        <DataTable
          label={t.connections.title}
          columns={columns}
          rows={data.items}
          rowKey={connection => connection.id}
        />
      ) : (
        <Empty {...t.connections.empty} action={create} />
      )}
    </Page>
  );
}
