/** What can be done to many pictures at once, and how it is taken back. */
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { createAlbum, type Album } from '../../lib/data/albums.ts';
import { createBatch, rememberBatch } from '../../lib/data/batches.ts';
import { useImagesChanged } from '../../lib/data/images.ts';
import type { RecipeWish } from '../../lib/data/recipes.ts';
import { tellProblem, toast } from '../../ui/toast.ts';
import { changeMany, type Change } from './bulk.ts';
import { tagsBack } from './tags-back.ts';
import { words } from './words.ts';

export function useDeeds() {
  const changed = useImagesChanged();
  const client = useQueryClient();
  const navigate = useNavigate();

  /** gone: they leave the lists they are in. */
  const change = async (ids: readonly string[], wish: Change, gone: boolean) => {
    const told = await changeMany(ids, wish);
    // Where some failed, or the rest was cancelled, only the gateway knows which are gone.
    await changed(gone && told.changed + told.unchanged === ids.length ? ids : []);
    return told;
  };
  const undo = (ids: readonly string[], wish: Change, gone = false) => ({ undo: () => change(ids, wish, gone) });

  const restore = async (ids: readonly string[]) => {
    const told = await change(ids, { action: 'restore' }, true);
    toast({ message: words.restored(told.changed), ...undo(ids, { action: 'trash' }, true) });
  };
  const trash = async (ids: readonly string[]) => {
    const told = await change(ids, { action: 'trash' }, true);
    toast({ message: words.trashed(told.changed), ...undo(ids, { action: 'restore' }) });
  };
  const purge = async (ids: readonly string[]) => {
    const told = await change(ids, { action: 'purge' }, true);
    toast({ message: words.trashPage.purged(told.changed) });
  };
  /** to: an album, or the name of a new one. */
  const addTo = async (ids: readonly string[], to: Pick<Album, 'id' | 'name'> | string) => {
    const album = typeof to === 'string' ? await createAlbum(to) : to;
    const told = await change(ids, { action: 'add_album', album: album.id }, false);
    const back = told.unchanged === 0 ? undo(ids, { action: 'remove_album', album: album.id }) : {};
    toast({ message: words.albumAdded(told.changed + told.unchanged, album.name), ...back });
  };
  const takeOut = async (ids: readonly string[], album: string) => {
    const told = await change(ids, { action: 'remove_album', album }, false);
    toast({ message: words.albumRemoved(told.changed), ...undo(ids, { action: 'add_album', album }) });
  };
  const tag = async (ids: readonly string[], add: readonly string[], remove: readonly string[]) => {
    const back = await tagsBack(ids, add, remove);
    if (add.length > 0) await change(ids, { action: 'tag', tags: [...add] }, false);
    if (remove.length > 0) await change(ids, { action: 'untag', tags: [...remove] }, false);
    const undoing = async () => {
      for (const { touched, wish } of back) await change(touched, wish, false);
    };
    toast({ message: words.tagsChanged(ids.length), ...(back.length > 0 && { undo: undoing }) });
  };

  /** name: of the batch. */
  const apply = async (ids: readonly string[], name: string, wish: RecipeWish) => {
    const batch = await createBatch({ ...wish, ids: [...ids], name });
    rememberBatch(client, batch);
    const see = () => navigate(`/batches/${batch.id}`);
    toast({ message: words.queued(ids.length), undoLabel: words.see, undo: see });
  };

  return {
    restore: told(restore),
    trash: told(trash),
    purge: told(purge),
    addTo: told(addTo),
    takeOut: told(takeOut),
    tag: told(tag),
    apply: told(apply),
  };
}

export type Deeds = ReturnType<typeof useDeeds>;

/** Says what went wrong; never rejects. Whether it went well. */
const told =
  <A extends readonly unknown[]>(deed: (...wish: A) => Promise<void>) =>
  (...wish: A): Promise<boolean> =>
    deed(...wish).then(
      () => true,
      (error: unknown) => {
        tellProblem(error);
        return false;
      },
    );
