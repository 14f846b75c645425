import { Text } from '@mantine/core';
import { useOperations, type Step } from '../../lib/data/catalogue.ts';
import classes from './panel.module.css';
import { toldSteps } from './step-words.ts';
import { words } from './words.ts';

/** What was done to make a version, in order. */
export function Steps({ steps }: { steps: readonly Step[] }) {
  const operations = useOperations();
  if (steps.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {words.steps.none}
      </Text>
    );
  }
  return (
    <ol className={classes.steps}>
      {toldSteps(steps, operations.data?.items ?? []).map(({ title, settings, enabled }, at) => (
        <li key={at} data-off={!enabled}>
          {title}
          {!enabled && ` (${words.steps.off})`}
          {settings !== '' && <span>{settings}</span>}
        </li>
      ))}
    </ol>
  );
}
