/** Which pictures are selected, by id: it survives scrolling and other orders. */
import { useReducer } from 'react';

export interface Picks {
  readonly picked: ReadonlySet<string>;
  /** Where a range begins. */
  readonly anchor: string;
  /** What the last range added: a shorter or longer one takes its place. */
  readonly reached: readonly string[];
  /** The picture the keyboard is at. */
  readonly active: string;
}

export type Picking =
  | { readonly kind: 'toggle'; readonly id: string }
  | { readonly kind: 'reach'; readonly id: string; readonly ids: readonly string[] }
  | { readonly kind: 'toggle-many'; readonly ids: readonly string[] }
  | { readonly kind: 'all'; readonly ids: readonly string[] }
  | { readonly kind: 'go'; readonly id: string }
  | { readonly kind: 'clear' };

export const NO_PICKS: Picks = { picked: new Set(), anchor: '', reached: [], active: '' };

export function pick(picks: Picks, wish: Picking): Picks {
  switch (wish.kind) {
    case 'toggle':
      return { picked: toggled(picks.picked, [wish.id]), anchor: wish.id, reached: [], active: wish.id };
    case 'toggle-many':
      return { ...picks, picked: toggled(picks.picked, wish.ids), reached: [] };
    case 'reach':
      return reach(picks, wish.id, wish.ids);
    case 'all':
      return { ...picks, picked: new Set(wish.ids), reached: [] };
    case 'go':
      if (wish.id === picks.active) return picks;
      return picks.picked.size > 0
        ? { ...picks, active: wish.id }
        : { ...picks, active: wish.id, anchor: wish.id, reached: [] };
    case 'clear':
      return { ...NO_PICKS, active: picks.active };
  }
}

/** All of them go where all were in; otherwise all come in. */
function toggled(picked: ReadonlySet<string>, ids: readonly string[]): ReadonlySet<string> {
  const next = new Set(picked);
  const leaving = ids.every((id) => picked.has(id));
  for (const id of ids)
    if (leaving) next.delete(id);
    else next.add(id);
  return next;
}

function reach(picks: Picks, id: string, ids: readonly string[]): Picks {
  const begin = ids.indexOf(picks.anchor);
  const end = ids.indexOf(id);
  if (begin === -1) return pick(picks, { kind: 'toggle', id });
  const range = ids.slice(Math.min(begin, end), Math.max(begin, end) + 1);
  const picked = new Set(picks.picked);
  for (const before of picks.reached) picked.delete(before);
  for (const now of range) picked.add(now);
  return { picked, anchor: picks.anchor, reached: range, active: id };
}

export const usePicks = () => useReducer(pick, NO_PICKS);
