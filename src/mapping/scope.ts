// Who is included: a scope compiled once and asked of records in chunks. Clauses between `&&` are kept apart, so that it can
// be said which of them is not so. A missing value never fulfils a clause, as in SQL: whoever has no status is not included.

import {messageText} from '../messages/text.ts';
import type {Issue} from '../model/issue.ts';
import type {Resource} from '../model/resource.ts';
import {type ExpressionIssue, type SettingShape, typeIssues} from './check.ts';
import {clip} from './check-words.ts';
import {type Turn, workWithin} from './deadline.ts';
import {causeOf} from './failures.ts';
import {createLanguage, type Program} from './language.ts';
import type {MappableRecord, MappingContext} from './mapping.ts';
import type {Read} from './reads.ts';
import type {Seen} from './record-builder.ts';
import {clausesOf} from './tree.ts';

export type ScopeResult =
  | {readonly included: true}
  /** With the text of the first clause between `&&` that is not so. */
  | {readonly included: false; readonly falseClause: string}
  | {readonly issue: Issue};

export type CompiledScope = {
  readonly reads: readonly string[];
  readonly readsToday: boolean;
  /** What is wrong with the expression; every record then gets an issue rather than a guess. */
  readonly issues: readonly ExpressionIssue[];
  /** One result per record, in order. */
  test(records: readonly MappableRecord[], context: MappingContext): Promise<readonly ScopeResult[]>;
  /** The paths that this clause reads: what has to be seen to know why it is not so. */
  readsOf(clause: string): readonly string[];
};

export function compileScope(
  source: Pick<Resource, 'fields'>,
  expression: string,
  settings: readonly SettingShape[] = [],
): CompiledScope {
  const language = createLanguage({source, settings});
  const whole = language.compile(expression);
  const issues = [...whole.issues, ...typeIssues(whole, expression, 'condition')];
  const clauses = issues.length === 0 && whole.program ? clausesOf(whole.program.tree).flatMap(compileClause) : [];
  const read = language.reader(clauses.map(clause => clause.program));

  function compileClause(node: Program['tree']): Clause | readonly Clause[] {
    const text = expression.slice(node.start, node.end);
    const {program, reads} = language.compile(text);
    return program ? {text, program, reads: pathsOf(reads)} : [];
  }

  function judge(record: MappableRecord, context: MappingContext, turn: Turn): ScopeResult {
    const [broken] = issues;
    if (broken) return {issue: failed(clip(messageText(broken.code, broken.params).text, 90))};
    return judgeClauses(clauses, read(record, context), turn);
  }

  return {
    reads: pathsOf(whole.reads),
    readsToday: whole.readsToday,
    issues,
    test: (records, context) => workWithin(records, (record, turn) => judge(record, context, turn)),
    readsOf: text => clauses.find(clause => clause.text === text)?.reads ?? [],
  };
}

type Clause = {readonly text: string; readonly program: Program; readonly reads: readonly string[]};

/** One false clause is enough, even where another fails, as with `&&` itself. */
function judgeClauses(clauses: readonly Clause[], seen: Seen, turn: Turn): ScopeResult {
  let issue: Issue | undefined;
  for (const clause of clauses) {
    const timed = turn(clause, () => clause.program.evaluate(seen));
    if (!timed.finished) issue ??= failed(causeOf('too_slow'));
    else if (timed.value.state === 'missing') return {included: false, falseClause: clause.text};
    else if (timed.value.state === 'misfit') issue ??= failed(`${timed.value.path}: ${causeOf('wrong_type')}`);
    else if (timed.value.state === 'failed') issue ??= failed(causeOf(timed.value.code));
    else if (timed.value.value === false) return {included: false, falseClause: clause.text};
    else if (timed.value.value !== true) issue ??= failed(causeOf('not_condition'));
  }
  return issue ? {issue} : {included: true};
}

function pathsOf(reads: readonly Read[]): readonly string[] {
  return Array.from(new Set(reads.map(read => read.path.join('.'))));
}

function failed(why: string): Issue {
  return {level: 'error', code: 'scope.failed', field: null, params: {why}};
}
