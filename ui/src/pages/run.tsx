// One run: how far it is or how it ended, what went wrong most, and every record's outcome.
import {useSuspenseQuery} from '@tanstack/react-query';
import {getRouteApi, Link, Outlet} from '@tanstack/react-router';
import {isOver} from '../api/follow-run.ts';
import {problems, run} from '../api/queries.ts';
import {formatDuration, WholeInstant} from '../parts/instant.tsx';
import {RunState} from '../parts/phase.tsx';
import {Page} from '../shell/page.tsx';
import {t} from '../text.ts';
import {RunActions, RunOrigin} from './run-actions.tsx';
import {Problems} from './run-problems.tsx';
import {RunProgress} from './run-progress.tsx';
import {RunRecords} from './run-records.tsx';

const route = getRouteApi('/app/runs/$runId');

export function RunPage() {
  const {runId} = route.useParams();
  const {data} = useSuspenseQuery(run(runId));
  const {data: found} = useSuspenseQuery(problems(runId));
  return (
    <Page
      title={data.syncName}
      back={{to: '/history', label: t.history.title}}
      mark={
        <>
          {!data.save && <span className="pill tone-blue">{t.runs.preview}</span>}
          <RunState {...data} failures={data.totals.failures} />
        </>
      }
      subtitle={
        <>
          {t.runs.startedBy} {data.startedBy} <WholeInstant at={data.startedAt ?? data.queuedAt} />
          {isOver(data) && data.durationMs !== null && ` · ${formatDuration(data.durationMs)}`} ·{' '}
          <Link to="/syncs/$syncId" params={{syncId: data.sync}}>
            {t.runs.openSync}
          </Link>
          <RunOrigin run={data} />
        </>
      }
      actions={<RunActions run={data} />}
    >
      {!data.save && <p className="callout tone-blue">{t.runs.noGuarantee}</p>}
      {(data.message ?? data.waitingFor) && (
        <p className={`callout tone-${data.status === 'failed' ? 'red' : 'amber'}`} role="status">
          <strong>{data.message ?? data.waitingFor}</strong> {data.hint}
        </p>
      )}
      <RunProgress run={data} />
      {found.items.length > 0 && <Problems run={data} items={found.items} />}
      <RunRecords run={data} />
      <Outlet />
    </Page>
  );
}
