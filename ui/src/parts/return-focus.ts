// A panel or dialog that is a route disappears with its route; focus goes back to what opened it.
import {useEffect, useState} from 'react';

export function useReturnFocus(): void {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // After the router has rendered; the opener may be gone with its page.
      setTimeout(() => {
        if (opener instanceof HTMLElement && opener.isConnected && document.activeElement === document.body)
          opener.focus();
      });
    },
    [opener],
  );
}
