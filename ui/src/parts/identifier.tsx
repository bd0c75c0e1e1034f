// An id: monospace, with a button that copies it.
import {ActionIcon, CopyButton, Tooltip} from '@mantine/core';
import {t} from '../text.ts';
import {Icon} from './icons.tsx';

export function Identifier({id, label}: {id: string; label: string}) {
  return (
    <span className="identifier">
      <code>{id}</code>
      <CopyButton value={id}>
        {({copied, copy}) => (
          <Tooltip label={copied ? t.copied : t.copy(label)}>
            <ActionIcon size="sm" variant="subtle" color="gray" aria-label={t.copy(label)} onClick={copy}>
              <Icon name={copied ? 'tick' : 'copy'} size={14} />
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </span>
  );
}
