/** One file to the gateway, telling how far it is. */
import type { UploadItem } from '../../../../backend-node/src/contract/image-upload.ts';
import { addressOf } from '../../lib/api/call.ts';
import { ApiProblem } from '../../lib/api/problem.ts';
import { postTracked } from '../../lib/api/tracked.ts';
import type { Doing } from '../../lib/jobs/job.ts';

export interface Written {
  readonly tags: readonly string[];
  /** '' where it goes into none. */
  readonly album: string;
}

const LONGEST_NAME = 1000;

/** What became of it. Rejects with ApiProblem, or AbortError. */
export async function sendFile(file: File, { tags, album }: Written, doing: Doing): Promise<UploadItem> {
  const url = addressOf('/images', { query: { name: nameOf(file), tags: tags.join(','), album } });
  const answer = await postTracked(url, file, { 'Content-Type': 'application/octet-stream' }, doing);
  const { items } = (await answer.json()) as { items: UploadItem[] };
  const [item] = items;
  if (!item) throw new ApiProblem({ code: 'unreadable', detail: 'The server did not tell what became of the file.' });
  if (item.problem) throw new ApiProblem(item.problem);
  return item;
}

/** Without what no name of the gateway may hold. */
const nameOf = ({ name }: File): string =>
  name
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, LONGEST_NAME);
