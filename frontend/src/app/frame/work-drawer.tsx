import { Button, Drawer, Stack } from '@mantine/core';
import { clearEnded, type AnyJob } from '../../lib/jobs/work.ts';
import { words } from '../words.ts';
import { JobCard } from './job-card.tsx';

/** Every job of this tab. */
export default function WorkDrawer({ jobs, onClose }: { jobs: readonly AnyJob[]; onClose: () => void }) {
  return (
    <Drawer opened onClose={onClose} position="right" title={words.work.title}>
      <Stack>
        {jobs.map((job) => (
          <JobCard key={job.get().id} job={job} onLeave={onClose} />
        ))}
        <Button variant="default" onClick={clearEnded}>
          {words.work.clear}
        </Button>
      </Stack>
    </Drawer>
  );
}
