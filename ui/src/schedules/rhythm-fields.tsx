// When a schedule starts its sync: chosen from the usual ones or written as an expression, then said in words with the next
// three times, as the server reckons them.
import {NativeSelect, TextInput} from '@mantine/core';
import {useDebouncedValue} from '@mantine/hooks';
import {keepPreviousData, useQuery} from '@tanstack/react-query';
import {ask} from '../api/queries.ts';
import {Refusal} from '../shell/states.tsx';
import {t} from '../text.ts';
import {cronOf, formatIn, type Kind, knownZones, type Rhythm, rhythmWords} from './rhythm.ts';

type RhythmFieldsProps = {
  rhythm: Rhythm;
  zone: string;
  onRhythm: (rhythm: Rhythm) => void;
  onZone: (zone: string) => void;
};

const typingPauseMs = 300;

export function RhythmFields({rhythm, zone, onRhythm, onZone}: RhythmFieldsProps) {
  const cron = cronOf(rhythm);
  const [asked] = useDebouncedValue(cron, typingPauseMs);
  const check = useQuery({
    ...ask('POST /schedules/checks', {body: {cron: asked, zone}}),
    placeholderData: keepPreviousData,
  });
  const problem = check.data?.issues.find(issue => issue.field === 'cron');
  // What was answered for another expression is not said of this one.
  const isSettled = asked === cron && !check.isPlaceholderData;
  return (
    <>
      <div className="field-grid">
        <NativeSelect
          label={t.schedules.when}
          data={Object.entries(t.schedules.kinds).map(([value, label]) => ({value, label}))}
          value={rhythm.kind}
          onChange={event => onRhythm({...rhythm, cron, kind: event.currentTarget.value as Kind})} // only those are offered
        />
        {rhythm.kind === 'week' && (
          <NativeSelect
            label={t.schedules.weekday}
            data={t.schedules.weekdays.map((label, value) => ({value: String(value), label}))}
            value={String(rhythm.weekday)}
            onChange={event => onRhythm({...rhythm, weekday: Number(event.currentTarget.value)})}
          />
        )}
        <Time rhythm={rhythm} onRhythm={onRhythm} />
        <NativeSelect
          label={t.schedules.zone}
          data={[...knownZones(zone)]}
          value={zone}
          onChange={event => onZone(event.currentTarget.value)}
        />
      </div>
      {rhythm.kind === 'cron' && (
        <TextInput
          label={t.schedules.cron}
          description={t.schedules.cronAbout}
          value={rhythm.cron}
          error={isSettled && problem?.message}
          autoComplete="off"
          spellCheck={false}
          onChange={event => onRhythm({...rhythm, cron: event.currentTarget.value})}
        />
      )}
      <div className="callout tone-blue" aria-live="polite">
        <p>
          <strong>{rhythmWords(cron)}</strong> <span className="dimmed">{zone}</span>
        </p>
        {check.data && check.data.nextRuns.length > 0 && (
          <>
            <p>{t.schedules.nextThree}</p>
            <ul className="plain">
              {check.data.nextRuns.map(at => (
                <li key={at}>{formatIn(zone, at)}</li>
              ))}
            </ul>
          </>
        )}
      </div>
      <Refusal error={check.error} />
    </>
  );
}

function Time({rhythm, onRhythm}: Pick<RhythmFieldsProps, 'rhythm' | 'onRhythm'>) {
  if (rhythm.kind === 'cron') return null;
  if (rhythm.kind === 'hour') {
    return (
      <TextInput
        label={t.schedules.minute}
        type="number"
        min={0}
        max={59}
        required
        value={String(rhythm.minute)}
        onChange={event => onRhythm({...rhythm, minute: Math.trunc(Number(event.currentTarget.value))})}
      />
    );
  }
  return (
    <TextInput
      label={t.schedules.time}
      type="time"
      value={rhythm.time}
      onChange={event => onRhythm({...rhythm, time: event.currentTarget.value || rhythm.time})}
    />
  );
}
