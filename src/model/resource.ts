// A kind of record that a connection reads or writes, and what its system promises about it.
import type {Field} from './field.ts';
import type {Mode} from './leg.ts';

export type KeyStrength = 'sure' | 'likely';

/** By which records are recognised. Values are normalised once (trimmed, lower case) and kept as keyed hashes only. */
export type Key = {
  readonly name: string;
  readonly label: string;
  readonly fields: readonly string[];
  readonly strength: KeyStrength;
};

export type Operation = 'show' | 'create' | 'update' | 'link' | 'deactivate' | 'reactivate';

export type Capability =
  | 'read'
  | 'receive'
  | 'get'
  | 'find'
  | 'snapshot'
  | 'create'
  | 'update'
  | 'deactivate'
  | 'reactivate'
  | 'files';

export type Resource = {
  readonly name: string;
  /** One of them, as people say it: "employee". */
  readonly label: string;
  readonly plural: string;
  readonly description: string;
  readonly fields: readonly Field[];
  readonly keys: readonly Key[];
  readonly capabilities: readonly Capability[];
  /** Who is included where a sync says nothing. */
  readonly scope?: string;
  /** On a change only the move into this condition counts (an application that becomes accepted). */
  readonly scopeOnChange?: string;
  /** How long after a write the system's own search may still miss it. */
  readonly settleSeconds: number;
  /** Whether the system itself refuses a second record with the same sure key. */
  readonly uniqueness: 'enforced' | 'not_relied_upon';
  /** Names of the steps of one write, in order. One name: the write is a single call. */
  readonly steps: readonly string[];
  readonly limits: {
    readonly concurrency: number;
    readonly perSecond?: number;
    /** From how many unknown records on the whole destination is listed rather than each looked up. */
    readonly snapshotFrom?: number;
  };
  /** Each record is about one human. */
  readonly aboutPerson: boolean;
};

/** In which ways a sync can keep records of this kind, going by what its system can do. */
export function modesOf({capabilities}: Pick<Resource, 'capabilities'>): readonly Mode[] {
  const can = (...wanted: readonly Capability[]) => wanted.every(one => capabilities.includes(one));
  const modes: Mode[] = [];
  if (can('create') || can('files')) modes.push('create');
  if (can('create', 'update')) modes.push('upsert');
  if (can('create', 'update', 'deactivate', 'reactivate')) modes.push('mirror');
  return modes;
}
