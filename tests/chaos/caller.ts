/** Somebody who calls the API and is not put off: what is away for a while is asked again. */
import { setTimeout as sleep } from 'node:timers/promises';

const SOMEBODY = { email: 'chaos@example.com', name: 'Chaos', password: 'a photo of a mug on a table' };
const MOST_PATIENCE_MS = 300_000;
const ANSWER_MS = 30_000;
const AGAIN_MS = 300;
const PASSING: ReadonlySet<number> = new Set([429, 502, 503, 504, 507]);

export class Caller {
  /** Gateways of one store; the first that answers will do. */
  readonly #urls: () => readonly string[];
  #token = '';
  #turn = 0;

  constructor(urls: () => readonly string[]) {
    this.#urls = urls;
  }

  async register(): Promise<void> {
    this.#token = tokenOf(await this.json('POST', '/auth/register', SOMEBODY));
  }

  /** Anew, so that the token lasts for a case. */
  async signIn(): Promise<void> {
    this.#token = '';
    const { email, password } = SOMEBODY;
    this.#token = tokenOf(await this.json('POST', '/auth/login', { email, password }));
  }

  async json<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T> {
    const sent =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
    return JSON.parse(await this.text(path, { method, ...sent })) as T;
  }

  /** The text of an answer that went well. */
  async text(path: string, init: RequestInit = {}): Promise<string> {
    const latest = Date.now() + MOST_PATIENCE_MS;
    let last = '';
    while (Date.now() < latest) {
      const answer = await this.once(path, init).catch((error: unknown) => String(error));
      if (typeof answer !== 'string' && answer.ok) return await answer.text();
      last = typeof answer === 'string' ? answer : `${answer.status} ${await answer.text()}`;
      if (typeof answer !== 'string' && !PASSING.has(answer.status)) break;
      this.#turn += 1;
      await sleep(AGAIN_MS);
    }
    throw new Error(`${init.method ?? 'GET'} ${path}: expected an answer that went well, received ${last}`);
  }

  /** Whatever comes. */
  once(path: string, init: RequestInit = {}): Promise<Response> {
    const urls = this.#urls();
    const headers = new Headers(init.headers);
    if (this.#token !== '') headers.set('Authorization', `Bearer ${this.#token}`);
    const url = urls[this.#turn % urls.length] ?? '';
    return fetch(`${url}/api/v1${path}`, { ...init, headers, signal: AbortSignal.timeout(ANSWER_MS) });
  }

  /** Everything of a list that is paged by cursor. */
  async every<T>(path: string): Promise<T[]> {
    const found: T[] = [];
    for (let cursor = ''; ;) {
      const query: string = cursor === '' ? 'limit=200' : `limit=200&cursor=${cursor}`;
      const page = await this.json<{ items: T[]; nextCursor: string | null }>('GET', `${path}?${query}`);
      found.push(...page.items);
      if (page.nextCursor === null) return found;
      cursor = page.nextCursor;
    }
  }
}

const tokenOf = (answer: Record<string, unknown>): string => String(answer['access_token']);

/** What comes of each, so many at once. */
export async function eachOf<T, R>(
  things: readonly T[],
  at_once: number,
  work: (thing: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const next = things.entries();
  const worker = async (): Promise<void> => {
    for (const [at, thing] of next) results[at] = await work(thing);
  };
  await Promise.all(Array.from({ length: at_once }, worker));
  return results;
}
