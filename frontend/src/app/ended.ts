/** Work on the server that ends while one looks at something else: said once, with the way to it. */
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Heard } from '../lib/api/events.ts';
import type { ServerJob } from '../lib/data/server-jobs.ts';
import { toast } from '../ui/toast.ts';
import { words } from './words.ts';

type Jobs = InfiniteData<{ readonly items: readonly ServerJob[] }>;
const ENDED: Readonly<Record<string, 'batches' | 'imports'>> = {
  'batch.ended': 'batches',
  'import.ended': 'imports',
};

export interface Ended {
  readonly message: string;
  readonly path: string;
}

/** undefined: nothing ended, or nothing is known of it here. */
export function endOf(client: QueryClient, { action, event }: Heard): Ended | undefined {
  const noun = ENDED[action];
  if (noun === undefined || !event) return undefined;
  const lists = client.getQueryData<Jobs>([noun, 'list']);
  const job = lists?.pages.flatMap(({ items }) => items).find(({ id }) => id === event.target);
  if (!job) return undefined;
  const counts = (event.details as Partial<Pick<ServerJob, 'counts'>>).counts ?? job.counts;
  return { message: words.work.ended(job.name, counts.done, counts.failed), path: `/${noun}/${job.id}` };
}

/** Nobody is told of what is before their eyes. */
export function tellEnd(client: QueryClient, heard: Heard, go: (path: string) => unknown): void {
  const ended = endOf(client, heard);
  if (!ended || location.pathname === ended.path) return;
  toast({ message: ended.message, undoLabel: words.work.see, undo: () => go(ended.path) });
}
