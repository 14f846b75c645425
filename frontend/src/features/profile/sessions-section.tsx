import { Badge, Button, Skeleton, Text } from '@mantine/core';
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Session } from '../../../../backend-node/src/contract/auth.ts';
import { call } from '../../lib/api/call.ts';
import { keys } from '../../lib/data/keys.ts';
import { formatAgo, formatDay, formatTime } from '../../lib/format.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { tellProblem, toast } from '../../ui/toast.ts';
import { deviceOf, isPhone } from './device.ts';
import classes from './profile.module.css';
import { Section } from './section.tsx';
import { words } from './words.ts';

export function SessionsSection() {
  const { data, error, refetch } = useQuery({
    queryKey: keys.sessions(),
    queryFn: ({ signal }) => call('get /me/sessions', { signal }),
  });
  return (
    <Section id="sessions" title={words.sessions.title} text={words.sessions.text}>
      {error && !data && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={56} />}
      <ul className={classes.list}>
        {data?.items.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
    </Section>
  );
}

function SessionRow({ session }: { session: Session }) {
  const { id, client: agent, created_at, rotated_at, current } = session;
  const device = deviceOf(agent);
  const client = useQueryClient();
  const ending = useMutation({
    mutationFn: () => call('delete /me/sessions/:id', { params: { id } }),
    onSuccess: () => toast({ message: words.sessions.ended(device) }),
    onError: tellProblem,
    onSettled: () => client.invalidateQueries({ queryKey: keys.sessions() }),
  });
  const Glyph = isPhone(agent) ? IconDeviceMobile : IconDeviceDesktop;
  return (
    <li className={classes.row}>
      <Glyph size={22} stroke={1.6} aria-hidden />
      <div className={classes.what}>
        <Text title={agent}>{device}</Text>
        <Text size="sm" c="dimmed" title={formatTime(rotated_at)}>
          {words.sessions.used(formatAgo(rotated_at))} · {words.sessions.since(formatDay(created_at))}
        </Text>
      </div>
      {current ? (
        <Badge variant="light" size="lg" tt="none">
          {words.sessions.here}
        </Badge>
      ) : (
        <Button
          variant="default"
          loading={ending.isPending}
          onClick={() => ending.mutate()}
          aria-label={words.sessions.endOf(device)}
        >
          {words.sessions.end}
        </Button>
      )}
    </li>
  );
}
