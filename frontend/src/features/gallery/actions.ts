/** What can be done with what is selected, by place. */
import {
  IconAlbum,
  IconAlbumOff,
  IconClipboard,
  IconDownload,
  IconRestore,
  IconSparkles,
  IconTag,
  IconTrash,
  IconTrashX,
  type Icon,
} from '@tabler/icons-react';
import { useCopiedSteps } from '../../lib/data/copied-steps.ts';
import type { OutlineQuery } from '../../lib/data/outline.ts';
import { wishOf } from '../../lib/data/recipes.ts';
import type { Deeds } from './deeds.ts';
import { words } from './words.ts';

/** What is asked before it is done. */
export type Asking = 'album' | 'tags' | 'download' | 'purge' | undefined;

export interface Action {
  readonly label: string;
  readonly icon: Icon;
  readonly run: () => void;
  readonly primary?: boolean;
}

interface Wish {
  readonly ids: readonly string[];
  readonly query: OutlineQuery;
  readonly deeds: Deeds;
  readonly onAsk: (asking: Asking) => void;
  /** Asks what is done with them; undefined: nothing can be. */
  readonly onBatch: (() => void) | undefined;
  readonly onClear: () => void;
}

/** The most wanted first. */
export function useActions({ ids, query, deeds, onAsk, onBatch, onClear }: Wish): readonly Action[] {
  const copied = useCopiedSteps();
  // Only what leaves the list is selected no more, and what could not be done stays so.
  const done = (deed: Promise<boolean>) => void deed.then((well) => well && onClear());
  const { album } = query;
  if (query.state === 'trashed') {
    return [
      { label: words.trashPage.restore, icon: IconRestore, run: () => done(deeds.restore(ids)), primary: true },
      { label: words.trashPage.purge, icon: IconTrashX, run: () => onAsk('purge') },
    ];
  }
  const paste = (): readonly Action[] => {
    if (!copied) return [];
    const title = words.pasting(copied.from, ids.length);
    return [
      { label: words.paste, icon: IconClipboard, run: () => void deeds.apply(ids, title, wishOf(copied.recipe)) },
    ];
  };
  const takeOut = (from: string): Action => ({
    label: words.albumRemove,
    icon: IconAlbumOff,
    run: () => done(deeds.takeOut(ids, from)),
  });
  return [
    ...(onBatch ? [{ label: words.apply, icon: IconSparkles, run: onBatch, primary: true }] : []),
    { label: words.album, icon: IconAlbum, run: () => onAsk('album') },
    { label: words.trash, icon: IconTrash, run: () => done(deeds.trash(ids)) },
    ...paste(),
    { label: words.tags, icon: IconTag, run: () => onAsk('tags') },
    { label: words.download, icon: IconDownload, run: () => onAsk('download') },
    ...(album === undefined ? [] : [takeOut(album)]),
  ];
}
