// decide: what is to be done about one record, from what it is, what was mapped and who is there already. Pure: the same
// in a preview as in a save. Only mode `create` so far, which never touches what exists.
import {hash} from 'node:crypto';
import type {MappedRecord} from '../mapping/mapping.ts';
import type {ScopeResult} from '../mapping/scope.ts';
import type {MessageParams} from '../messages/text.ts';
import type {Reason, Values} from '../model/event.ts';
import type {Issue} from '../model/issue.ts';
import type {Phase} from '../model/phase.ts';
import type {RunCounts, Totals} from '../model/run.ts';
import {canonicalJson} from '../std/json.ts';
import type {OutcomeMemory} from '../store/outcomes.ts';

/** Someone in the destination who has one of the record's keys. */
export type Holder = {
  readonly strength: 'sure' | 'likely';
  readonly label: string;
  readonly destinationId: string;
  /** The other source record that this destination record is linked to. */
  readonly other: string | null;
};

export type Facts = {
  readonly connection: string;
  readonly linkedTo: string | null;
  readonly scope: ScopeResult;
  readonly mapped: MappedRecord;
  readonly stageIssues: readonly Issue[];
  readonly holders: readonly Holder[];
  /** The record of this run that has the same sure key and goes first. */
  readonly sharedWith: {readonly label: string; readonly record: string} | null;
};

export type Decision = {
  /** `send`: to be delivered; the rest is final, or waits for a person. */
  readonly phase: Exclude<Phase, 'queued' | 'in_progress'> | 'send';
  readonly status: number | null;
  readonly reason: Reason;
  readonly issues: readonly Issue[];
  readonly values: Values;
  readonly destinationId: string | null;
  /** The record is that one in the destination from now on. */
  readonly link: boolean;
  /** Whether the same record under the same context has the same outcome whatever others do. */
  readonly settled: boolean;
};

export function decide(facts: Facts): Decision {
  const {connection, linkedTo, scope, mapped} = facts;
  const {values} = mapped;
  const plain = {values, destinationId: null, link: false, settled: true, status: null, issues: facts.stageIssues};
  if ('issue' in scope) return invalid(plain, [scope.issue]);
  if (!scope.included) {
    const why = reason('event.out_of_scope', {clause: scope.falseClause});
    return {...plain, values: {}, issues: [], phase: 'skipped', reason: why};
  }
  if (linkedTo !== null) {
    const why = reason('match.linked', {connection, destinationId: linkedTo});
    return {...plain, phase: 'complete', status: 204, destinationId: linkedTo, reason: why};
  }
  const issues = [...facts.stageIssues, ...mapped.issues];
  if (issues.some(issue => issue.level === 'error'))
    return invalid({...plain, issues: facts.stageIssues}, mapped.issues);
  const found = matched({...plain, issues}, facts);
  if (found) return found;
  return {...plain, issues, phase: 'send', settled: false, reason: reason('event.would_create', {connection})};
}

type Plain = Omit<Decision, 'phase' | 'reason'>;

function matched(plain: Plain, {connection, holders, sharedWith}: Facts): Decision | undefined {
  const sure = holders.filter(holder => holder.strength === 'sure');
  const ids = [...new Set(sure.map(holder => holder.destinationId))];
  const [first] = sure;
  if (first && ids.length > 1) {
    const why = reason('match.ambiguous', {connection, candidates: ids.join(', ')});
    return {...plain, phase: 'held', settled: false, reason: why};
  }
  const other = first?.other ?? sharedWith?.record;
  if (other !== undefined && other !== null) {
    const label = first?.label ?? sharedWith?.label ?? '';
    return exists(plain, 'match.shared_key', {label, other}, first?.destinationId ?? null);
  }
  if (first) {
    const {destinationId} = first;
    const why = reason('match.exists', {connection, destinationId});
    return {...plain, phase: 'complete', status: 204, destinationId, link: true, reason: why};
  }
  const likely = holders.find(holder => holder.strength === 'likely');
  if (!likely) return undefined;
  const {label, destinationId} = likely;
  return exists(plain, 'match.likely', {connection, destinationId, label}, destinationId);
}

/** 204 with a warning that says who is there. Not settled: it depends on others. */
function exists(plain: Plain, code: string, params: MessageParams, destinationId: string | null): Decision {
  const warning: Issue = {level: 'warning', code, field: null, params};
  const issues = [...plain.issues, warning];
  return {
    ...plain,
    phase: 'complete',
    status: 204,
    issues,
    destinationId,
    settled: false,
    reason: reason(code, params),
  };
}

function invalid(plain: Plain, more: readonly Issue[]): Decision {
  const issues = [...plain.issues, ...more];
  const errors = issues.filter(issue => issue.level === 'error');
  const params = {count: errors.length, first: String(errors[0]?.params['label'] ?? errors[0]?.field ?? '')};
  return {...plain, issues, phase: 'error', status: 400, reason: reason('event.invalid', params)};
}

export function reason(code: string, params: MessageParams = {}): Reason {
  return {code, params};
}

type Outcome = Pick<Decision, 'status' | 'reason' | 'issues' | 'settled'> & {readonly phase: string};

/** What is remembered of an outcome, to see later whether another one says something new. */
export function memoryOf({phase, status, reason: why, issues, settled}: Outcome): OutcomeMemory {
  const said = [phase, status, why.code, why.params, issues.map(({code, field, params}) => [code, field, params])];
  const count = (level: Issue['level']) => issues.filter(issue => issue.level === level).length;
  // Codes, params and field names are JSON by their types.
  const text = canonicalJson(JSON.parse(JSON.stringify(said)));
  const reasonHash = hash('sha256', text, 'buffer').subarray(0, 16);
  return {settled, reasonHash, errors: count('error'), warnings: count('warning'), infos: count('info')};
}

type IssueCounts = Pick<OutcomeMemory, 'errors' | 'warnings' | 'infos'>;

/** What records that ended in that phase add to the counters of their run. */
export function countOf(phase: Phase, made: 'created' | 'none', issues: IssueCounts, records = 1): Partial<Totals> {
  const {errors, warnings, infos} = issues;
  const counts = {errors, warnings, infos};
  switch (phase) {
    case 'complete':
      return made === 'created' ? {created: records, ...counts} : {unchanged: records, ...counts};
    case 'skipped':
      return {skipped: records, ...counts};
    case 'held':
      return {held: records, failures: records, ...counts};
    case 'error':
      return {failures: records, ...counts};
    case 'queued':
    case 'in_progress':
      return {};
    default:
      return phase satisfies never;
  }
}

/** Adds counters up. */
export function addUp(counts: Iterable<Partial<RunCounts>>): Partial<RunCounts> {
  const sum: {-readonly [K in keyof RunCounts]?: number} = {};
  for (const count of counts) {
    for (const [name, value] of Object.entries(count)) {
      const key = name as keyof RunCounts; // the keys of a Partial<RunCounts> are keys of RunCounts
      sum[key] = (sum[key] ?? 0) + value;
    }
  }
  return sum;
}
