// What can be done with a run as it is now: applied where it is a preview, released where it is held, cancelled while it lasts.
import type {Run} from '../../../src/api/contract/run.ts';
import {isOver} from '../api/follow-run.ts';
import {Action} from '../parts/action.tsx';
import {t} from '../text.ts';

export function RunActions({run}: {run: Run}) {
  const {status, save, totals} = run;
  const params = {runId: run.id};
  const {created, updated, deactivated} = totals;
  if (status === 'complete' && !save && created + updated + deactivated > 0) {
    return (
      <Action right="run" link={{to: '/runs/$runId/apply', params, search: true}}>
        {t.runs.apply}
      </Action>
    );
  }
  if (isOver(run)) return null;
  return (
    <>
      <Action variant="default" right="run" link={{to: '/runs/$runId/cancel', params, search: true}}>
        {t.runs.cancel}
      </Action>
      {status === 'held' && (
        <Action right="review" link={{to: '/runs/$runId/release', params, search: true}}>
          {t.runs.release}
        </Action>
      )}
    </>
  );
}
