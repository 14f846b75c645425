import { Button, Group, Progress, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { useExternal } from '../../lib/api/external.ts';
import { formatBytes, formatSpan } from '../../lib/format.ts';
import { isOpen } from '../../lib/jobs/job.ts';
import { useRate } from './rate.ts';
import classes from './upload.module.css';
import { clearUpload } from './uploads.ts';
import { words } from './words.ts';
import type { ZipSending } from './zip-sending.ts';

/** A zip on its way: how far it is, and what was wrong with it. */
export function ZipBoard({ sending }: { sending: ZipSending }) {
  const state = useExternal(sending.job);
  useEffect(() => sending.following.watch(), [sending]);
  const task = state.tasks[0];
  const share = task?.share ?? 0;
  const hasFailed = task?.state === 'failed';
  const rate = useRate(share * sending.archive.size, state.state === 'running');
  return (
    <div className={classes.board}>
      <section className={classes.course} aria-label={words.title}>
        <Title order={1} size="h2">
          {words.zip.heading[hasFailed ? 'failed' : state.state]}
        </Title>
        {!hasFailed && <Progress size={8} value={share * 100} aria-label={words.zip.jobTitle} />}
        <Text size="sm" c="dimmed" aria-live="polite">
          {hasFailed ? sending.archive.name : sentence(sending, share, rate)}
        </Text>
        {hasFailed && <Text role="alert">{task.note}</Text>}
        <Switches sending={sending} hasFailed={hasFailed} isRunning={isOpen(state)} />
      </section>
    </div>
  );
}

function sentence({ archive }: ZipSending, share: number, rate: number): string {
  const parts = [archive.name, words.bytes(formatBytes(archive.size * share), formatBytes(archive.size))];
  if (share === 1) return [...parts, words.zip.checking].join(' · ');
  if (rate > 0) {
    const left_ms = ((archive.size * (1 - share)) / rate) * 1000;
    parts.push(words.rate(formatBytes(rate)), words.left(formatSpan(left_ms)));
  }
  return parts.join(' · ');
}

interface SwitchesProps {
  readonly sending: ZipSending;
  readonly hasFailed: boolean;
  readonly isRunning: boolean;
}

function Switches({ sending, hasFailed, isRunning }: SwitchesProps) {
  const { id } = useExternal(sending.following);
  return (
    <Group gap="sm">
      {id !== '' && (
        <Button component={Link} to={`/batches/${id}`}>
          {words.batch.show}
        </Button>
      )}
      {isRunning && (
        <Button variant="default" onClick={() => sending.cancel()}>
          {words.cancel}
        </Button>
      )}
      {hasFailed && (
        <Button variant="default" onClick={() => sending.job.retry()}>
          {words.zip.again}
        </Button>
      )}
      {!isRunning && (
        <Button variant="subtle" color="gray" onClick={clearUpload}>
          {words.clear}
        </Button>
      )}
    </Group>
  );
}
