import { Button, Group, Text } from '@mantine/core';
import { useExternal } from '../../lib/api/external.ts';
import type { Sending } from './sending.ts';
import { words } from './words.ts';

/** What follows once all is there. failed: files that could not be sent. */
export function BatchNote({ sending, failed }: { sending: Sending; failed: number }) {
  const { state, pictures, problem } = useExternal(sending.following);
  const { then } = sending.wish;
  if (!then) return null;
  if (state === 'none') return <Text size="sm">{words.batch.follows(then.title)}</Text>;
  if (state === 'making') return <Text size="sm">{words.batch.making}</Text>;
  if (state === 'made') {
    const missing = failed > 0 ? ` ${words.batch.some(failed)}` : '';
    return (
      <Text size="sm">
        {words.batch.queued(pictures)}.{missing}
      </Text>
    );
  }
  return (
    <Group gap="sm" role="alert">
      <Text size="sm">{words.batch.failed(problem)}</Text>
      <Button variant="default" onClick={() => void sending.queue()}>
        {words.batch.retry}
      </Button>
    </Group>
  );
}
