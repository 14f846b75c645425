import { Button, Code, Stack, Text, Title } from '@mantine/core';
import { isRouteErrorResponse, useRouteError } from 'react-router';
import { ApiProblem } from '../lib/api/problem.ts';
import { words } from './words.ts';

/** In the place of a page that failed. */
export function Crash() {
  const error = useRouteError();
  return (
    <Stack role="alert" maw={520} mx="auto" px="md" py={72} gap="md">
      <Title order={1} size="h2">
        {words.crash.title}
      </Title>
      <Text>{words.crash.text}</Text>
      <Code block>{messageOf(error)}</Code>
      <Button onClick={() => location.reload()} style={{ alignSelf: 'start' }}>
        {words.crash.action}
      </Button>
    </Stack>
  );
}

function messageOf(error: unknown): string {
  if (isRouteErrorResponse(error)) return `${error.status} ${error.statusText}`;
  if (error instanceof ApiProblem) return `${error.code}: ${error.message}\nRequest ${error.requestId}`;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
