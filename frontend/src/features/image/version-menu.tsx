import { ActionIcon, Menu } from '@mantine/core';
import { IconCheck, IconDots, IconDownload, IconMask, IconTrash } from '@tabler/icons-react';
import { downloadUrl } from '../../lib/api/files.ts';
import type { Version } from './queries.ts';
import { words } from './words.ts';

interface VersionMenuProps {
  readonly version: Version;
  /** undefined: nothing can be changed, as in the trash. */
  readonly onUse: (() => void) | undefined;
  readonly onDelete: (() => void) | undefined;
}

export function VersionMenu({ version: { id, image, number, current, mask_blob }, onUse, onDelete }: VersionMenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size={40} aria-label={words.versions.actions(number)}>
          <IconDots size={20} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {!current && onUse && (
          <Menu.Item leftSection={<IconCheck size={18} stroke={1.6} />} onClick={onUse}>
            {words.versions.use}
          </Menu.Item>
        )}
        <Menu.Item
          component="a"
          href={downloadUrl(image, 'version', id)}
          download
          leftSection={<IconDownload size={18} stroke={1.6} />}
        >
          {words.download}
        </Menu.Item>
        {mask_blob !== '' && (
          <Menu.Item
            component="a"
            href={downloadUrl(image, 'mask', id)}
            download
            leftSection={<IconMask size={18} stroke={1.6} />}
          >
            {words.mask}
          </Menu.Item>
        )}
        {onDelete && (
          <Menu.Item color="red" leftSection={<IconTrash size={18} stroke={1.6} />} onClick={onDelete}>
            {words.versions.delete}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
