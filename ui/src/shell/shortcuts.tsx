// Keyboard: `g` then a letter goes somewhere, `/` searches, `?` shows this list. Never while typing.
import {useNavigate} from '@tanstack/react-router';
import {lazy, Suspense, useEffect, useRef} from 'react';

const ShortcutList = lazy(() => import('./shortcut-list.tsx').then(module => ({default: module.ShortcutList})));

const places = {p: '/people', c: '/connections', s: '/syncs', t: '/schedules', h: '/history'} as const;
const goWithinMs = 1500;

export function Shortcuts({opened, onOpen, onClose}: {opened: boolean; onOpen: () => void; onClose: () => void}) {
  const navigate = useNavigate();
  const goAt = useRef(0);
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const place = Object.entries(places).find(([key]) => key === event.key)?.[1];
      if (event.key === '?') onOpen();
      else if (event.key === '/') focusSearch(event);
      else if (event.key === 'g') goAt.current = event.timeStamp;
      else if (place && event.timeStamp - goAt.current < goWithinMs) void navigate({to: place});
      if (event.key !== 'g') goAt.current = 0;
    }
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [navigate, onOpen]);
  return opened ? (
    <Suspense>
      <ShortcutList onClose={onClose} />
    </Suspense>
  ) : null;
}

function focusSearch(event: KeyboardEvent) {
  const search = document.querySelector<HTMLInputElement>('main input[type="search"]');
  if (!search) return;
  event.preventDefault();
  search.focus();
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
