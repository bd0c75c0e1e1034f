// The table of every list: columns as data, the first one a link over the whole row, 50 rows and then more by cursor.
import {Button, Table} from '@mantine/core';
import type {ReactNode} from 'react';
import {formatCount} from '../parts/instant.tsx';
import {t} from '../text.ts';

export type Column<Row> = {
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** Not shown on a phone. */
  readonly wide?: boolean;
  readonly numeric?: boolean;
  /** Holds buttons; its heading is for screen readers only. */
  readonly actions?: boolean;
};

type TableProps<Row> = {
  /** What the rows are, for screen readers. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** The row that a side panel shows. */
  current?: string | undefined;
  more?: {hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown};
};

export function DataTable<Row>({label, columns, rows, rowKey, current, more}: TableProps<Row>) {
  return (
    <>
      <div className="table-frame">
        <Table aria-label={label} className="data-table" verticalSpacing={0}>
          <Table.Thead>
            <Table.Tr>
              {columns.map(column => (
                <Table.Th key={column.title} className={classOf(column)} scope="col">
                  {column.actions ? <span className="for-readers">{column.title}</span> : column.title}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(row => (
              <Table.Tr key={rowKey(row)} {...(current === rowKey(row) && {'data-current': true})}>
                {columns.map(column => (
                  <Table.Td key={column.title} className={classOf(column)}>
                    {column.cell(row)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {more?.hasNextPage && (
        <div className="more">
          <Button variant="default" loading={more.isFetchingNextPage} onClick={() => more.fetchNextPage()}>
            {t.more}
          </Button>
          <span className="dimmed">{t.shown(formatCount(rows.length))}</span>
        </div>
      )}
    </>
  );
}

function classOf<Row>({wide, numeric, actions}: Column<Row>): string {
  return [wide && 'visible-wide-cell', numeric && 'numeric', actions && 'row-actions'].filter(Boolean).join(' ');
}
