// Asks before a previewed plan is applied: that, and nothing else, and to how many.
import {useMutation, useQueryClient, useSuspenseQuery} from '@tanstack/react-query';
import {getRouteApi, useNavigate} from '@tanstack/react-router';
import {call} from '../api/client.ts';
import {run} from '../api/queries.ts';
import {Confirm} from '../parts/confirm.tsx';
import {t} from '../text.ts';

const route = getRouteApi('/app/runs/$runId/apply');

export function RunApplyDialog() {
  const {runId} = route.useParams();
  const {data} = useSuspenseQuery(run(runId));
  const queries = useQueryClient();
  const navigate = useNavigate();
  const apply = useMutation({
    mutationFn: () => call('POST /runs', {body: {plan: runId}}),
    onSuccess: async made => {
      await Promise.all(['GET /syncs', 'GET /runs'].map(name => queries.invalidateQueries({queryKey: [name]})));
      await navigate({to: '/runs/$runId', params: {runId: made.id}});
    },
  });
  return (
    <Confirm
      title={t.runs.applyTitle}
      confirm={t.runs.apply}
      right="run"
      loading={apply.isPending}
      error={apply.error}
      onConfirm={() => apply.mutate()}
      onClose={() => navigate({to: '/runs/$runId', params: {runId}, search: true})}
    >
      <p>{t.runs.wouldDo(data.totals)}</p>
      <p>{t.runs.applyAbout}</p>
    </Confirm>
  );
}
