// A run in one line, for terminals.
import type {Run} from '../api/contract/run.ts';

const stages = {read: 'reading', plan: 'planning', deliver: 'sending', done: 'done'} as const;

export function runLine(run: Run): string {
  const {totals, status, stage, result, save, waitingFor, message} = run;
  const state = status === 'running' ? stages[stage] : (result ?? status).replaceAll('_', ' ');
  const made = save ? `${totals.created} created` : `${totals.created} would be created`;
  const counts = [`${totals.total} people`, made, `${totals.unchanged} unchanged`, `${totals.skipped} not included`];
  if (totals.held > 0) counts.push(`${totals.held} held`);
  if (totals.failures > 0) counts.push(`${totals.failures} failed`);
  const why = waitingFor ?? message;
  return `${run.syncName}: ${state} · ${counts.join(' · ')}${why ? ` · ${why}` : ''}`;
}
