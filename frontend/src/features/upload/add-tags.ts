/** Tags for a picture that was there before its file was uploaded again. */
import { call } from '../../lib/api/call.ts';
import { ApiProblem } from '../../lib/api/problem.ts';
import type { Doing } from '../../lib/jobs/job.ts';

/** Besides those it has. Rejects with ApiProblem. */
export async function addTags(
  image: string,
  tags: readonly string[],
  { signal }: Pick<Doing, 'signal'>,
): Promise<void> {
  if (tags.length === 0) return;
  const body = { action: 'tag' as const, ids: [image], tags: [...tags] };
  const { failed } = await call('post /images/bulk', { body, signal });
  if (failed[0]) throw new ApiProblem(failed[0]);
}
