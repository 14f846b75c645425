/** What scrolling does beside moving: how fast it is, and what stays in its place when the list changes. */
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { rowAt, rowOf, type Layout } from './rows.ts';

/** Screens a second: faster than this nobody sees details, and none are asked for. */
const FAST = 3;
const SETTLED_MS = 120;

/** false while the page flies by. */
export function useCalm(): boolean {
  const [calm, setCalm] = useState(true);
  useEffect(() => {
    let last = { y_px: window.scrollY, at_ms: performance.now() };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const settle = () => setCalm(true);
    const look = () => {
      const now = { y_px: window.scrollY, at_ms: performance.now() };
      const speed = (Math.abs(now.y_px - last.y_px) / Math.max(now.at_ms - last.at_ms, 8)) * 1000;
      last = now;
      if (speed > FAST * window.innerHeight) setCalm(false);
      clearTimeout(timer);
      timer = setTimeout(settle, SETTLED_MS);
    };
    addEventListener('scroll', look, { passive: true });
    return () => {
      removeEventListener('scroll', look);
      clearTimeout(timer);
    };
  }, []);
  return calm;
}

interface Anchor {
  readonly id: string;
  readonly below_px: number;
}

/** Pictures that come in above, and other widths, do not move what somebody looks at. */
export function useAnchor(layout: Layout, ids: readonly string[], top_px: number): void {
  const anchor = useRef<Anchor | undefined>(undefined);
  useLayoutEffect(() => {
    const place = anchor.current ? ids.indexOf(anchor.current.id) : -1;
    const row = place === -1 ? undefined : layout.rows[rowOf(layout.rows, place)];
    if (!row || !anchor.current) return;
    const wanted = top_px + row.top_px + anchor.current.below_px;
    if (Math.abs(wanted - window.scrollY) > 1) window.scrollTo(0, wanted);
  }, [layout, ids, top_px]);
  useEffect(() => {
    const remember = () => {
      const y_px = window.scrollY - top_px;
      const row = layout.rows[rowAt(layout.rows, y_px)];
      if (y_px <= 0 || !row) return void (anchor.current = undefined);
      const first = row.kind === 'heading' ? row.section.first : row.first;
      anchor.current = { id: ids[first] ?? '', below_px: y_px - row.top_px };
    };
    addEventListener('scroll', remember, { passive: true });
    return () => removeEventListener('scroll', remember);
  }, [layout, ids, top_px]);
}
