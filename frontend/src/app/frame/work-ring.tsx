import { ActionIcon, Drawer, Indicator, RingProgress, Stack, Text, Tooltip, Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { isOpen } from '../../lib/work/job.ts';
import { useExternal } from '../../lib/api/external.ts';
import { clearEnded, useJobs, type AnyJob } from '../../lib/work/work.ts';
import { words } from '../words.ts';
import { JobCard } from './job-card.tsx';

/** A quiet ring with a count while work runs; opens the list of it. */
export function WorkRing() {
  const jobs = useJobs();
  const [opened, { open, close }] = useDisclosure(false);
  if (jobs.length === 0) return null;
  return (
    <>
      <Ring jobs={jobs} onOpen={open} />
      <Drawer opened={opened} onClose={close} position="right" title={words.work.title}>
        <Stack>
          {jobs.map((job) => (
            <JobCard key={job.get().id} job={job} onLeave={close} />
          ))}
          <Button variant="default" onClick={clearEnded}>
            {words.work.clear}
          </Button>
        </Stack>
      </Drawer>
    </>
  );
}

function Ring({ jobs, onOpen }: { jobs: readonly AnyJob[]; onOpen: () => void }) {
  const [latest] = jobs;
  if (!latest) return null;
  return <LatestRing key={latest.get().id} latest={latest} jobs={jobs} onOpen={onOpen} />;
}

function LatestRing({ latest, jobs, onOpen }: { latest: AnyJob; jobs: readonly AnyJob[]; onOpen: () => void }) {
  const { counts, tasks } = useExternal(latest);
  const running = jobs.filter((job) => isOpen(job.get())).length;
  const label = running === 0 ? words.work.none : words.work.ring(running);
  const share = tasks.length === 0 ? 100 : ((counts.done + counts.failed) / tasks.length) * 100;
  return (
    <Tooltip label={label}>
      <Indicator label={running} disabled={running < 2} size={16}>
        <ActionIcon aria-label={`${words.work.title}: ${label}`} onClick={onOpen} size={40}>
          <RingProgress
            size={36}
            thickness={4}
            sections={[{ value: share, color: counts.failed > 0 ? 'var(--amber)' : 'var(--accent)' }]}
            label={
              <Text size="xs" ta="center" c="dimmed">
                {running === 0 ? '✓' : Math.floor(share)}
              </Text>
            }
          />
        </ActionIcon>
      </Indicator>
    </Tooltip>
  );
}
