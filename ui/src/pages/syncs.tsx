// All syncs: from where to where, how the last run went, and one click to preview or run.
import {useSuspenseQuery} from '@tanstack/react-query';
import {Link} from '@tanstack/react-router';
import type {Sync} from '../../../src/api/contract/sync.ts';
import {syncs} from '../api/queries.ts';
import {Action} from '../parts/action.tsx';
import {Icon} from '../parts/icons.tsx';
import {Instant} from '../parts/instant.tsx';
import {RunState} from '../parts/phase.tsx';
import {Page} from '../shell/page.tsx';
import {Empty} from '../shell/states.tsx';
import {type Column, DataTable} from '../shell/table.tsx';
import {t} from '../text.ts';

const columns: readonly Column<Sync>[] = [
  {
    title: t.syncs.name,
    cell: sync => (
      <>
        <Link to="/syncs/$syncId" params={{syncId: sync.id}} className="row-link">
          {sync.name}
        </Link>
        <div className="dimmed from-to">
          {sync.source.connectionName} <Icon name="right" size={12} /> {sync.destination.connectionName}
        </div>
        <div className="visible-narrow">
          <LastRun lastRun={sync.lastRun} />
        </div>
      </>
    ),
  },
  {title: t.syncs.mode, wide: true, cell: sync => t.syncs.modes[sync.mode]},
  {
    title: t.syncs.lastRun,
    wide: true,
    cell: ({lastRun}) => <LastRun lastRun={lastRun} />,
  },
  {title: t.actions, actions: true, cell: sync => <StartButtons sync={sync} compact />},
];

function LastRun({lastRun}: Pick<Sync, 'lastRun'>) {
  if (!lastRun) return <span className="dimmed">{t.syncs.notRun}</span>;
  return (
    <div className="last-run">
      <Link to="/runs/$runId" params={{runId: lastRun.id}} className="over-row">
        <RunState {...lastRun} />
      </Link>
      <div className="small-print">
        {lastRun.save ? t.runs.save : t.runs.preview} · <Instant at={lastRun.startedAt} />
      </div>
    </div>
  );
}

/** Preview and Run: each opens the dialog that says what will happen. */
export function StartButtons({sync, compact = false}: {sync: Pick<Sync, 'id' | 'name'>; compact?: boolean}) {
  const to = (save: boolean) => ({to: '/syncs/$syncId/start', params: {syncId: sync.id}, search: {save}}) as const;
  const size = compact ? 'compact-sm' : 'sm';
  return (
    <div className="start-buttons">
      <Action size={size} variant="default" icon="eye" right="run" link={to(false)}>
        {t.runs.preview}
      </Action>
      <Action size={size} variant={compact ? 'default' : 'filled'} icon="play" right="run" link={to(true)}>
        {t.runs.run}
      </Action>
    </div>
  );
}

export function SyncsPage() {
  const {data} = useSuspenseQuery(syncs());
  const create = (
    <Action icon="plus" right="configure" link={{to: '/syncs/new'}}>
      {t.syncs.create}
    </Action>
  );
  return (
    <Page title={t.syncs.title} subtitle={t.syncs.about} actions={create}>
      {data.items.length ? (
        <DataTable label={t.syncs.title} columns={columns} rows={data.items} rowKey={sync => sync.id} />
      ) : (
        <Empty {...t.syncs.empty} action={create} />
      )}
    </Page>
  );
}
