import { Text } from '@mantine/core';
import classes from './profile.module.css';
import { ShownOnce } from './shown-once.tsx';
import { words } from './words.ts';

export function ShownKey({ secret, onDone }: { secret: string; onDone: () => void }) {
  const { text, key, example, done } = words.shownKey;
  return (
    <ShownOnce label={key} {...{ text, secret, done, onDone }}>
      <Text size="sm" c="dimmed">
        {example}
      </Text>
      <div
        className={classes.key}
      >{`curl -H 'X-Api-Key: ${secret}' \\\n  '${location.origin}/api/v1/images?limit=10'`}</div>
    </ShownOnce>
  );
}
