import { Button, Group, Stack, Text } from '@mantine/core';
import { CopyButton } from '../../ui/copy-button.tsx';
import classes from './profile.module.css';
import { words } from './words.ts';

/** The only time that it can be seen. */
export function ShownKey({ secret, onDone }: { secret: string; onDone: () => void }) {
  return (
    <Stack gap="md">
      <Text>{words.shownKey.text}</Text>
      <div className={classes.key} role="textbox" aria-readonly aria-label={words.shownKey.key} tabIndex={0}>
        {secret}
      </div>
      <Text size="sm" c="dimmed">
        {words.shownKey.example}
      </Text>
      <div
        className={classes.key}
      >{`curl -H 'X-Api-Key: ${secret}' \\\n  '${location.origin}/api/v1/images?limit=10'`}</div>
      <Group justify="end">
        <CopyButton text={secret} />
        <Button onClick={onDone}>{words.shownKey.done}</Button>
      </Group>
    </Stack>
  );
}
