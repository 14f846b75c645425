import { Text } from '@mantine/core';
import { IconKeyboard, IconLogout, IconUser } from '@tabler/icons-react';
import { Link } from 'react-router';
import { session, useAccount } from '../../lib/api/session.ts';
import { ThemeChoice } from '../../ui/theme-choice.tsx';
import { tellProblem } from '../../ui/toast.ts';
import { words } from '../words.ts';
import { showKeyHelp } from './key-help.tsx';
import classes from './person.module.css';

export default function PersonMenu({ onLeave }: { onLeave: () => void }) {
  const { name, email } = useAccount();
  const help = () => {
    onLeave();
    showKeyHelp();
  };
  return (
    <>
      <Text px="sm" pt="xs" fw={600} truncate>
        {name}
      </Text>
      <Text px="sm" pb="sm" size="sm" c="dimmed" truncate>
        {email}
      </Text>
      <ThemeChoice />
      <Link to="/profile" className={classes.item} onClick={onLeave} style={{ marginTop: 8 }}>
        <IconUser size={18} stroke={1.6} aria-hidden />
        {words.profile}
      </Link>
      <button type="button" className={classes.item} onClick={help}>
        <IconKeyboard size={18} stroke={1.6} aria-hidden />
        {words.help}
      </button>
      <SignOut />
    </>
  );
}

function SignOut() {
  return (
    <button type="button" className={classes.item} onClick={() => void session.leave().catch(tellProblem)}>
      <IconLogout size={18} stroke={1.6} aria-hidden />
      {words.signOut}
    </button>
  );
}
