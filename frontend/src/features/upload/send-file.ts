/** One file to the gateway, telling how far it is: fetch cannot tell, so it is an XMLHttpRequest. */
import type { UploadItem } from '../../../../backend-node/src/contract/image-upload.ts';
import { addressOf } from '../../lib/api/call.ts';
import { connection } from '../../lib/api/connection.ts';
import { ApiProblem, isProblem, problemOf } from '../../lib/api/problem.ts';
import { session } from '../../lib/api/session.ts';
import type { Doing } from '../../lib/jobs/job.ts';

export interface Written {
  readonly tags: readonly string[];
  /** '' where it goes into none. */
  readonly album: string;
}

const LONGEST_NAME = 1000;

/** What became of it. Rejects with ApiProblem, or AbortError. */
export async function sendFile(file: File, { tags, album }: Written, doing: Doing): Promise<UploadItem> {
  const name = nameOf(file);
  const url = addressOf('/images', { query: { name, tags: tags.join(','), album } });
  try {
    return await sendOnce(url, file, doing);
  } catch (error) {
    if (!isProblem(error, 'unauthorized') || !(await session.renew())) throw error;
    return sendOnce(url, file, doing);
  }
}

/** Without what no name of the gateway may hold. */
const nameOf = ({ name }: File): string =>
  name
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, LONGEST_NAME);

async function sendOnce(url: string, file: File, doing: Doing): Promise<UploadItem> {
  const token = await session.token();
  doing.signal.throwIfAborted();
  const answer = await arrived(url, file, token, doing);
  if (!answer.ok) {
    const problem = await problemOf(answer);
    if (problem.status === 503) connection.report('unavailable');
    throw problem;
  }
  connection.report('good');
  const { items } = (await answer.json()) as { items: UploadItem[] };
  const [item] = items;
  if (!item) throw new ApiProblem({ code: 'unreadable', detail: 'The server did not tell what became of the file.' });
  if (item.problem) throw new ApiProblem(item.problem);
  return item;
}

function arrived(url: string, file: File, token: string, { signal, progress }: Doing): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.open('POST', url);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    if (token !== '') request.setRequestHeader('Authorization', `Bearer ${token}`);
    request.upload.onprogress = ({ loaded, total }) => progress(total === 0 ? 0 : loaded / total);
    request.onload = () => resolve(responseOf(request));
    request.onabort = () => reject(new DOMException('The upload was cancelled', 'AbortError'));
    request.onerror = () => {
      connection.report('offline');
      reject(new ApiProblem({ code: 'unreachable', detail: 'The connection broke off. The picture was not kept.' }));
    };
    request.onloadend = () => signal.removeEventListener('abort', abort);
    signal.addEventListener('abort', abort);
    request.send(file);
  });
}

function responseOf(request: XMLHttpRequest): Response {
  const headers = new Headers();
  for (const name of ['Retry-After', 'X-Request-Id']) {
    const value = request.getResponseHeader(name);
    if (value !== null) headers.set(name, value);
  }
  return new Response(request.responseText, { status: request.status, headers });
}
