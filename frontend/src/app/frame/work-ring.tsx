import { lazy, Suspense } from 'react';
import { foremost, useJobs } from '../../lib/jobs/work.ts';

const Ring = lazy(() => import('./ring.tsx'));

/** A quiet ring with a count while there is work; opens the list of it. */
export function WorkRing() {
  const jobs = useJobs();
  const shown = foremost(jobs);
  if (!shown) return null;
  return (
    <Suspense fallback={null}>
      <Ring key={shown.get().id} shown={shown} jobs={jobs} />
    </Suspense>
  );
}
