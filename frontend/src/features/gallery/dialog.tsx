/** What is asked before something is done with what is selected. */
import { Modal } from '@mantine/core';
import type { OutlineQuery } from '../../lib/data/outline.ts';
import type { Asking } from './actions.ts';
import { AlbumForm } from './album-form.tsx';
import type { Deeds } from './deeds.ts';
import { DownloadForm } from './download-form.tsx';
import { PurgeForm } from './purge-form.tsx';
import { TagsForm } from './tags-form.tsx';
import { words } from './words.ts';

export interface FormProps {
  readonly ids: readonly string[];
  readonly deeds: Deeds;
  /** It is done, or on its way: the question goes. */
  readonly onDone: () => void;
}

interface DialogProps extends FormProps {
  readonly asking: Exclude<Asking, undefined>;
  readonly query: OutlineQuery;
  /** All that is asked for is selected. */
  readonly every: boolean;
  readonly onClose: () => void;
}

export default function Dialog({ asking, query, every, onClose, onDone, ids, deeds }: DialogProps) {
  const form = { ids, deeds, onDone };
  const titles = {
    album: words.album,
    tags: words.tags,
    download: words.downloadTitle,
    purge: words.trashPage.purgeTitle(ids.length),
  };
  return (
    <Modal opened onClose={onClose} title={titles[asking]}>
      {asking === 'album' && <AlbumForm {...form} />}
      {asking === 'tags' && <TagsForm {...form} />}
      {asking === 'download' && <DownloadForm {...form} query={query} every={every} />}
      {asking === 'purge' && <PurgeForm {...form} onCancel={onClose} />}
    </Modal>
  );
}
