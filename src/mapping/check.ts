// Checks an expression before it is saved: what it gives, what it reads, and every reason why it cannot be used, with place.
import type {MessageParams} from '../messages/text.ts';
import type {FieldType} from '../model/field.ts';
import type {Resource} from '../model/resource.ts';
import {fitsType, typeWord} from './check-words.ts';
import {type CompiledExpression, createLanguage} from './language.ts';

/** What an expression may know of a setting; a connector's SettingField and a resource's Field both fit. */
export type SettingShape = {readonly name: string; readonly label: string; readonly type: string};

/** What the checker found the expression to give: the words are the model's, `any` where only running it can tell. */
export type GivenType = FieldType | 'any';

export type ReadAt = {
  /** As the field is named: parts joined by dots. */
  readonly path: string;
  /** Places count UTF-16 code units from 0; `end` is behind the last. */
  readonly start: number;
  readonly end: number;
  /** Read on every run of the expression: where it is missing, so is the value. */
  readonly always: boolean;
};

export type ExpressionIssue = {
  readonly start: number;
  readonly end: number;
  readonly code: string;
  readonly params: MessageParams;
};

export type Checked = {
  readonly ok: boolean;
  /** Null where it could not be found out. */
  readonly type: GivenType | null;
  readonly reads: readonly ReadAt[];
  readonly readsToday: boolean;
  readonly issues: readonly ExpressionIssue[];
};

export type CheckInput = {
  readonly source: Pick<Resource, 'fields'>;
  readonly settings: readonly SettingShape[];
  readonly expression: string;
  /** The type of the field it is for; `condition` for scopes and rules, which take nothing but yes or no. */
  readonly wanted?: FieldType | 'condition';
};

export function checkExpression(input: CheckInput): Checked {
  const compiled = createLanguage(input).compile(input.expression);
  const issues = input.wanted
    ? [...compiled.issues, ...typeIssues(compiled, input.expression, input.wanted)]
    : compiled.issues;
  const reads = compiled.reads.map(({path, start, end, always}) => ({path: path.join('.'), start, end, always}));
  return {ok: issues.length === 0, type: compiled.type, reads, readsToday: compiled.readsToday, issues};
}

/** What is wrong with the type that an expression gives, for a field that wants another. */
export function typeIssues(
  compiled: CompiledExpression,
  expression: string,
  wanted: FieldType | 'condition',
): readonly ExpressionIssue[] {
  if (compiled.type === null) return [];
  const whole = {start: 0, end: expression.length};
  if (wanted === 'condition') {
    const fine = compiled.type === 'boolean' || compiled.type === 'any';
    return fine ? [] : [{...whole, code: 'expression.not_condition', params: {}}];
  }
  if (fitsType(compiled.type, wanted)) return [];
  const params = {wanted: typeWord(wanted), found: typeWord(compiled.type)};
  return [{...whole, code: 'expression.wrong_result', params}];
}
