// What a sync does with one destination resource. A sync has ordered legs; one is the common case.
import type {Json} from '../std/json.ts';
import type {IssueLevel} from './issue.ts';
import type {Safeguards} from './safeguard.ts';

/** What an absent, null or blank source value does: leave the field out, clear it, use another, or be an error. */
export type MissingPolicy = 'leave' | 'clear' | 'reject' | {readonly default: Json};
export type WritePolicy = 'always' | 'onCreate' | 'ifEmpty';

export type Rule = {readonly check: string; readonly else: IssueLevel; readonly message: string};

export type FieldMapping = {
  readonly value: string;
  readonly missing?: MissingPolicy | undefined;
  readonly write?: WritePolicy | undefined;
  readonly rules?: readonly Rule[] | undefined;
};

/** Destination field ← expression. A plain text is short for `{value}`; null switches the field's default mapping off. */
export type Mapping = {readonly [field: string]: string | FieldMapping | null};

export const modes = ['create', 'upsert', 'mirror'] as const;
export type Mode = (typeof modes)[number];

export type Leg = {
  readonly name: string;
  /** The destination's resource. */
  readonly resource: string;
  /** Expression that names the source entity; left out, the record itself. */
  readonly key?: string;
  readonly scope?: string;
  readonly mapping: Mapping;
  readonly mode: Mode;
  /** Names of the resource's keys to match by, in order; left out, all of them. */
  readonly match?: readonly string[];
  /** Legs whose destination records must exist first. */
  readonly needs?: readonly string[];
};

/** What a version of a sync holds. The name, the connections and whether it is on belong to the sync itself. */
export type SyncDefinition = {
  readonly sourceResource: string;
  readonly legs: readonly Leg[];
  readonly settings: {readonly [name: string]: Json};
  readonly onChange: boolean;
  /** Left out: the default ones. */
  readonly safeguards?: Safeguards;
};
