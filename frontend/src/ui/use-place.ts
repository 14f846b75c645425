/** How wide the grid is, and where in the page it begins. */
import { useCallback, useState } from 'react';

export interface Place {
  readonly width_px: number;
  readonly top_px: number;
}

/** Where it was the last time: who comes back finds the page as high as it was before anything is measured. */
let before = { window_px: 0, place: { width_px: 0, top_px: 0 } };

export function usePlace(): readonly [Place, (element: HTMLElement | null) => (() => void) | undefined] {
  const [place, setPlace] = useState<Place>(() =>
    before.window_px === window.innerWidth ? before.place : { width_px: 0, top_px: 0 },
  );
  const measure = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    const look = () => {
      const { width, top } = element.getBoundingClientRect();
      const now = { width_px: Math.floor(width), top_px: Math.round(top + window.scrollY) };
      before = { window_px: window.innerWidth, place: now };
      setPlace((last) => (last.width_px === now.width_px && last.top_px === now.top_px ? last : now));
    };
    const observer = new ResizeObserver(look);
    observer.observe(element);
    // What stands above the grid may grow: then the whole around it does.
    if (element.parentElement) observer.observe(element.parentElement);
    look();
    return () => observer.disconnect();
  }, []);
  return [place, measure];
}
