import { Anchor, Text } from '@mantine/core';
import { ShownOnce } from './shown-once.tsx';
import { words } from './words.ts';

export function ShownSecret(shown: { secret: string; onDone: () => void }) {
  const { text, secret: label, how, done } = words.shownSecret;
  return (
    <ShownOnce {...shown} {...{ text, label, done }}>
      <Text size="sm" c="dimmed">
        {how}{' '}
        <Anchor href="https://www.standardwebhooks.com" target="_blank" rel="noreferrer" size="sm">
          Standard Webhooks
        </Anchor>
      </Text>
    </ShownOnce>
  );
}
