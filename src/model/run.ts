// One execution of a sync: its statuses, stages, result and counters.

export const runStatuses = ['queued', 'running', 'waiting', 'held', 'complete', 'failed', 'cancelled'] as const;
export type RunStatus = (typeof runStatuses)[number];

export const activeRunStatuses = ['running', 'waiting', 'held'] as const satisfies readonly RunStatus[];
export const finalRunStatuses = ['complete', 'failed', 'cancelled'] as const satisfies readonly RunStatus[];

/** How far a run is: reading the source, planning, delivering, done. */
export const runStages = ['read', 'plan', 'deliver', 'done'] as const;
export type RunStage = (typeof runStages)[number];

export type RunResult = 'successful' | 'partially_successful' | 'unsuccessful';

/** `total` = records considered; `failures` = records ended in error or held; the last three count issues. */
export type Totals = {
  readonly total: number;
  readonly created: number;
  readonly updated: number;
  readonly linked: number;
  readonly deactivated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly held: number;
  readonly failures: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
};

/** What a run counts besides: records without an event of their own, since their last run with save said the same of them. */
export type RunCounts = Totals & {readonly repeated: number};

export const noTotals: Totals = {
  total: 0,
  created: 0,
  updated: 0,
  linked: 0,
  deactivated: 0,
  unchanged: 0,
  skipped: 0,
  held: 0,
  failures: 0,
  errors: 0,
  warnings: 0,
  infos: 0,
};

/** Every record failed: unsuccessful; some: partially; none: successful. */
export function runResult(totals: Pick<Totals, 'total' | 'failures'>): RunResult {
  if (totals.failures === 0) return 'successful';
  return totals.failures < totals.total ? 'partially_successful' : 'unsuccessful';
}
