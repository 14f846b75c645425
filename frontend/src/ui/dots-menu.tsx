import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface DotsMenuProps {
  readonly label: string;
  readonly width: number;
  /** Its Menu.Item. */
  readonly children: ReactNode;
}

/** What there is no room for in sight. */
export function DotsMenu({ label, width, children }: DotsMenuProps) {
  return (
    <Menu position="bottom-end" width={width}>
      <Menu.Target>
        <ActionIcon size={40} aria-label={label}>
          <IconDots size={20} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
