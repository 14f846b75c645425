import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { BatchItem } from '../../lib/data/batches.ts';
import { shortReason } from '../../ui/job/reasons.ts';
import classes from './batch.module.css';
import { failureOf } from './failure.ts';
import { imagePath } from './item-cell.tsx';
import { words } from './words.ts';

interface FailedPanelProps {
  readonly item: BatchItem;
  /** How many can be tried again with it. */
  readonly retryable: number;
  readonly from: string;
  /** undefined: it cannot be tried again now. */
  readonly onRetry: (() => void) | undefined;
  readonly onClose: () => void;
}

/** One picture that failed: why, and what can be done. */
export default function FailedPanel({ item, retryable, from, onRetry, onClose }: FailedPanelProps) {
  const problem = item.problem ?? { code: '', detail: '' };
  const { text, expected, received } = failureOf(problem);
  const { failure } = words;
  // What was refused before it began would only be refused again.
  const refused = item.attempts === 0;
  const facts: readonly (readonly [string, string])[] = [
    [failure.expected, expected],
    [failure.received, received],
    [failure.file, item.name],
    [failure.row, item.row === null ? '' : words.row(item.row)],
    [failure.product, [item.sku, item.product_group].filter(Boolean).join(', ')],
    [failure.tried, item.attempts > 1 ? failure.times(item.attempts) : ''],
  ];
  return (
    <Modal opened onClose={onClose} title={shortReason(problem.code)}>
      <Stack gap="md">
        {text !== '' && <Text>{text}</Text>}
        <dl className={classes.facts}>
          {facts
            .filter(([, fact]) => fact !== '')
            .map(([name, fact]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{fact}</dd>
              </div>
            ))}
        </dl>
        {refused && (
          <Text size="sm" c="dimmed">
            {failure.refused}
          </Text>
        )}
        <Group justify="flex-end" gap="sm">
          {item.image !== '' && (
            <Button variant="default" component={Link} to={imagePath(item, from)}>
              {failure.open}
            </Button>
          )}
          {onRetry && !refused && <Button onClick={onRetry}>{failure.retry(retryable)}</Button>}
        </Group>
      </Stack>
    </Modal>
  );
}
