// Asks before a run or a preview: what it will do, and to how many, as far as that is known.
import {useMutation, useQueryClient, useSuspenseQuery} from '@tanstack/react-query';
import {getRouteApi, Link, useNavigate} from '@tanstack/react-router';
import {call} from '../api/client.ts';
import {ask, sync} from '../api/queries.ts';
import {Confirm} from '../parts/confirm.tsx';
import {Instant} from '../parts/instant.tsx';
import {t} from '../text.ts';

const route = getRouteApi('/app/syncs/$syncId/start');

export function SyncStartDialog() {
  const {syncId} = route.useParams();
  const {save = false} = route.useSearch();
  const {data} = useSuspenseQuery(sync(syncId));
  const {data: runs} = useSuspenseQuery(ask('GET /runs', {query: {sync: syncId, limit: 20}}));
  const queries = useQueryClient();
  const navigate = useNavigate();
  const start = useMutation({
    mutationFn: () => call('POST /runs', {body: {sync: syncId, save}}),
    onSuccess: async run => {
      await Promise.all(['GET /syncs', 'GET /runs'].map(name => queries.invalidateQueries({queryKey: [name]})));
      await navigate({to: '/runs/$runId', params: {runId: run.id}});
    },
  });
  const last = runs.items.find(run => run.status === 'complete' && !run.save && run.syncVersion === data.version);
  const busy = save ? runs.items.find(run => run.save && run.finishedAt === null) : undefined;
  return (
    <Confirm
      title={save ? t.runs.startTitle(data.name) : t.runs.previewTitle(data.name)}
      confirm={save ? t.runs.start : t.runs.startPreview}
      right="run"
      loading={start.isPending}
      error={start.error}
      onConfirm={() => start.mutate()}
      onClose={() => navigate({to: '/syncs/$syncId', params: {syncId}})}
    >
      <p>
        {save
          ? t.runs.startAbout[data.mode](data.source.connectionName, data.destination.connectionName)
          : t.runs.previewAbout(data.source.connectionName, data.destination.connectionName)}
      </p>
      {save &&
        (last ? (
          <div className="callout tone-blue">
            <p>
              {t.runs.lastPreviewSaid} <Instant at={last.startedAt} />{' '}
              <Link to="/runs/$runId" params={{runId: last.id}}>
                {t.runs.see}
              </Link>
            </p>
            <p>{t.runs.wouldDo(last.totals)}</p>
          </div>
        ) : (
          <p className="callout tone-amber">{t.runs.notPreviewed}</p>
        ))}
      {busy && <p className="callout tone-amber">{t.runs.busy}</p>}
    </Confirm>
  );
}
