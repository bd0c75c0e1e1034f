// The list of keyboard shortcuts.
import {Kbd, Modal} from '@mantine/core';
import {useReturnFocus} from '../parts/return-focus.ts';
import {t} from '../text.ts';

export function ShortcutList({onClose}: {onClose: () => void}) {
  useReturnFocus();
  return (
    <Modal opened onClose={onClose} title={t.shell.shortcuts} size="sm">
      <dl className="shortcuts">
        {t.shortcuts.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map(key => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
