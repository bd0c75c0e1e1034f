// The phases of an event and the only moves between them. The tables of events repeat it as CHECKs (open phases in
// open_events, final ones in events); a test walks both, so that neither can drift.

export const phases = ['queued', 'in_progress', 'held', 'complete', 'skipped', 'error'] as const;
export type Phase = (typeof phases)[number];

/** Not final: such events live in open_events. */
export const openPhases = ['queued', 'in_progress', 'held'] as const satisfies readonly Phase[];
export const finalPhases = ['complete', 'skipped', 'error'] as const satisfies readonly Phase[];
export type OpenPhase = (typeof openPhases)[number];
export type FinalPhase = (typeof finalPhases)[number];

/** From each phase, where an event may go. Final phases go nowhere: a retry is a new event. */
export const moves: {readonly [From in Phase]: readonly Phase[]} = {
  queued: ['in_progress', 'held', 'skipped', 'complete', 'error'],
  in_progress: ['complete', 'error', 'held', 'queued'],
  held: ['queued', 'skipped'],
  complete: [],
  skipped: [],
  error: [],
};

/** Phases in which an event may be born: any but on its way. */
export const birthPhases = phases.filter(phase => phase !== 'in_progress');

/** Statuses a complete event may have. Errors carry 400, 409, 422 or the destination's own 4xx or 5xx; the rest none. */
export const completeStatuses = [100, 200, 201, 204] as const;
export type CompleteStatus = (typeof completeStatuses)[number];

export function mayMove(from: Phase, to: Phase): boolean {
  return moves[from].includes(to);
}

export function isFinal(phase: Phase): phase is FinalPhase {
  return moves[phase].length === 0;
}

/** Whether that phase can carry that status. */
export function statusFits(phase: Phase, status: number | null): boolean {
  switch (phase) {
    case 'complete':
      return completeStatuses.some(known => known === status);
    case 'error':
      return status !== null && status >= 400 && status <= 599;
    case 'queued':
    case 'in_progress':
    case 'held':
    case 'skipped':
      return status === null;
    default:
      return phase satisfies never;
  }
}
