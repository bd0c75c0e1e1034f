// A run in one line, for terminals. A preview has done nothing: it says what a run would do.
import type {Run} from '../api/contract/run.ts';
import {counted} from '../messages/ui/plural.ts';

const stages = {read: 'reading', plan: 'planning', deliver: 'sending', done: 'done'} as const;

export function runLine(run: Run): string {
  const {status, stage, result, save, waitingFor, message} = run;
  const over = result === null ? status : save ? result.replaceAll('_', ' ') : 'previewed';
  const state = status === 'running' ? stages[stage] : over;
  const why = waitingFor ?? message;
  return `${run.syncName}: ${state} · ${(save ? counts(run) : countsWould(run)).join(' · ')}${why ? ` · ${why}` : ''}`;
}

function counts({totals: {total, created, unchanged, skipped, held, failures}}: Run): readonly string[] {
  return [
    `${counted(total)} people`,
    `${counted(created)} created`,
    `${counted(unchanged)} unchanged`,
    `${counted(skipped)} not included`,
    ...(held > 0 ? [`${counted(held)} held`] : []),
    ...(failures > 0 ? [`${counted(failures)} failed`] : []),
  ];
}

function countsWould({totals: {total, created, unchanged, skipped, held, failures}}: Run): readonly string[] {
  return [
    `${counted(total)} people would be considered`,
    `${counted(created)} would be created`,
    `${counted(unchanged)} would stay unchanged`,
    `${counted(skipped)} would not be included`,
    ...(held > 0 ? [`${counted(held)} would be held`] : []),
    `${counted(failures)} would fail`,
  ];
}
