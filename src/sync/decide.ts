// decide: what is to be done about one record, from what it is, what was mapped and who is there already. Pure: the same
// in a preview as in a save. `create` never touches what exists; `upsert` writes the fields that differ; `mirror` besides
// deactivates whoever left and reactivates whoever is back.
import {hash} from 'node:crypto';
import type {MappedRecord} from '../mapping/mapping.ts';
import type {ScopeResult} from '../mapping/scope.ts';
import type {MessageParams} from '../messages/text.ts';
import type {Reason, Values} from '../model/event.ts';
import type {Issue} from '../model/issue.ts';
import type {Mode, WritePolicy} from '../model/leg.ts';
import type {Phase} from '../model/phase.ts';
import type {Operation} from '../model/resource.ts';
import type {RunCounts, Totals} from '../model/run.ts';
import {canonicalJson} from '../std/json.ts';
import type {OutcomeMemory} from '../store/outcomes.ts';
import {changesOf} from './differ.ts';

/** Someone in the destination who has one of the record's keys. */
export type Holder = {
  readonly strength: 'sure' | 'likely';
  readonly label: string;
  readonly destinationId: string;
  /** The other source record that this destination record is linked to. */
  readonly other: string | null;
};

export type Linked = {
  readonly destinationId: string;
  /** What the destination is known to have; null where that is not known. */
  readonly confirmed: Values | null;
  /** Deactivated there. */
  readonly inactive: boolean;
};

export type Facts = {
  readonly mode: Mode;
  readonly connection: string;
  readonly linked: Linked | null;
  /** No longer in the source. */
  readonly gone: boolean;
  readonly scope: ScopeResult;
  readonly mapped: MappedRecord;
  /** When each mapped field is written; left out, always. */
  readonly policies: ReadonlyMap<string, WritePolicy>;
  /** What the destination has now in the record that is linked or has the sure key, where it could be asked. */
  readonly current: Values | null;
  readonly stageIssues: readonly Issue[];
  readonly holders: readonly Holder[];
  /** The record of this run that has the same sure key and goes first. */
  readonly sharedWith: {readonly label: string; readonly record: string} | null;
};

export type Decision = {
  /** `send`: to be delivered; the rest is final, or waits for a person. */
  readonly phase: Exclude<Phase, 'queued' | 'in_progress'> | 'send';
  readonly operation: Operation;
  readonly status: number | null;
  readonly reason: Reason;
  readonly issues: readonly Issue[];
  readonly values: Values;
  readonly before: Values | null;
  readonly destinationId: string | null;
  /** The record is that one in the destination from now on. */
  readonly link: boolean;
  /** Whether the same record under the same context has the same outcome whatever others do. */
  readonly settled: boolean;
};

export function decide(facts: Facts): Decision {
  const {mode, connection, linked, scope, mapped} = facts;
  const plain: Plain = {
    operation: 'create',
    values: mapped.values,
    before: null,
    destinationId: null,
    link: false,
    settled: true,
    status: null,
    issues: facts.stageIssues,
  };
  if ('issue' in scope) return invalid(plain, [scope.issue]);
  if (facts.gone || !scope.included) return departed(plain, facts, scope.included ? '' : scope.falseClause);
  if (mode === 'create' && linked) {
    const {destinationId} = linked;
    const why = reason('match.linked', {connection, destinationId});
    return {...plain, phase: 'complete', status: 204, destinationId, reason: why};
  }
  const issues = [...facts.stageIssues, ...mapped.issues];
  if (issues.some(issue => issue.level === 'error'))
    return invalid({...plain, issues: facts.stageIssues, destinationId: linked?.destinationId ?? null}, mapped.issues);
  const sound = {...plain, issues};
  if (linked) return change(sound, facts, linked);
  const found = mode === 'create' ? matchedToCreate(sound, facts) : matchedToChange(sound, facts);
  return found ?? {...sound, phase: 'send', settled: false, reason: reason('event.would_create', {connection})};
}

type Plain = Omit<Decision, 'phase' | 'reason'>;

