// A schedule as a form, for a new one and for one there is. Its name is its rhythm in words until somebody types another.
import {Button, NativeSelect, Radio, TagsInput, TextInput} from '@mantine/core';
import {type ReactNode, useState} from 'react';
import type {Schedule} from '../../../src/api/contract/schedule.ts';
import {Action} from '../parts/action.tsx';
import {problemsByField} from '../parts/record-form.tsx';
import {Refusal} from '../shell/states.tsx';
import {t} from '../text.ts';
import {cronOf, rhythmOf, rhythmWords} from './rhythm.ts';
import {RhythmFields} from './rhythm-fields.tsx';

export type Entered = Pick<Schedule, 'name' | 'sync' | 'cron' | 'zone' | 'save' | 'inputs'>;

type ScheduleFormProps = {
  /** Its name is empty where it is to follow the rhythm. */
  start: Entered;
  /** Left out: the sync cannot be another. */
  syncs?: readonly {id: string; name: string}[];
  saving: boolean;
  error: Error | null;
  /** Why there is nothing to save while nothing was changed. */
  untouched?: string;
  onSave: (entered: Entered) => void;
  onCancel: () => void;
  children?: ReactNode;
};

export function ScheduleForm(props: ScheduleFormProps) {
  const {start, syncs, saving, error, untouched, onSave, onCancel, children} = props;
  const [typed, setTyped] = useState<string | undefined>(start.name || undefined);
  const [sync, setSync] = useState(start.sync);
  const [rhythm, setRhythm] = useState(() => rhythmOf(start.cron));
  const [zone, setZone] = useState(start.zone);
  const [save, setSave] = useState(start.save);
  const [only, setOnly] = useState<string[]>(start.inputs.only ?? []);
  const cron = cronOf(rhythm);
  const {only: _, ...others} = start.inputs;
  const inputs = only.length > 0 ? {...others, only} : others;
  const entered = {name: typed ?? rhythmWords(cron), sync, cron, zone, save, inputs};
  const isTouched = JSON.stringify(entered) !== JSON.stringify(start);
  const problems = problemsByField(error);
  return (
    <form
      className="form record-form"
      onSubmit={event => {
        event.preventDefault();
        onSave(entered);
      }}
    >
      {syncs && (
        <NativeSelect
          label={t.schedules.sync}
          data={syncs.map(({id, name}) => ({value: id, label: name}))}
          value={sync}
          onChange={event => setSync(event.currentTarget.value)}
        />
      )}
      <RhythmFields rhythm={rhythm} zone={zone} onRhythm={setRhythm} onZone={setZone} />
      <Radio.Group
        label={t.schedules.what}
        value={save ? 'save' : 'preview'}
        onChange={value => setSave(value === 'save')}
      >
        <div className="choices">
          {(['preview', 'save'] as const).map(value => (
            <Radio key={value} value={value} label={t.schedules[value]} />
          ))}
        </div>
      </Radio.Group>
      <TagsInput
        label={t.schedules.only}
        description={t.schedules.onlyAbout}
        value={only}
        onChange={setOnly}
        error={problems.get('inputs.only')}
      />
      <TextInput
        label={t.schedules.name}
        description={t.schedules.nameAbout}
        required
        maxLength={120}
        value={entered.name}
        error={problems.get('name')}
        autoComplete="off"
        onChange={event => setTyped(event.currentTarget.value)}
      />
      <Refusal error={error} />
      <div className="actions end">
        {children}
        <Button size="sm" variant="default" onClick={onCancel}>
          {t.cancel}
        </Button>
        <Action
          type="submit"
          right="configure"
          loading={saving}
          blocked={entered.name.trim() === '' ? t.schedules.unnamed : !isTouched && untouched}
        >
          {t.save}
        </Action>
      </div>
    </form>
  );
}
