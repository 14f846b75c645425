import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import type { Album } from '../../lib/data/albums.ts';
import { words } from './words.ts';

const AlbumDialog = lazy(() => import('./album-dialog.tsx'));
const DeleteDialog = lazy(() => import('./delete-dialog.tsx'));

/** Renaming and deleting, behind three dots. */
export function AlbumActions({ album, onDeleted }: { album: Album; onDeleted?: () => void }) {
  const [open, setOpen] = useState<'rename' | 'delete'>();
  const close = () => setOpen(undefined);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={40} aria-label={words.actions(album.name)}>
            <IconDots size={20} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={18} stroke={1.6} />} onClick={() => setOpen('rename')}>
            {words.rename}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconTrash size={18} stroke={1.6} />} onClick={() => setOpen('delete')}>
            {words.delete}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>
        {open === 'rename' && <AlbumDialog album={album} onClose={close} onSaved={close} />}
        {open === 'delete' && <DeleteDialog album={album} onClose={close} onDeleted={onDeleted} />}
      </Suspense>
    </>
  );
}
