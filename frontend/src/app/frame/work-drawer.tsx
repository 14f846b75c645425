import { Button, Drawer, Stack, Text } from '@mantine/core';
import { isOpen } from '../../lib/jobs/job.ts';
import { clearEnded, type AnyJob } from '../../lib/jobs/work.ts';
import { words } from '../words.ts';
import { JobCard } from './job-card.tsx';
import { ServerCard } from './server-card.tsx';
import { pathOf, type ServerWork } from './server-work.ts';

interface WorkDrawerProps {
  readonly jobs: readonly AnyJob[];
  readonly server: readonly ServerWork[];
  readonly onClose: () => void;
}

/** What this tab does, and what the server does for this account. */
export default function WorkDrawer({ jobs, server, onClose }: WorkDrawerProps) {
  return (
    <Drawer opened onClose={onClose} position="right" title={words.work.title}>
      <Stack>
        {jobs.map((job) => (
          <JobCard key={job.get().id} job={job} onLeave={onClose} />
        ))}
        {server.map((work) => (
          <ServerCard key={pathOf(work)} work={work} onLeave={onClose} />
        ))}
        {jobs.length === 0 && server.length === 0 && <Text c="dimmed">{words.work.none}</Text>}
        {jobs.some((job) => !isOpen(job.get())) && (
          <Button variant="default" onClick={clearEnded}>
            {words.work.clear}
          </Button>
        )}
      </Stack>
    </Drawer>
  );
}
