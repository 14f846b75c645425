import { lazy, Suspense } from 'react';
import { useJobs } from '../../lib/work/work.ts';

const Ring = lazy(() => import('./ring.tsx'));

/** A quiet ring with a count while there is work; opens the list of it. */
export function WorkRing() {
  const jobs = useJobs();
  const [latest] = jobs;
  if (!latest) return null;
  return (
    <Suspense fallback={null}>
      <Ring key={latest.get().id} latest={latest} jobs={jobs} />
    </Suspense>
  );
}
