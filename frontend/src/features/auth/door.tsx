import { Anchor, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Mark } from '../../ui/mark.tsx';
import classes from './door.module.css';

interface DoorProps {
  readonly title: string;
  readonly text?: string | undefined;
  readonly children: ReactNode;
  readonly foot?: ReactNode;
}

/** One calm card on plain paper: what is asked for, nothing else. */
export function Door({ title, text, children, foot }: DoorProps) {
  return (
    <main className={classes.door}>
      <Link to="/" className={classes.brand}>
        <Mark size={32} />
        Vitrine
      </Link>
      <section className={classes.card}>
        <Title order={1} size="h2">
          {title}
        </Title>
        {text !== undefined && (
          <Text c="dimmed" mt="sm">
            {text}
          </Text>
        )}
        <div className={classes.body}>{children}</div>
      </section>
      <footer className={classes.foot}>{foot}</footer>
    </main>
  );
}

/** 'No account yet? Sign up': the way to the other page, which leads to the same place after. */
export function OtherDoor({ question, action, to }: { question: string; action: string; to: string }) {
  return (
    <Text size="sm" c="dimmed">
      {question}{' '}
      <Anchor component={Link} to={to} size="sm" underline="always">
        {action}
      </Anchor>
    </Text>
  );
}
