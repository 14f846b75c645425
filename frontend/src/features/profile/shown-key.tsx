import { Button, CopyButton, Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
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
        <Copy secret={secret} />
        <Button onClick={onDone}>{words.shownKey.done}</Button>
      </Group>
    </Stack>
  );
}

function Copy({ secret }: { secret: string }) {
  return (
    <CopyButton value={secret}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          onClick={copy}
          leftSection={copied ? <IconCheck size={18} stroke={1.6} /> : <IconCopy size={18} stroke={1.6} />}
        >
          {copied ? words.shownKey.copied : words.shownKey.copy}
        </Button>
      )}
    </CopyButton>
  );
}
