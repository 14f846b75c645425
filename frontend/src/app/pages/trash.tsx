import { Gallery } from '../../features/gallery/gallery.tsx';
import { EmptyTrash } from '../../features/gallery/empty-trash.tsx';
import { TrashHeader } from '../../features/gallery/trash-header.tsx';
import { words } from '../words.ts';

export function Component() {
  return (
    <>
      <title>{`${words.trash} · ${words.name}`}</title>
      <Gallery fixed={{ state: 'trashed' }} header={<TrashHeader />} empty={<EmptyTrash />} />
    </>
  );
}
