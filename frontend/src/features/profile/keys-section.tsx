import { Button, Skeleton, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { ApiKey } from '../../../../backend-node/src/contract/api-keys.ts';
import { call } from '../../lib/api/call.ts';
import { keys } from '../../lib/data/keys.ts';
import { formatAgo, formatDay } from '../../lib/format.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import classes from './profile.module.css';
import { Section } from './section.tsx';
import { words } from './words.ts';

const NewKey = lazy(() => import('./new-key.tsx'));
const RevokeKey = lazy(() => import('./revoke-key.tsx'));

export function KeysSection() {
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey>();
  const { data, error, refetch } = useQuery({
    queryKey: keys.apiKeys(),
    queryFn: ({ signal }) => call('get /api-keys', { signal }),
  });
  return (
    <Section id="keys" title={words.keys.title} text={words.keys.text}>
      {error && !data && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={56} />}
      {data?.items.length === 0 && <Text c="dimmed">{words.keys.none}</Text>}
      <ul className={classes.list}>
        {data?.items.map((key) => (
          <KeyRow key={key.id} apiKey={key} onRevoke={() => setRevoking(key)} />
        ))}
      </ul>
      <Button mt="md" variant="default" onClick={() => setMaking(true)}>
        {words.keys.make}
      </Button>
      <Suspense fallback={null}>
        {making && <NewKey onClose={() => setMaking(false)} />}
        {revoking && <RevokeKey apiKey={revoking} onClose={() => setRevoking(undefined)} />}
      </Suspense>
    </Section>
  );
}

function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) {
  const { name, hint, scopes, created_at, used_at } = apiKey;
  return (
    <li className={classes.row}>
      <IconKey size={22} stroke={1.6} aria-hidden />
      <div className={classes.what}>
        <Text>
          {name}{' '}
          <Text span size="sm" c="dimmed">
            {words.keys.ending(hint)}
          </Text>
        </Text>
        <Text size="sm">{scopes.map((scope) => words.scopes[scope][0]).join(', ')}</Text>
        <Text size="sm" c="dimmed">
          {words.keys.made(formatDay(created_at))} · {words.keys.used(used_at === '' ? '' : formatAgo(used_at))} ·{' '}
          {endOf(apiKey)}
        </Text>
      </div>
      <Button variant="default" onClick={onRevoke} aria-label={words.keys.revokeOf(name)}>
        {words.keys.revoke}
      </Button>
    </li>
  );
}

function endOf({ expires_at }: ApiKey): string {
  if (expires_at === '') return words.keys.endless;
  const day = formatDay(expires_at);
  return Date.parse(expires_at) < Date.now() ? words.keys.ended(day) : words.keys.ends(day);
}
