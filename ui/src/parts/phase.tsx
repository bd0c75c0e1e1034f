// Phases and statuses: one colour, icon and word for each, everywhere. Colour never stands alone.
import type {Connection} from '../../../src/api/contract/connection.ts';
import type {EventSummary, Run} from '../../../src/api/contract/run.ts';
import {t} from '../text.ts';
import {Icon, type IconName} from './icons.tsx';

export type Tone = 'grey' | 'blue' | 'amber' | 'green' | 'red';

export function State({tone, icon, word, title}: {tone: Tone; icon: IconName; word: string; title?: string}) {
  return (
    <span className={`state tone-${tone}`} title={title}>
      <Icon name={icon} />
      <span>{word}</span>
    </span>
  );
}

export const phaseLook = {
  queued: ['grey', 'clock'],
  in_progress: ['blue', 'arrows'],
  held: ['amber', 'pause'],
  complete: ['green', 'tick'],
  skipped: ['grey', 'dash'],
  error: ['red', 'cross'],
} as const satisfies Record<EventSummary['phase'], readonly [Tone, IconName]>;

type PhaseProps = Pick<EventSummary, 'phase'> & {
  status?: number | null;
  /** False in a preview, where everything only would be. */
  save?: boolean;
};

export function Phase({phase, status, save = true}: PhaseProps) {
  const [tone, icon] = phaseLook[phase];
  const would = t.phasesWould[status === 204 ? 'unchanged' : phase];
  const word = save ? t.phases[phase] : would;
  return <State tone={tone} icon={icon} word={word} {...(status && {title: t.events.status(status)})} />;
}

const runLook = {
  queued: ['grey', 'clock'],
  running: ['blue', 'arrows'],
  waiting: ['amber', 'clock'],
  held: ['amber', 'pause'],
  complete: ['green', 'tick'],
  failed: ['red', 'cross'],
  cancelled: ['grey', 'dash'],
} as const satisfies Record<Run['status'], readonly [Tone, IconName]>;
const resultLook = {
  successful: ['green', 'tick'],
  partially_successful: ['amber', 'warning'],
  unsuccessful: ['red', 'cross'],
} as const satisfies Record<NonNullable<Run['result']>, readonly [Tone, IconName]>;

type RunStateProps = {status: string; result: string | null; save: boolean; failures: number};

/** A complete run shows its result; the word "complete" alone would call a failure a success. A preview has done nothing. */
export function RunState({status, result, save, failures}: RunStateProps) {
  if (status === 'complete' && isKey(resultLook, result)) {
    const [tone, icon] = resultLook[result];
    return <State tone={tone} icon={icon} word={save ? t.results[result] : t.resultsWould[result](failures)} />;
  }
  if (!isKey(runLook, status)) return <span>{status}</span>;
  const [tone, icon] = runLook[status];
  return <State tone={tone} icon={icon} word={t.runStatuses[status]} />;
}

const connectionLook = {
  pending: ['grey', 'clock'],
  connected: ['green', 'tick'],
  inactive: ['red', 'cross'],
} as const satisfies Record<Connection['status'], readonly [Tone, IconName]>;

export function ConnectionState({status}: Pick<Connection, 'status'>) {
  const [tone, icon] = connectionLook[status];
  return <State tone={tone} icon={icon} word={t.connections.statuses[status]} />;
}

const levelLook = {
  error: ['red', 'cross'],
  warning: ['amber', 'warning'],
  info: ['blue', 'info'],
} as const satisfies Record<string, readonly [Tone, IconName]>;

export function Level({level}: {level: keyof typeof levelLook}) {
  const [tone, icon] = levelLook[level];
  return <State tone={tone} icon={icon} word={t.levels[level]} />;
}

function isKey<T extends object>(table: T, key: string | null): key is keyof T & string {
  return key !== null && Object.hasOwn(table, key);
}
