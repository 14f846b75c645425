import { ActionIcon, Indicator, RingProgress, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCheck, IconPlayerPause } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useExternal } from '../../lib/api/external.ts';
import { isOpen, shareOf, type JobState } from '../../lib/jobs/job.ts';
import type { AnyJob } from '../../lib/jobs/work.ts';
import { words } from '../words.ts';
import classes from './ring.module.css';

const WorkDrawer = lazy(() => import('./work-drawer.tsx'));

/** How far one job is; how many run. */
export default function Ring({ shown, jobs }: { shown: AnyJob; jobs: readonly AnyJob[] }) {
  const state = useExternal(shown);
  const [opened, { open, close }] = useDisclosure(false);
  const running = jobs.filter((job) => isOpen(job.get())).length;
  const label = running === 0 ? words.work.none : words.work.ring(running);
  return (
    <>
      <Tooltip label={label}>
        <Indicator label={running} disabled={running < 2} size={16} offset={4}>
          <ActionIcon aria-label={`${words.work.title}: ${label}`} onClick={open} size={40}>
            <RingProgress
              size={36}
              thickness={3}
              roundCaps
              sections={[{ value: shareOf(state) * 100, color: colorOf(state) }]}
              label={<Middle state={state} />}
            />
          </ActionIcon>
        </Indicator>
      </Tooltip>
      <Suspense fallback={null}>{opened && <WorkDrawer jobs={jobs} onClose={close} />}</Suspense>
    </>
  );
}

function Middle({ state }: { state: JobState }) {
  if (state.state === 'paused') return <IconPlayerPause size={14} className={classes.middle} aria-hidden />;
  if (!isOpen(state)) return <IconCheck size={14} className={classes.middle} aria-hidden />;
  return <span className={classes.middle}>{Math.floor(shareOf(state) * 100)}</span>;
}

const colorOf = ({ counts }: JobState): string => (counts.failed > 0 ? 'var(--amber)' : 'var(--accent)');
