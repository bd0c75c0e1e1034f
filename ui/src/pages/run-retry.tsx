// Asks before failures of a run are tried again: how many, of which cause, and with which mapping.
import {Radio} from '@mantine/core';
import {useMutation, useQueryClient, useSuspenseQuery} from '@tanstack/react-query';
import {getRouteApi, useNavigate} from '@tanstack/react-router';
import {useState} from 'react';
import {call} from '../api/client.ts';
import {problems, run, sync} from '../api/queries.ts';
import {Confirm} from '../parts/confirm.tsx';
import {t} from '../text.ts';
import {failedOf} from './run-actions.tsx';

const route = getRouteApi('/app/runs/$runId/retry');

export function RunRetryDialog() {
  const {runId} = route.useParams();
  const {cause} = route.useSearch();
  const {data} = useSuspenseQuery(run(runId));
  const {data: found} = useSuspenseQuery(problems(runId));
  const {data: now} = useSuspenseQuery(sync(data.sync));
  const [mapping, setMapping] = useState<'today' | 'then'>('today');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const retry = useMutation({
    mutationFn: () =>
      call('POST /runs/{id}/retries', {params: {id: runId}, body: {mapping, ...(cause ? {issue: cause} : {})}}),
    onSuccess: async started => {
      await navigate({to: '/runs/$runId', params: {runId: started.id}});
      await queries.invalidateQueries({queryKey: ['GET /runs']});
    },
  });
  const problem = found.items.find(item => item.code === cause);
  // One record may have a problem in several fields: then this is the most that it can be.
  const count = cause === undefined ? failedOf(data) : (problem?.failed ?? 0);
  return (
    <Confirm
      title={t.retry.title(count)}
      confirm={t.retry.start}
      right="run"
      blocked={(!data.save && t.retry.preview) || (count === 0 && t.retry.nothing)}
      loading={retry.isPending}
      error={retry.error}
      onConfirm={() => retry.mutate()}
      onClose={() => navigate({to: '/runs/$runId', params: {runId}, search: ({cause: _, ...rest}) => rest})}
    >
      <p>{t.retry.about(count)}</p>
      {problem && (
        <p>
          {t.retry.cause} <strong>{problem.message}</strong>
        </p>
      )}
      {cause === undefined && data.totals.held > 0 && (
        <p className="callout tone-amber">{t.retry.held(data.totals.held)}</p>
      )}
      {now.version !== data.syncVersion && (
        <Radio.Group
          label={t.retry.mapping}
          value={mapping}
          onChange={value => setMapping(value === 'then' ? 'then' : 'today')}
        >
          <div className="stack">
            <Radio value="today" label={t.retry.today} />
            <Radio value="then" label={t.retry.asThen(data.syncVersion)} />
          </div>
        </Radio.Group>
      )}
    </Confirm>
  );
}
