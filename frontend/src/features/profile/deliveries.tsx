import { Group, Skeleton, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Delivery } from '../../../../backend-node/src/contract/webhooks.ts';
import { call } from '../../lib/api/call.ts';
import { keys } from '../../lib/data/keys.ts';
import { formatTime } from '../../lib/format.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { eventWords, outcomeWords } from './delivery-words.ts';
import classes from './profile.module.css';
import { words } from './words.ts';

const SHOWN = 10;
/** No event says how a delivery went. */
const ASKED_EACH_MS = 2000;

const isWaiting = ({ state }: Delivery): boolean => state === 'waiting';

/** What a webhook was told last, and how that went. */
export function Deliveries({ webhook }: { webhook: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: keys.deliveries(webhook),
    queryFn: ({ signal }) =>
      call('get /webhooks/:id/deliveries', { params: { id: webhook }, query: { limit: SHOWN }, signal }),
    refetchInterval: ({ state }) => (state.data?.items.some(isWaiting) === true ? ASKED_EACH_MS : false),
  });
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={40} mt="sm" />;
  if (data.items.length === 0) {
    return (
      <Text size="sm" c="dimmed" mt="sm">
        {words.deliveries.none}
      </Text>
    );
  }
  return (
    <ul className={classes.told} aria-label={words.deliveries.title}>
      {data.items.map((delivery) => (
        <li key={delivery.id}>
          <Text size="sm">
            {eventWords(delivery.event)} · {formatTime(delivery.created_at)}
          </Text>
          <Group gap={6} wrap="nowrap" align="start" c={delivery.state === 'failed' ? 'red' : 'dimmed'}>
            {delivery.state === 'failed' && <IconAlertTriangle size={18} stroke={1.6} aria-hidden />}
            <Text size="sm">{outcomeWords(delivery)}</Text>
          </Group>
        </li>
      ))}
    </ul>
  );
}
