import { Button, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ApiProblem } from '../lib/api/problem.ts';
import classes from './problem-notice.module.css';
import { words } from './words.ts';

/** In the place of what could not be shown: what happened, and how to try again. */
export function ProblemNotice({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const message = error instanceof Error ? error.message : String(error);
  const request = error instanceof ApiProblem ? error.requestId : '';
  return (
    <Stack role="alert" className={classes.notice} align="center" gap="sm">
      <IconAlertTriangle aria-hidden size={28} stroke={1.5} />
      <Text ta="center">{message}</Text>
      {request !== '' && (
        <Text size="sm" c="dimmed">
          {words.requestId} {request}
        </Text>
      )}
      {onRetry && (
        <Button variant="default" onClick={onRetry}>
          {words.retry}
        </Button>
      )}
    </Stack>
  );
}
