import { Button, Group, Progress, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { useExternal } from '../../lib/api/external.ts';
import { formatBytes, formatSpan } from '../../lib/format.ts';
import type { JobState } from '../../lib/jobs/job.ts';
import { BatchNote } from './batch-note.tsx';
import { ChooseButton } from './choose-button.tsx';
import { useRate } from './rate.ts';
import type { Sums } from './rows-of.ts';
import classes from './upload.module.css';
import type { Sending } from './sending.ts';
import { clearUpload } from './uploads.ts';
import { words } from './words.ts';

interface CourseProps {
  readonly sending: Sending;
  readonly state: JobState['state'];
  readonly sums: Sums;
}

/** How far the whole is, and its switches. */
export function Course({ sending, state, sums }: CourseProps) {
  const { states, bytes, sent, lost } = sums;
  const rate = useRate(sent, state === 'running');
  return (
    <section className={classes.course} aria-label={words.title}>
      <Title order={1} size="h2">
        {headingOf(state, states.failed)}
      </Title>
      <Progress
        size={8}
        value={bytes === 0 ? 100 : ((sent + lost) / bytes) * 100}
        aria-label={words.jobTitle}
        color={states.failed > 0 ? 'var(--amber)' : undefined}
      />
      <Text size="sm" c="dimmed" aria-live="polite">
        {sentence(sums, state === 'running' ? rate : 0)}
      </Text>
      <BatchNote sending={sending} failed={states.failed} />
      <Switches sending={sending} state={state} failed={states.failed} />
    </section>
  );
}

function headingOf(state: JobState['state'], failed: number): string {
  return state === 'done' && failed > 0 ? words.heading.failed(failed) : words.heading[state];
}

function sentence({ states, bytes, sent, lost }: Sums, rate: number): string {
  const arrived = states.created + states.duplicate;
  const all = arrived + states.failed + states.waiting + states.running + states.unsent;
  const parts = [words.progress(arrived, all), words.bytes(formatBytes(sent), formatBytes(bytes))];
  if (rate > 0)
    parts.push(words.rate(formatBytes(rate)), words.left(formatSpan(((bytes - sent - lost) / rate) * 1000)));
  return parts.join(' · ');
}

function Switches({ sending, state, failed }: { sending: Sending; state: JobState['state']; failed: number }) {
  const { job, link, wish } = sending;
  const { id } = useExternal(sending.following);
  const over = state === 'done' || state === 'cancelled';
  return (
    <Group gap="sm">
      {state === 'running' && <Plain onClick={() => job.pause()}>{words.pause}</Plain>}
      {state === 'paused' && <Plain onClick={() => job.resume()}>{words.resume}</Plain>}
      {!over && <Plain onClick={() => sending.cancel()}>{words.cancel}</Plain>}
      {id !== '' && (
        <Button component={Link} to={`/batches/${id}`}>
          {words.batch.show}
        </Button>
      )}
      {over && (
        <Button component={Link} to={link} variant={id === '' ? 'filled' : 'default'}>
          {wish.album ? words.doneAlbum : words.done}
        </Button>
      )}
      {failed > 0 && state !== 'cancelled' && <Plain onClick={() => job.retry()}>{words.retry(failed)}</Plain>}
      {state !== 'cancelled' && (
        <ChooseButton from="files" variant="subtle">
          {words.chooseMore}
        </ChooseButton>
      )}
      {over && (
        <Button variant="subtle" color="gray" onClick={clearUpload}>
          {words.clear}
        </Button>
      )}
    </Group>
  );
}

function Plain({ children, onClick }: { children: string; onClick: () => void }) {
  return (
    <Button variant="default" onClick={onClick}>
      {children}
    </Button>
  );
}