/** Out of scope, or gone from the source. */
function departed(plain: Plain, {mode, connection, linked, gone}: Facts, clause: string): Decision {
  const nothing = {...plain, values: {}, issues: []};
  if (mode === 'mirror' && linked && !linked.inactive) {
    const {destinationId} = linked;
    const why = gone
      ? reason('event.would_deactivate_gone', {connection})
      : reason('event.would_deactivate', {connection, clause});
    return {...nothing, phase: 'send', operation: 'deactivate', destinationId, settled: false, reason: why};
  }
  const why = gone ? reason('event.gone_from_source') : reason('event.out_of_scope', {clause});
  return {...nothing, phase: 'skipped', reason: why};
}

/** The fields of a record in the destination that differ; back among the active ones if it was not. */
function change(plain: Plain, facts: Facts, target: Linked): Decision {
  const {connection, mapped, policies, current} = facts;
  const {destinationId} = target;
  const {values, before} = changesOf(mapped.values, current ?? target.confirmed, policies);
  const changed = Object.keys(values).length;
  const link = facts.linked === null;
  const to = {...plain, values, before, destinationId, link};
  if (target.inactive) {
    const why = reason('event.would_reactivate', {connection});
    return {...to, phase: 'send', operation: 'reactivate', settled: false, reason: why};
  }
  if (changed === 0 && link) {
    const why = reason('event.linked', {connection, destinationId});
    return {...to, phase: 'complete', operation: 'link', status: 200, reason: why};
  }
  if (changed === 0) {
    const why = reason('event.unchanged', {connection});
    return {...to, phase: 'complete', operation: 'update', status: 204, reason: why};
  }
  const why = reason('event.would_update', {connection, count: changed});
  return {...to, phase: 'send', operation: 'update', settled: false, reason: why};
}

function matchedToCreate(plain: Plain, {connection, holders, sharedWith}: Facts): Decision | undefined {
  const sure = holders.filter(holder => holder.strength === 'sure');
  const ids = [...new Set(sure.map(holder => holder.destinationId))];
  const [first] = sure;
  if (first && ids.length > 1) return held(plain, 'match.ambiguous', {connection, candidates: ids.join(', ')});
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

/** Where existing records are written, only a sure key that nothing contradicts will do; the rest is a person's. */
function matchedToChange(plain: Plain, facts: Facts): Decision | undefined {
  const {connection, holders, sharedWith} = facts;
  const ids = [...new Set(holders.map(holder => holder.destinationId))];
  if (ids.length > 1) return held(plain, 'match.ambiguous', {connection, candidates: ids.join(', ')});
  const sure = holders.find(holder => holder.strength === 'sure');
  const label = sure?.label ?? sharedWith?.label ?? '';
  const other = sure?.other ?? sharedWith?.record;
  if (other !== undefined && other !== null) return held(plain, 'match.shared_held', {label, other});
  if (sure) return change(plain, facts, {destinationId: sure.destinationId, confirmed: null, inactive: false});
  const [likely] = holders;
  if (!likely) return undefined;
  const params = {connection, destinationId: likely.destinationId, label: likely.label};
  return held({...plain, destinationId: likely.destinationId}, 'match.likely_held', params);
}

function held(plain: Plain, code: string, params: MessageParams): Decision {
  return {...plain, phase: 'held', settled: false, reason: reason(code, params)};
}

/** 204 with a warning that says who is there. Not settled: it depends on others. */
function exists(plain: Plain, code: string, params: MessageParams, destinationId: string | null): Decision {
  const warning: Issue = {level: 'warning', code, field: null, params};
  const issues = [...plain.issues, warning];
  const why = reason(code, params);
  return {...plain, phase: 'complete', status: 204, issues, destinationId, settled: false, reason: why};
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

/** What was done to a record in the destination, or would be. */
export type Made = 'created' | 'updated' | 'linked' | 'deactivated' | 'none';

export function madeBy(operation: Operation): Made {
  switch (operation) {
    case 'create':
      return 'created';
    case 'update':
    case 'reactivate':
      return 'updated';
    case 'deactivate':
      return 'deactivated';
    case 'link':
      return 'linked';
    case 'show':
      return 'none';
    default:
      return operation satisfies never;
  }
}

/** What records that ended in that phase add to the counters of their run. */
export function countOf(phase: Phase, made: Made, issues: IssueCounts, records = 1): Partial<Totals> {
  const {errors, warnings, infos} = issues;
  const counts = {errors, warnings, infos};
  switch (phase) {
    case 'complete':
      return {[made === 'none' ? 'unchanged' : made]: records, ...counts};
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
