/** A long body to the gateway, telling how far it is: fetch cannot tell, so it is an XMLHttpRequest. */
import { connection } from './connection.ts';
import { ApiProblem, isProblem, problemOf } from './problem.ts';
import { session } from './session.ts';

export interface Sending {
  readonly signal: AbortSignal;
  /** share: 0 to 1. */
  readonly progress: (share: number) => void;
}

/** The good answer to a POST. headers: beside the token; a form says its type itself. Rejects with ApiProblem, or AbortError. */
export async function postTracked(
  url: string,
  body: Blob | FormData,
  headers: Readonly<Record<string, string>>,
  sending: Sending,
): Promise<Response> {
  try {
    return await postOnce(url, body, headers, sending);
  } catch (error) {
    if (!isProblem(error, 'unauthorized') || !(await session.renew())) throw error;
    return postOnce(url, body, headers, sending);
  }
}

async function postOnce(
  url: string,
  body: Blob | FormData,
  more: Readonly<Record<string, string>>,
  sending: Sending,
): Promise<Response> {
  const token = await session.token();
  sending.signal.throwIfAborted();
  const headers = new Headers(more);
  if (token !== '') headers.set('Authorization', `Bearer ${token}`);
  const answer = await arrived(url, body, headers, sending);
  if (!answer.ok) {
    const problem = await problemOf(answer);
    if (problem.status === 503) connection.report('unavailable');
    throw problem;
  }
  connection.report('good');
  return answer;
}

function arrived(url: string, body: Blob | FormData, sent: Headers, { signal, progress }: Sending): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.open('POST', url);
    sent.forEach((value, name) => request.setRequestHeader(name, value));
    request.upload.onprogress = ({ loaded, total }) => progress(total === 0 ? 0 : loaded / total);
    request.onload = () => resolve(responseOf(request));
    request.onabort = () => reject(new DOMException('The upload was cancelled', 'AbortError'));
    request.onerror = () => {
      connection.report('offline');
      reject(new ApiProblem({ code: 'unreachable', detail: 'The connection broke off. The file was not kept.' }));
    };
    request.onloadend = () => signal.removeEventListener('abort', abort);
    signal.addEventListener('abort', abort);
    request.send(body);
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
