import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { CopyButton } from '../../ui/copy-button.tsx';
import classes from './profile.module.css';
import { words } from './words.ts';

/** The only time that it can be seen. */
export function ShownSecret({ secret, onDone }: { secret: string; onDone: () => void }) {
  return (
    <Stack gap="md">
      <Text>{words.shownSecret.text}</Text>
      <div className={classes.key} role="textbox" aria-readonly aria-label={words.shownSecret.secret} tabIndex={0}>
        {secret}
      </div>
      <Text size="sm" c="dimmed">
        {words.shownSecret.how}{' '}
        <Anchor href="https://www.standardwebhooks.com" target="_blank" rel="noreferrer" size="sm">
          Standard Webhooks
        </Anchor>
      </Text>
      <Group justify="end">
        <CopyButton text={secret} />
        <Button onClick={onDone}>{words.shownSecret.done}</Button>
      </Group>
    </Stack>
  );
}
