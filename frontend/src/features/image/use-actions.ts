/** Where one can go from a picture, and what can be done with the whole of it. */
import { useNavigate, useSearchParams } from 'react-router';
import type { Image } from '../../lib/data/images.ts';
import { useKeys } from '../../ui/keys.tsx';
import { placeFrom, useNeighbours } from './neighbours.ts';
import { useRestore, useTrash } from './queries.ts';
import type { Actions } from './top-line.tsx';
import { words } from './words.ts';

/** onEscape: what there is to end before Escape leaves the page. */
export function useActions(image: Image, own: Pick<Actions, 'onDetails' | 'onSave'>, onEscape?: () => void) {
  const navigate = useNavigate();
  const [asked] = useSearchParams();
  const back = placeFrom(asked);
  const search = `?from=${encodeURIComponent(back)}`;
  const neighbours = useNeighbours(image.id, back);
  // Turning pages is no history: Back goes to where the picture was opened.
  const to = (id: string) => void navigate(`/images/${id}${search}`, { replace: true });
  const trash = useTrash();
  const restore = useRestore();
  const onRestore = () => restore.mutate(image.id);
  const onTrash = () => {
    const { next, previous } = neighbours;
    trash.mutate(image.id);
    const beside = next ?? previous;
    if (beside !== undefined) to(beside);
    else void navigate(back);
  };
  const actions: Actions = { ...own, back, edit: `/images/${image.id}/edit${search}`, onTrash, onRestore };
  const leave = () => void navigate(back);
  useKeys(words.page, [
    { keys: 'E', does: words.edit, run: () => void (image.state === 'active' && navigate(actions.edit)) },
    { keys: 'I', does: words.details, run: own.onDetails },
    { keys: 'Delete', does: words.trash, run: () => image.state === 'active' && onTrash() },
    { keys: 'Escape', does: words.back, run: () => nothingFloats() && (onEscape ?? leave)(), prevent: false },
  ]);
  const { previous, next } = neighbours;
  const turns = {
    previous: previous === undefined ? undefined : () => to(previous),
    next: next === undefined ? undefined : () => to(next),
  };
  return { actions, neighbours, turns };
}

/** Escape closes what floats first. */
const nothingFloats = (): boolean => document.querySelector('[role="dialog"], [role="menu"]') === null;
