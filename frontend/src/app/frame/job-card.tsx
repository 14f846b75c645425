import { Button, Card, Group, Progress, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useExternal } from '../../lib/api/external.ts';
import { formatNumber, formatSpan } from '../../lib/format.ts';
import { isOpen, overIn, shareOf, timeLeft, workedFor, type JobState } from '../../lib/jobs/job.ts';
import type { AnyJob } from '../../lib/jobs/work.ts';
import { words } from '../words.ts';

const MOST_REASONS = 5;

/** One job: how far it is, how fast, what failed, and its switches. */
export function JobCard({ job, onLeave }: { job: AnyJob; onLeave: () => void }) {
  const state = useExternal(job);
  const { title, counts, tasks, link } = state;
  const failed = tasks.filter((task) => task.state === 'failed');
  return (
    <Card withBorder padding="md">
      <Text fw={600}>{title}</Text>
      <Progress
        my="sm"
        value={shareOf(state) * 100}
        aria-label={title}
        color={counts.failed > 0 ? 'var(--amber)' : undefined}
      />
      <Text size="sm" c="dimmed">
        {sentence(state)}
      </Text>
      {failed.slice(0, MOST_REASONS).map(({ name, note }, at) => (
        <Text key={at} size="sm" mt="xs">
          <b>{name}</b>: {note}
        </Text>
      ))}
      {failed.length > MOST_REASONS && (
        <Text size="sm" mt="xs" c="dimmed">
          {words.work.more(failed.length - MOST_REASONS)}
        </Text>
      )}
      <Group gap="sm" mt="sm">
        {state.state === 'running' && <Small onClick={() => job.pause()}>{words.work.pause}</Small>}
        {state.state === 'paused' && <Small onClick={() => job.resume()}>{words.work.resume}</Small>}
        {isOpen(state) && <Small onClick={() => job.cancel()}>{words.work.cancel}</Small>}
        {!isOpen(state) && state.state !== 'cancelled' && failed.length > 0 && (
          <Small onClick={() => job.retry()}>{words.work.retry}</Small>
        )}
        {link !== '' && (
          <Button variant="subtle" component={Link} to={link} onClick={onLeave}>
            {words.work.show}
          </Button>
        )}
      </Group>
    </Card>
  );
}

function Small({ children, onClick }: { children: string; onClick: () => void }) {
  return (
    <Button variant="default" onClick={onClick}>
      {children}
    </Button>
  );
}

function sentence(state: JobState): string {
  const { counts, tasks } = state;
  const done = overIn(counts);
  const parts = [words.work.progress(done, tasks.length), words.work.states[state.state]];
  const seconds = workedFor(state) / 1000;
  const left = timeLeft(state);
  if (state.state === 'running' && done > 0)
    parts.push(words.work.rate(formatNumber(Math.round((done / seconds) * 10) / 10)));
  if (left !== undefined) parts.push(words.work.left(formatSpan(left)));
  if (counts.failed > 0) parts.push(words.work.failed(counts.failed));
  return parts.join(' · ');
}
