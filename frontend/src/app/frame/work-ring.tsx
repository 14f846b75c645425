import { lazy, Suspense } from 'react';
import { foremost, useJobs } from '../../lib/jobs/work.ts';
import { useServerWork } from './server-work.ts';

const Ring = lazy(() => import('./ring.tsx'));

/** A quiet ring with a count while there is work, of this tab or of the server; opens the list of it. */
export function WorkRing() {
  const jobs = useJobs();
  const server = useServerWork();
  const shown = foremost(jobs);
  if (!shown && server.length === 0) return null;
  return (
    <Suspense fallback={null}>
      <Ring shown={shown} jobs={jobs} server={server} />
    </Suspense>
  );
}
