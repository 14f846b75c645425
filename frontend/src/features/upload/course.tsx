import { Button, Group, Progress, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { useExternal } from '../../lib/api/external.ts';
import { formatBytes, formatSpan } from '../../lib/format.ts';
import type { Applied } from '../../lib/jobs/apply.ts';
import { shareOf, type Job, type JobState } from '../../lib/jobs/job.ts';
import { ChooseButton } from './choose-button.tsx';
import { useRate } from './rate.ts';
import type { Sums } from './rows-of.ts';
import classes from './upload.module.css';
import { clearUpload, type Sending } from './uploads.ts';
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
  const apply = sending.wish.apply;
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
      {sending.applying && apply && <Applying job={sending.applying} preset={apply.title} />}
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

function Applying({ job, preset }: { job: Job<Applied>; preset: string }) {
  const state = useExternal(job);
  const { counts, tasks } = state;
  if (tasks.length === 0) return null;
  return (
    <div>
      <Text size="sm">{words.applied(preset, counts.done, tasks.length)}</Text>
      <Progress
        mt={4}
        size={4}
        value={shareOf(state) * 100}
        aria-label={words.applying(preset)}
        color={counts.failed > 0 ? 'var(--amber)' : undefined}
      />
      {counts.failed > 0 && <Text size="sm">{words.applyFailed(counts.failed)}</Text>}
    </div>
  );
}

function Switches({ sending, state, failed }: { sending: Sending; state: JobState['state']; failed: number }) {
  const { job, link, wish } = sending;
  const over = state === 'done' || state === 'cancelled';
  return (
    <Group gap="sm">
      {state === 'running' && <Plain onClick={() => job.pause()}>{words.pause}</Plain>}
      {state === 'paused' && <Plain onClick={() => job.resume()}>{words.resume}</Plain>}
      {!over && <Plain onClick={() => sending.cancel()}>{words.cancel}</Plain>}
      {over && (
        <Button component={Link} to={link}>
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
