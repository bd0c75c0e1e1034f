// Runs and their problems as the API shows them.
import {generalText, messageText} from '../messages/text.ts';
import {runResult} from '../model/run.ts';
import type {EventRow} from '../store/event-rows.ts';
import type {ProblemRow} from '../store/problems.ts';
import type {ShownRun} from '../store/run-pages.ts';
import type {Problem, Run} from './contract/run.ts';
import {presentReason} from './present-issue.ts';
import type {Frozen} from './route.ts';

export function presentRun(run: ShownRun): Frozen<Run> {
  const who = run.cancelledBy === null ? {} : {who: run.cancelledBy};
  const reason = presentReason(run.reasonCode, run.reasonParams && {...run.reasonParams, ...who});
  const isOver = run.finishedAt !== null;
  const queuedBehind = run.behindId === null ? null : presentReason('run.waits_run', {}).message;
  return {
    id: run.id,
    sync: run.syncId,
    syncName: run.syncName,
    syncVersion: run.syncVersion,
    status: run.status,
    stage: run.stage,
    waitingFor: isOver ? null : (reason.message ?? queuedBehind),
    message: isOver ? reason.message : null,
    hint: reason.hint,
    result: run.status === 'complete' ? runResult(run) : null,
    save: run.save,
    queuedAt: run.queuedAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
    durationMs: run.durationMs,
    startedBy: run.startedBy,
    behind: run.behindId,
    follows: run.follows && {run: run.follows.runId, kind: run.follows.kind},
    pending: isOver ? null : run.pending,
    totals: {
      total: run.total,
      created: run.created,
      updated: run.updated,
      linked: run.linked,
      deactivated: run.deactivated,
      unchanged: run.unchanged,
      skipped: run.skipped,
      held: run.held,
      failures: run.failures,
      errors: run.errors,
      warnings: run.warnings,
      infos: run.infos,
    },
    unchangedSince:
      run.beforeId && run.beforeAt
        ? {run: run.beforeId, startedAt: run.beforeAt.toISOString(), records: run.repeated}
        : null,
  };
}

/** `sample`: one of the events that have the problem. Of several the words hold for all, and the sample is an example. */
export function presentProblem(problem: ProblemRow, sample: EventRow | undefined): Problem {
  const {code, level, field, events, failed} = problem;
  const issue = sample?.issues.find(candidate => candidate.code === code && candidate.field === field);
  const params = issue?.params ?? (sample?.reasonCode === code ? sample.reasonParams : null) ?? {};
  const {text, owner} = messageText(code, params);
  const message = events > 1 ? generalText(code, params) : text;
  const example = sample && text !== message ? {event: sample.id, name: sample.name, message: text} : null;
  const label = field === null ? undefined : params['label'];
  return {code, level, field, label: typeof label === 'string' ? label : null, message, example, owner, events, failed};
}
