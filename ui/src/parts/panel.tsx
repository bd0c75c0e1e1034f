// The side panel that shows one thing's details beside its list; it is a route, so it has an address.
import {Drawer} from '@mantine/core';
import type {ReactNode} from 'react';
import {useReturnFocus} from './return-focus.ts';

export function Panel({title, onClose, children}: {title: ReactNode; onClose: () => void; children: ReactNode}) {
  useReturnFocus();
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={620}
      title={title}
      transitionProps={{duration: 0}}
      className="panel"
    >
      {children}
    </Drawer>
  );
}
