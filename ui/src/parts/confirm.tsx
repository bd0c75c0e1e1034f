// A dialog that asks before something happens, as a route of its own: it says what will happen, and a refusal stays in it.
import {Button, Modal} from '@mantine/core';
import type {ReactNode} from 'react';
import {Refusal} from '../shell/states.tsx';
import {t} from '../text.ts';
import {Action} from './action.tsx';
import {useReturnFocus} from './return-focus.ts';
import type {Right} from './rights.tsx';

type ConfirmProps = {
  title: string;
  confirm: string;
  right: Right;
  danger?: boolean;
  loading: boolean;
  error: Error | null;
  blocked?: string | false;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
};

export function Confirm({
  title,
  confirm,
  right,
  danger,
  loading,
  error,
  blocked,
  onConfirm,
  onClose,
  children,
}: ConfirmProps) {
  useReturnFocus();
  return (
    <Modal opened onClose={onClose} title={title}>
      <div className="stack">{children}</div>
      <Refusal error={error} />
      <div className="actions end">
        <Button size="sm" variant="default" onClick={onClose}>
          {t.cancel}
        </Button>
        <Action right={right} loading={loading} blocked={blocked} onClick={onConfirm} {...(danger && {color: 'red.8'})}>
          {confirm}
        </Action>
      </div>
    </Modal>
  );
}
