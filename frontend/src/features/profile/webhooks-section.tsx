import { Button, Group, Skeleton, Text } from '@mantine/core';
import { IconWebhook } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { Webhook } from '../../../../backend-node/src/contract/webhooks.ts';
import { call } from '../../lib/api/call.ts';
import { keys } from '../../lib/data/keys.ts';
import { formatDay } from '../../lib/format.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Deliveries } from './deliveries.tsx';
import classes from './profile.module.css';
import { Section } from './section.tsx';
import { useTest } from './use-test.ts';
import { words } from './words.ts';

const NewWebhook = lazy(() => import('./new-webhook.tsx'));
const DeleteWebhook = lazy(() => import('./delete-webhook.tsx'));

export function WebhooksSection() {
  const [making, setMaking] = useState(false);
  const [deleting, setDeleting] = useState<Webhook>();
  const { data, error, refetch } = useQuery({
    queryKey: keys.webhooks(),
    queryFn: ({ signal }) => call('get /webhooks', { signal }),
  });
  return (
    <Section id="webhooks" title={words.webhooks.title} text={words.webhooks.text}>
      {error && !data && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={56} />}
      {data?.items.length === 0 && <Text c="dimmed">{words.webhooks.none}</Text>}
      <ul className={classes.list}>
        {data?.items.map((webhook) => (
          <WebhookRow key={webhook.id} webhook={webhook} onDelete={() => setDeleting(webhook)} />
        ))}
      </ul>
      <Button mt="md" variant="default" onClick={() => setMaking(true)}>
        {words.webhooks.make}
      </Button>
      <Suspense fallback={null}>
        {making && <NewWebhook onClose={() => setMaking(false)} />}
        {deleting && <DeleteWebhook webhook={deleting} onClose={() => setDeleting(undefined)} />}
      </Suspense>
    </Section>
  );
}

function WebhookRow({ webhook, onDelete }: { webhook: Webhook; onDelete: () => void }) {
  const { id, url, created_at } = webhook;
  const [open, setOpen] = useState(false);
  const testing = useTest(id, () => setOpen(true));
  return (
    <li className={`${classes.row} ${classes.tall}`}>
      <IconWebhook size={22} stroke={1.6} aria-hidden />
      <div className={classes.what}>
        <Text>{url}</Text>
        <Text size="sm" c="dimmed">
          {words.webhooks.made(formatDay(created_at))}
        </Text>
        <Group gap="sm" mt="sm">
          <Button
            variant="default"
            px={12}
            loading={testing.isPending}
            onClick={() => testing.mutate()}
            aria-label={words.webhooks.testOf(url)}
          >
            {words.webhooks.test}
          </Button>
          <Button
            variant="default"
            px={12}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            aria-label={words.webhooks.toldOf(url)}
          >
            {words.webhooks.told}
          </Button>
          <Button variant="default" px={12} onClick={onDelete} aria-label={words.webhooks.deleteOf(url)}>
            {words.webhooks.delete}
          </Button>
        </Group>
        {open && <Deliveries webhook={id} />}
      </div>
    </li>
  );
}
