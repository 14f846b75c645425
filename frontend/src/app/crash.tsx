import { Button, Code, Stack, Text, Title } from '@mantine/core';
import { isRouteErrorResponse, useRouteError } from 'react-router';
import { ApiProblem } from '../lib/api/problem.ts';
import { useTitle } from '../ui/title.ts';
import { words } from './words.ts';

/** In the place of a page that failed. */
export function Crash() {
  const error = useRouteError();
  const { title, text } = isMissingPart(error) ? words.crash.stale : words.crash;
  useTitle(title);
  return (
    <Stack role="alert" maw={520} mx="auto" px="md" py={72} gap="md">
      <Title order={1} size="h2">
        {title}
      </Title>
      <Text>{text}</Text>
      {!isMissingPart(error) && <Code block>{messageOf(error)}</Code>}
      <Button onClick={() => location.reload()} style={{ alignSelf: 'start' }}>
        {words.crash.action}
      </Button>
    </Stack>
  );
}

/** Each browser has words of its own for a module that could not be loaded: after an update its name is another. */
export const isMissingPart = (error: unknown): boolean =>
  error instanceof Error &&
  /dynamically imported module|importing a module script failed|unable to preload css/i.test(error.message);

export function messageOf(error: unknown): string {
  if (isRouteErrorResponse(error)) return `${error.status} ${error.statusText}`;
  if (error instanceof ApiProblem) return told(error);
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

const told = ({ code, message, requestId }: ApiProblem): string =>
  requestId === '' ? `${code}: ${message}` : `${code}: ${message}\n${words.crash.request} ${requestId}`;
