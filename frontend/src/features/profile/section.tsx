import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './profile.module.css';

interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly text?: string;
  readonly children: ReactNode;
}

/** One part of the page: what it is at the left, what can be done at the right. */
export function Section({ id, title, text, children }: SectionProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className={classes.section}>
      <div>
        <Title order={2} size="h3" id={`${id}-title`}>
          {title}
        </Title>
        {text !== undefined && (
          <Text size="sm" c="dimmed" mt="xs">
            {text}
          </Text>
        )}
      </div>
      <div className={classes.body}>{children}</div>
    </section>
  );
}
