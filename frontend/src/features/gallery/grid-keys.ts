/** The gallery by keyboard alone. */
import type { Dispatch } from 'react';
import type { Outline } from '../../lib/data/outline.ts';
import { useKeys } from '../../ui/keys.tsx';
import { placeBeside, type Direction } from './moves.ts';
import type { Picking, Picks } from './picks.ts';
import { rowAt, rowOf, type Layout } from './rows.ts';
import { words } from './words.ts';

interface GridKeys {
  readonly outline: Outline;
  readonly layout: Layout;
  readonly top_px: number;
  readonly picks: Picks;
  readonly dispatch: Dispatch<Picking>;
  readonly open: (id: string) => void;
  /** To the trash, or out of it for good. */
  readonly remove: () => void;
}

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

export function useGridKeys(grid: GridKeys): void {
  const { picks, dispatch, outline } = grid;
  const move = (event: KeyboardEvent) => {
    const to = ARROWS[event.key];
    if (!isFree(event.target) || !to || outline.ids.length === 0) return;
    event.preventDefault();
    const place = nextPlace(grid, to);
    const id = outline.ids[place] ?? '';
    dispatch(event.shiftKey ? { kind: 'reach', id, ids: outline.ids } : { kind: 'go', id });
    show(grid, place, id);
  };
  const at = (run: (id: string) => void) => (event: KeyboardEvent) => {
    // What has the focus knows itself what Space and Enter mean.
    if (!isFree(event.target) || picks.active === '' || isCheck(event.target)) return;
    event.preventDefault();
    run(picks.active);
  };
  const overall = (run: () => void) => (event: KeyboardEvent) => {
    if (isElsewhere(event.target)) return;
    event.preventDefault();
    run();
  };
  const some = picks.picked.size > 0;
  const { keys } = words;
  useKeys(keys.title, [
    ...Object.keys(ARROWS).flatMap((arrow) => [
      { keys: arrow, does: keys.move, run: move, prevent: false },
      { keys: `shift+${arrow}`, does: keys.extend, run: move, prevent: false },
    ]),
    { keys: 'Space', does: keys.pick, run: at((id) => dispatch({ kind: 'toggle', id })), prevent: false },
    { keys: 'Enter', does: keys.open, run: at(grid.open), prevent: false },
    { keys: 'mod+A', does: keys.all, run: overall(() => dispatch({ kind: 'all', ids: outline.ids })), prevent: false },
    { keys: 'Escape', does: keys.clear, run: overall(() => dispatch({ kind: 'clear' })), prevent: false },
    { keys: 'Delete', does: keys.trash, run: overall(() => some && grid.remove()), prevent: false },
  ]);
}

/** Nothing else on the page has the focus. */
const isFree = (target: EventTarget | null): boolean =>
  target === document.body || (target instanceof Element && target.matches('[data-grid] *, #content'));
const isCheck = (target: EventTarget | null): boolean => target instanceof Element && target.matches('[data-check]');
const isElsewhere = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role=dialog], [role=menu], [role=listbox]') !== null;

/** From where the keyboard is, or else the first picture in sight. */
function nextPlace({ outline, layout, top_px, picks }: GridKeys, to: Direction): number {
  const place = picks.active === '' ? -1 : outline.ids.indexOf(picks.active);
  if (place !== -1) return placeBeside(layout.rows, outline.ratios, place, to);
  const row = layout.rows[rowAt(layout.rows, window.scrollY + TOP_PX - top_px)];
  return row?.kind === 'heading' ? row.section.first : (row?.first ?? 0);
}

const TOP_PX = 56;
const AIR_PX = 12;
const MOST_FRAMES = 20;

/** Brings a picture into sight and the focus to it, once it is there. */
function show({ layout, top_px }: GridKeys, place: number, id: string): void {
  const row = layout.rows[rowOf(layout.rows, place)];
  if (!row) return;
  const above_px = top_px + row.top_px - TOP_PX - AIR_PX;
  const below_px = top_px + row.top_px + row.height_px + AIR_PX - window.innerHeight;
  if (window.scrollY > above_px) window.scrollTo({ top: above_px });
  else if (window.scrollY < below_px) window.scrollTo({ top: below_px });
  focusOn(id, MOST_FRAMES);
}

function focusOn(id: string, frames: number): void {
  const link = document.querySelector<HTMLElement>(`[data-picture="${id}"] a`);
  if (link) link.focus({ preventScroll: true });
  else if (frames > 0) requestAnimationFrame(() => focusOn(id, frames - 1));
}
