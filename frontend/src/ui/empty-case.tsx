import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './empty-case.module.css';

interface EmptyCaseProps {
  readonly title: string;
  readonly text?: string;
  /** Where it is all of the page. */
  readonly isPage?: boolean;
  /** Two at most: what one can do now. */
  readonly children?: ReactNode;
}

/** Nothing is here yet: a drawing of an empty case, one sentence, what to do. */
export function EmptyCase({ title, text, isPage = false, children }: EmptyCaseProps) {
  return (
    <Stack align="center" className={classes.empty} gap="sm">
      <svg viewBox="0 0 160 120" width={160} height={120} aria-hidden fill="none" stroke="currentColor">
        <path d="M40 96V46l40-22 40 22v50" strokeWidth="2" strokeLinejoin="round" />
        <path d="M40 46h80M80 24v22" strokeWidth="1" opacity=".5" />
        <path d="M28 98h104M36 106h88" strokeWidth="2" strokeLinecap="round" />
        <path d="M58 84h44" strokeWidth="2" strokeLinecap="round" opacity=".6" />
        <path d="M52 56l10 10M58 52l6 6" strokeWidth="1.5" strokeLinecap="round" opacity=".5" />
      </svg>
      <Title order={isPage ? 1 : 2} size="h3" ta="center">
        {title}
      </Title>
      {text !== undefined && (
        <Text c="dimmed" ta="center">
          {text}
        </Text>
      )}
      <Group mt="sm" justify="center">
        {children}
      </Group>
    </Stack>
  );
}
