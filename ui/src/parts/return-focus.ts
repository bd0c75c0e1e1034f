// A panel or dialog that is a route disappears with its route; focus goes back to what opened it, or to the page where
// that is gone.
import {useEffect, useState} from 'react';

export function useReturnFocus(): void {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // After the router has rendered; the opener may be gone with its page or its panel.
      setTimeout(() => {
        if (document.activeElement !== document.body) return;
        const there = opener instanceof HTMLElement && opener.isConnected ? opener : document.getElementById('main');
        there?.focus();
      });
    },
    [opener],
  );
}
