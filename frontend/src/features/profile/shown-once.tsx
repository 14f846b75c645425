import { Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyButton } from '../../ui/copy-button.tsx';
import classes from './profile.module.css';

interface ShownOnceProps {
  readonly text: string;
  readonly secret: string;
  /** What the secret is called. */
  readonly label: string;
  readonly done: string;
  readonly onDone: () => void;
  /** How it is used. */
  readonly children: ReactNode;
}

/** The only time that it can be seen. */
export function ShownOnce({ text, secret, label, done, onDone, children }: ShownOnceProps) {
  return (
    <Stack gap="md">
      <Text>{text}</Text>
      <div className={classes.key} role="textbox" aria-readonly aria-label={label} tabIndex={0}>
        {secret}
      </div>
      {children}
      <Group justify="end">
        <CopyButton text={secret} />
        <Button onClick={onDone}>{done}</Button>
      </Group>
    </Stack>
  );
}
