import { useEffect } from 'react';
import type { Painting } from './painting.ts';

/** While somebody paints, undo means strokes: the page's own undo does not hear of it. */
export function useStrokeKeys(painting: Painting): void {
  useEffect(() => {
    const ending = new AbortController();
    const onKey = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== 'z' && key !== 'y')) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (key === 'y' || event.shiftKey) painting.redo();
      else painting.undo();
    };
    window.addEventListener('keydown', onKey, { capture: true, signal: ending.signal });
    return () => ending.abort();
  }, [painting]);
}
