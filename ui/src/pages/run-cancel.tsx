// Asks before a run is cancelled: what is done stays done, what waits is not sent.
import {useMutation, useQueryClient, useSuspenseQuery} from '@tanstack/react-query';
import {getRouteApi, useNavigate} from '@tanstack/react-router';
import {call} from '../api/client.ts';
import {run} from '../api/queries.ts';
import {Confirm} from '../parts/confirm.tsx';
import {formatCount} from '../parts/instant.tsx';
import {t} from '../text.ts';

const route = getRouteApi('/app/runs/$runId/cancel');

export function RunCancelDialog() {
  const {runId} = route.useParams();
  const {data} = useSuspenseQuery(run(runId));
  const queries = useQueryClient();
  const navigate = useNavigate();
  const close = () => navigate({to: '/runs/$runId', params: {runId}, search: true});
  const cancel = useMutation({
    mutationFn: () => call('POST /runs/{id}/cancellation', {params: {id: runId}}),
    onSuccess: async answer => {
      queries.setQueryData(run(runId).queryKey, answer);
      await close();
    },
  });
  return (
    <Confirm
      title={t.runs.cancelTitle}
      confirm={t.runs.cancel}
      right="run"
      danger
      loading={cancel.isPending}
      error={cancel.error}
      onConfirm={() => cancel.mutate()}
      onClose={close}
    >
      {t.runs.cancelAbout(data.pending === null ? null : formatCount(data.pending))}
    </Confirm>
  );
}
