// The mapping of a sync: each field of the destination, what fills it, and what that gives for a real record, and why.
import {NativeSelect, Table} from '@mantine/core';
import {useState} from 'react';
import type {Resource} from '../../../src/api/contract/connector.ts';
import type {Mapping} from '../../../src/api/contract/sync.ts';
import {t} from '../text.ts';
import {inOrderOfNeed, type Preview} from './preview.ts';
import {MappingRow} from './row.tsx';

type MappingTableProps = {
  preview: Preview;
  source: Resource | undefined;
  saved: Mapping;
  draft: Mapping;
  onChange: (mapping: Mapping) => void;
};

export function MappingTable({preview, source, saved, draft, onChange}: MappingTableProps) {
  const [chosen, setChosen] = useState('');
  const [editing, setEditing] = useState<string>();
  const sample = preview.records.find(record => record.record === chosen) ?? preview.records[0];
  const valueTitle = sample ? t.mapping.valueFor(sample.name || sample.externalId) : t.mapping.value;
  const unfilled = preview.fields.filter(field => field.required && !field.expression).length;
  return (
    <>
      <div className="filters">
        {sample ? (
          <NativeSelect
            label={t.mapping.sample}
            data={preview.records.map(record => ({value: record.record, label: record.name || record.externalId}))}
            value={sample.record}
            onChange={event => setChosen(event.currentTarget.value)}
          />
        ) : (
          <p className="dimmed">{t.mapping.noSample}</p>
        )}
        <p className={unfilled ? 'callout tone-amber' : 'dimmed'} role="status">
          {t.mapping.unfilled(unfilled)}
        </p>
      </div>
      <div className="table-frame">
        {/* Its roles are said because on a phone its rows are stacked, and then not every browser takes it for a table. */}
        <Table role="table" aria-label={t.mapping.title} className="data-table mapping" verticalSpacing={0}>
          <Table.Thead role="rowgroup">
            <Table.Tr role="row">
              {[t.mapping.field, t.mapping.filledFrom, valueTitle].map(title => (
                <Table.Th key={title} role="columnheader" scope="col">
                  {title}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody role="rowgroup">
            {inOrderOfNeed(preview.fields, preview.issues).map(field => (
              <MappingRow
                key={field.field}
                field={field}
                issues={preview.issues.filter(issue => issue.field === field.field)}
                explained={sample?.values.find(value => value.field === field.field)}
                source={source}
                saved={saved}
                draft={draft}
                valueTitle={valueTitle}
                editing={editing === field.field}
                onEdit={open => setEditing(open ? field.field : undefined)}
                onChange={onChange}
              />
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </>
  );
}
