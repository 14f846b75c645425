/** Batches and imports that have not ended: work of the server, shown beside that of the tab. */
import { useBatches } from '../../lib/data/batches.ts';
import { useImports } from '../../lib/data/imports.ts';
import { isOpenJob, type ServerJob } from '../../lib/data/server-jobs.ts';

export interface ServerWork {
  readonly kind: 'batch' | 'import';
  readonly job: ServerJob;
}

/** Newest first. */
export function useServerWork(): readonly ServerWork[] {
  const batches = useBatches();
  const imports = useImports();
  return openWork(batches.data ?? [], imports.data ?? []);
}

export function openWork(batches: readonly ServerJob[], imports: readonly ServerJob[]): readonly ServerWork[] {
  const work = [
    ...batches.map((job) => ({ kind: 'batch', job }) as const),
    ...imports.map((job) => ({ kind: 'import', job }) as const),
  ];
  return work.filter(({ job }) => isOpenJob(job)).sort((a, b) => b.job.created_at.localeCompare(a.job.created_at));
}

export const pathOf = ({ kind, job }: ServerWork): string => `/${kind === 'batch' ? 'batches' : 'imports'}/${job.id}`;
