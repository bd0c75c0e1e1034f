// What can be done with a run as it is now: applied where it is a preview, released where it is held, cancelled while it lasts,
// and its failures tried again once it is over.
import {Link} from '@tanstack/react-router';
import type {Run} from '../../../src/api/contract/run.ts';
import {isOver} from '../api/follow-run.ts';
import {Action} from '../parts/action.tsx';
import {t} from '../text.ts';

export function RunActions({run}: {run: Run}) {
  const params = {runId: run.id};
  if (!isOver(run)) {
    return (
      <>
        <Action variant="default" right="run" link={{to: '/runs/$runId/cancel', params, search: true}}>
          {t.runs.cancel}
        </Action>
        {run.status === 'held' && (
          <Action right="review" link={{to: '/runs/$runId/release', params, search: true}}>
            {t.runs.release}
          </Action>
        )}
      </>
    );
  }
  if (!run.save) return <ApplyPlan run={run} />;
  const failed = failedOf(run);
  if (failed === 0) return null;
  return (
    <Action right="run" link={{to: '/runs/$runId/retry', params, search: true}}>
      {t.retry.all(failed)}
    </Action>
  );
}

function ApplyPlan({run: {id: runId, status, totals}}: {run: Run}) {
  const {created, updated, deactivated} = totals;
  if (status !== 'complete' || created + updated + deactivated === 0) return null;
  return (
    <Action right="run" link={{to: '/runs/$runId/apply', params: {runId}, search: true}}>
      {t.runs.apply}
    </Action>
  );
}

/** How many ended in error; those that are held wait for a decision. */
export function failedOf({totals}: Run): number {
  return totals.failures - totals.held;
}

/** Whose records it goes on with, and behind which run it queues. */
export function RunOrigin({run: {follows, behind}}: {run: Run}) {
  return (
    <>
      {follows && (
        <span>
          {' · '}
          {t.retry.ofRun[follows.kind]}{' '}
          <Link to="/runs/$runId" params={{runId: follows.run}}>
            {t.retry.earlierRun}
          </Link>
        </span>
      )}
      {behind && (
        <span>
          {' · '}
          <Link to="/runs/$runId" params={{runId: behind}}>
            {t.retry.behind}
          </Link>
        </span>
      )}
    </>
  );
}
