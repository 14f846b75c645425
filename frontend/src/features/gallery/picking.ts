/** Selecting and opening pictures of a grid, by hand and by keyboard. */
import { useNavigate } from 'react-router';
import type { Outline } from '../../lib/data/outline.ts';
import { useDeeds, type Deeds } from './deeds.ts';
import { useGridKeys } from './grid-keys.ts';
import { useHold, type Hold } from './holding.ts';
import { usePicks, type Picks } from './picks.ts';
import type { Layout } from './rows.ts';
import { daysOf } from './sections.ts';

interface Grid {
  readonly outline: Outline;
  readonly layout: Layout;
  readonly top_px: number;
  readonly trashed: boolean;
  /** What the address of a picture has after its id. */
  readonly search: string;
}

interface Picked extends Picks {
  readonly hold: Hold;
  readonly deeds: Deeds;
  readonly clear: () => void;
}

export function usePicking({ outline, layout, top_px, trashed, search }: Grid): Picked {
  const [picks, dispatch] = usePicks();
  const deeds = useDeeds();
  const navigate = useNavigate();
  const { ids } = outline;
  const open = (id: string) => void navigate(`/images/${id}${search}`);
  const clear = () => dispatch({ kind: 'clear' });
  const toggleSection = (first: number) => {
    const day = daysOf(ids).find((one) => one.first === first);
    if (day) dispatch({ kind: 'toggle-many', ids: ids.slice(day.first, day.end) });
  };
  const remove = () => {
    // From the trash they would go for good: that is asked first.
    if (!trashed) void deeds.trash(ids.filter((id) => picks.picked.has(id))).then((well) => well && clear());
  };
  const hold = useHold({
    picking: picks.picked.size > 0,
    toggle: (id) => dispatch({ kind: 'toggle', id }),
    reach: (id) => dispatch({ kind: 'reach', id, ids }),
    go: (id) => dispatch({ kind: 'go', id }),
    toggleSection,
    open,
  });
  useGridKeys({ outline, layout, top_px, picks, dispatch, open, remove });
  return { ...picks, hold, deeds, clear };
}
