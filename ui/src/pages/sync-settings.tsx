// How a sync keeps records, and when it sends: the same choices for a new one as for one that is there.
import {NativeSelect, Switch} from '@mantine/core';
import type {Sync} from '../../../src/api/contract/sync.ts';
import {t} from '../text.ts';

export type SyncWays = Pick<Sync, 'mode' | 'onChange'>;

type Props = {
  value: SyncWays;
  /** Those that the destination's kind of record allows. */
  modes: readonly Sync['mode'][];
  onChange: (value: SyncWays) => void;
};

export function SyncSettings({value, modes, onChange}: Props) {
  return (
    <>
      <NativeSelect
        label={t.syncs.mode}
        description={t.syncs.modesAbout[value.mode]}
        data={modes.map(mode => ({value: mode, label: t.syncs.modes[mode]}))}
        value={value.mode}
        onChange={event =>
          onChange({...value, mode: modes.find(mode => mode === event.currentTarget.value) ?? 'create'})
        }
      />
      <Switch
        label={t.syncs.onChange}
        description={t.syncs.onChangeAbout[value.onChange ? 'on' : 'off']}
        checked={value.onChange}
        onChange={event => onChange({...value, onChange: event.currentTarget.checked})}
      />
    </>
  );
}
