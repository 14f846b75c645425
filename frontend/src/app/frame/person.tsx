import { Avatar, Menu, SegmentedControl, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { IconKeyboard, IconLogout, IconUser } from '@tabler/icons-react';
import { Link } from 'react-router';
import { session, useAccount } from '../../lib/api/session.ts';
import { tellProblem } from '../../ui/toast.ts';
import { words } from '../words.ts';
import { showKeyHelp } from './key-help.tsx';

const THEMES = ['light', 'dark', 'auto'] as const;

/** Who is signed in, and what is about them. */
export function Person() {
  const { name, email } = useAccount();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <UnstyledButton aria-label={`${words.profile}: ${name}`}>
          <Avatar name={name} color="glass" size={34} alt="" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Text px="sm" pt="xs" fw={600} truncate>
          {name}
        </Text>
        <Text px="sm" pb="xs" size="sm" c="dimmed" truncate>
          {email}
        </Text>
        <SegmentedControl
          fullWidth
          size="xs"
          value={colorScheme}
          onChange={setColorScheme}
          data={THEMES.map((value) => ({ value, label: words.theme[value] }))}
        />
        <Menu.Divider />
        <Menu.Item component={Link} to="/profile" leftSection={<IconUser size={18} stroke={1.6} />}>
          {words.profile}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={18} stroke={1.6} />} onClick={showKeyHelp}>
          {words.help}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={18} stroke={1.6} />}
          onClick={() => void session.leave().catch(tellProblem)}
        >
          {words.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
