// Asks before a held run goes on: what it planned, to how many, and why it was held.
import {useMutation, useQueryClient, useSuspenseQuery} from '@tanstack/react-query';
import {getRouteApi, useNavigate} from '@tanstack/react-router';
import {call} from '../api/client.ts';
import {run} from '../api/queries.ts';
import {Confirm} from '../parts/confirm.tsx';
import {formatCount} from '../parts/instant.tsx';
import {t} from '../text.ts';

const route = getRouteApi('/app/runs/$runId/release');

export function RunReleaseDialog() {
  const {runId} = route.useParams();
  const {data} = useSuspenseQuery(run(runId));
  const queries = useQueryClient();
  const navigate = useNavigate();
  const close = () => navigate({to: '/runs/$runId', params: {runId}, search: true});
  const release = useMutation({
    mutationFn: () => call('POST /runs/{id}/release', {params: {id: runId}, body: {}}),
    onSuccess: async answer => {
      queries.setQueryData(run(runId).queryKey, answer);
      await close();
    },
  });
  return (
    <Confirm
      title={t.runs.releaseTitle}
      confirm={t.runs.release}
      right="review"
      loading={release.isPending}
      error={release.error}
      onConfirm={() => release.mutate()}
      onClose={close}
    >
      {data.waitingFor && <p className="callout tone-amber">{data.waitingFor}</p>}
      <p>{t.runs.releaseAbout(formatCount(data.pending ?? 0))}</p>
    </Confirm>
  );
}
