import { ActionIcon, Indicator, RingProgress, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCheck, IconPlayerPause } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useExternal } from '../../lib/api/external.ts';
import { isOpen } from '../../lib/jobs/job.ts';
import type { AnyJob } from '../../lib/jobs/work.ts';
import { words } from '../words.ts';
import { lookOfJob, lookOfServer, type RingLook } from './ring-look.ts';
import classes from './ring.module.css';
import type { ServerWork } from './server-work.ts';

const WorkDrawer = lazy(() => import('./work-drawer.tsx'));

interface RingProps {
  /** Of the tab's, what is worth showing where there is room for one. */
  readonly shown: AnyJob | undefined;
  readonly jobs: readonly AnyJob[];
  readonly server: readonly ServerWork[];
}

/** How far one is; how many run. What the tab does itself comes before the server's. */
export default function Ring({ shown, jobs, server }: RingProps) {
  const [opened, { open, close }] = useDisclosure(false);
  const running = jobs.filter((job) => isOpen(job.get())).length + server.length;
  const label = running === 0 ? words.work.none : words.work.ring(running);
  const ofServer = server.map(({ job }) => job);
  const ofTab = shown && (isOpen(shown.get()) || server.length === 0);
  return (
    <>
      <Tooltip label={label}>
        <Indicator label={running} disabled={running < 2} size={16} offset={3} display="flex">
          <ActionIcon aria-label={`${words.work.title}: ${label}`} onClick={open} size={40}>
            {ofTab && <OfTab key={shown.get().id} job={shown} />}
            {!ofTab && ofServer.length > 0 && <Circle {...lookOfServer(ofServer)} />}
          </ActionIcon>
        </Indicator>
      </Tooltip>
      <Suspense fallback={null}>{opened && <WorkDrawer jobs={jobs} server={server} onClose={close} />}</Suspense>
    </>
  );
}

function OfTab({ job }: { job: AnyJob }) {
  return <Circle {...lookOfJob(useExternal(job))} />;
}

function Circle({ share, failed, state }: RingLook) {
  return (
    <RingProgress
      size={36}
      thickness={3}
      roundCaps
      // Round ends would be a dot where there is nothing.
      sections={share === 0 ? [] : [{ value: share * 100, color: failed ? 'var(--amber)' : 'var(--accent)' }]}
      label={<Middle share={share} state={state} />}
    />
  );
}

function Middle({ share, state }: Omit<RingLook, 'failed'>) {
  if (state === 'paused') return <IconPlayerPause size={14} className={classes.middle} aria-hidden />;
  if (state === 'ended') return <IconCheck size={14} className={classes.middle} aria-hidden />;
  // Drawn, not written: to who hears the button the label says it all.
  return <span className={`${classes.middle} ${classes.share}`} data-share={`${Math.floor(share * 100)}%`} />;
}
