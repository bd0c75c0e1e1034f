// Import CSV: choose or drop a file, watch it being read, see line by line what was wrong with it.
import {Button, FileButton, Modal, NativeSelect, Progress} from '@mantine/core';
import {useMutation, useQuery, useQueryClient, useSuspenseQuery} from '@tanstack/react-query';
import {getRouteApi} from '@tanstack/react-router';
import {type DragEvent, useEffect, useState} from 'react';
import type {File as StoredFile} from '../../../src/api/contract/record.ts';
import {call} from '../api/client.ts';
import {ask, connection, connections} from '../api/queries.ts';
import {Level, State} from '../parts/phase.tsx';
import {capitalise, mainResource} from '../parts/resource-words.ts';
import {useReturnFocus} from '../parts/return-focus.ts';
import {Refusal} from '../shell/states.tsx';
import {type Column, DataTable} from '../shell/table.tsx';
import {t} from '../text.ts';

const route = getRouteApi('/app/people/import');
const pollMs = 400;

export function PeopleImportDialog() {
  const navigate = route.useNavigate();
  useReturnFocus();
  const {data: all} = useSuspenseQuery(connections());
  const directoryId = all.items.find(item => item.connector === 'directory')?.id ?? '';
  const {data: directory} = useSuspenseQuery(connection(directoryId));
  const [resource, setResource] = useState(mainResource(directory.resources)?.name ?? '');
  const upload = useMutation({
    mutationFn: (file: File) =>
      call('POST /connections/{id}/files', {params: {id: directoryId}, query: {resource, name: file.name}, file}),
  });
  const close = () => navigate({to: '/people', search: true});
  return (
    <Modal opened onClose={close} title={t.people.import} size="lg">
      {upload.data ? (
        <Reading fileId={upload.data.id} onAgain={upload.reset} onClose={close} />
      ) : (
        <div className="stack">
          {directory.resources.length > 1 && (
            <NativeSelect
              label={t.people.importAs}
              data={directory.resources.map(item => ({value: item.name, label: capitalise(item.plural)}))}
              value={resource}
              onChange={event => setResource(event.currentTarget.value)}
            />
          )}
          <DropZone busy={upload.isPending} onFile={upload.mutate} />
          <Refusal error={upload.error} />
        </div>
      )}
    </Modal>
  );
}

function DropZone({busy, onFile}: {busy: boolean; onFile: (file: File) => void}) {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut of the button inside
    <div
      className="drop-zone"
      data-over={over || undefined}
      onDragOver={event => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p>{t.people.drop}</p>
      <FileButton
        onChange={file => file && onFile(file)}
        accept=".csv,text/csv"
        inputProps={{'aria-label': t.people.csvFile}}
      >
        {props => (
          <Button {...props} size="sm" variant="default" loading={busy}>
            {t.chooseFile}
          </Button>
        )}
      </FileButton>
      <p className="small-print">{t.people.importAbout}</p>
    </div>
  );
}

const columns: readonly Column<StoredFile['issues'][number]>[] = [
  {title: t.people.level, cell: issue => <Level level={issue.level} />},
  {title: t.people.field, wide: true, cell: issue => issue.label ?? issue.field},
  {
    title: t.people.what,
    cell: issue => (
      <>
        <div>{issue.message}</div>
        <div className="small-print">{issue.hint}</div>
      </>
    ),
  },
];

function Reading({fileId, onAgain, onClose}: {fileId: string; onAgain: () => void; onClose: () => void}) {
  const queries = useQueryClient();
  const {data, error} = useQuery({
    ...ask('GET /files/{id}', {params: {id: fileId}}),
    refetchInterval: query => (isOver(query.state.data) ? false : pollMs),
  });
  const over = isOver(data);
  useEffect(() => {
    if (over) void queries.invalidateQueries({queryKey: ['GET /records']});
  }, [over, queries]);
  return (
    <div className="stack">
      <div role="status">
        {!over && <State tone="blue" icon="arrows" word={t.people.reading} />}
        {data?.status === 'complete' && <Read whole={data.accepted === data.rows} />}
        {data?.status === 'failed' && <State tone="red" icon="cross" word={data.message ?? t.people.readFailed} />}
        {data && (!over || data.rows > 0) && <p>{t.people.counts(data.rows, data.accepted, data.issueCount)}</p>}
        {data?.status === 'failed' && data.hint && <p className="dimmed">{data.hint}</p>}
      </div>
      {!over && <Progress value={100} animated aria-label={t.people.reading} />}
      <Refusal error={error} />
      {data && data.issues.length > 0 && (
        <DataTable
          label={t.people.issues}
          columns={columns}
          rows={data.issues}
          rowKey={issue => JSON.stringify(issue)}
        />
      )}
      <div className="actions end">
        <Button size="sm" variant="default" onClick={onAgain}>
          {t.people.importAnother}
        </Button>
        <Button size="sm" onClick={onClose}>
          {t.done}
        </Button>
      </div>
    </div>
  );
}

/** Rows that could not be used are no success. */
function Read({whole}: {whole: boolean}) {
  return whole ? (
    <State tone="green" icon="tick" word={t.people.read} />
  ) : (
    <State tone="amber" icon="warning" word={t.people.readInPart} />
  );
}

function isOver(file: StoredFile | undefined): boolean {
  return file?.status === 'complete' || file?.status === 'failed';
}
