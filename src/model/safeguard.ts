// Limits on what one run may change before a person has looked at its plan. Pure.

export type Safeguards = {
  /** More than so many percent of the linked, and more than `least`, are held. Null: no limit. */
  readonly deactivations: {readonly percent: number; readonly least: number} | null;
  /**
   * More than so many times the median of the last ten runs that created something, and more than `least`, are held; nothing is
   * before there are three such runs. Null: no limit.
   */
  readonly creations: {readonly times: number; readonly least: number} | null;
};

export const defaultSafeguards: Safeguards = {
  deactivations: {percent: 20, least: 10},
  creations: {times: 3, least: 25},
};

export type PlanFacts = {
  readonly deactivations: number;
  readonly creations: number;
  /** Active links of the sync's destination before the run. */
  readonly linked: number;
  /** What the last runs with save created, those that created something; at most ten. */
  readonly createdBefore: readonly number[];
};

export type OverLimit = {
  readonly code: 'run.over_deactivations' | 'run.over_creations';
  readonly params: {readonly count: number; readonly limit: number; readonly of: number};
};

const leastRuns = 3;

/** The first limit that a plan is over. */
export function overLimit({deactivations, creations}: Safeguards, facts: PlanFacts): OverLimit | undefined {
  if (deactivations !== null) {
    const limit = Math.max(deactivations.least, Math.floor((facts.linked * deactivations.percent) / 100));
    if (facts.deactivations > limit)
      return {code: 'run.over_deactivations', params: {count: facts.deactivations, limit, of: facts.linked}};
  }
  if (creations !== null && facts.createdBefore.length >= leastRuns) {
    const usual = median(facts.createdBefore);
    const limit = Math.max(creations.least, Math.floor(usual * creations.times));
    if (facts.creations > limit)
      return {code: 'run.over_creations', params: {count: facts.creations, limit, of: Math.round(usual)}};
  }
  return undefined;
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? 0;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? 0) + upper) / 2 : upper;
}
