import { useEffect, useState } from 'react';

const TYPING = 'input, textarea, select, [contenteditable="true"]';

/** Whether a key is down now, except while somebody types. */
export function useHeldKey(key: string): boolean {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    // Where it takes AltGr to type it, the key may go up as another one: it is known by its place.
    let code = '';
    const down = (event: KeyboardEvent) => {
      const typing = event.target instanceof Element && event.target.matches(TYPING);
      if (event.key !== key || typing) return;
      code = event.code;
      setHeld(true);
    };
    const up = (event: KeyboardEvent) => event.code === code && setHeld(false);
    // A window that lost the focus does not hear of the key going up.
    const lose = () => setHeld(false);
    addEventListener('keydown', down);
    addEventListener('keyup', up);
    addEventListener('blur', lose);
    return () => {
      removeEventListener('keydown', down);
      removeEventListener('keyup', up);
      removeEventListener('blur', lose);
    };
  }, [key]);
  return held;
}
