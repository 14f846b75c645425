import { useEffect, useState } from 'react';

/** Whether a key is held down now. Not while somebody types, nor on a button that the key would press. */
export function useHeldKey(code: string): boolean {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    const ending = new AbortController();
    const { signal } = ending;
    const down = (event: KeyboardEvent) => {
      if (event.code !== code || event.ctrlKey || event.metaKey || isTaken(event)) return;
      event.preventDefault();
      setHeld(true);
    };
    const up = (event: KeyboardEvent) => event.code === code && setHeld(false);
    window.addEventListener('keydown', down, { signal });
    window.addEventListener('keyup', up, { signal });
    window.addEventListener('blur', () => setHeld(false), { signal });
    return () => ending.abort();
  }, [code]);
  return held;
}

const TYPED_IN = 'input, textarea, select, [contenteditable="true"]';
const PRESSED = 'button, a, [role="button"], [role="slider"], [role="switch"], [role="radio"], label, summary';

function isTaken({ target, code }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  return target.closest(TYPED_IN) !== null || (code === 'Space' && target.closest(PRESSED) !== null);
}
