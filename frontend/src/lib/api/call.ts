/**
 * Calls of the gateway, typed by its contract: the method and path of a route say what it takes and gives. Only types
 * of the contract come along; no shape and no validator is in the bundle.
 */
import type { z } from 'zod';
import type { EveryRoute } from '../../../../backend-node/src/contract/index.ts';
import { connection } from './connection.ts';
import { ApiProblem, isProblem, problemOf } from './problem.ts';
import { session } from './session.ts';

type KeyOf<R> = R extends EveryRoute ? `${R['method']} ${R['path']}` : never;
/** e.g. 'get /images/:id' */
export type RouteKey = KeyOf<EveryRoute>;

type RouteAt<K, R = EveryRoute> = R extends EveryRoute ? (KeyOf<R> extends K ? R : never) : never;
type Given<R, Part extends string> = R extends { readonly [P in Part]: infer T extends z.ZodType } ? z.input<T> : never;
type Wanted<R, Part extends string> = [Given<R, Part>] extends [never]
  ? object
  : { readonly [P in Part]: Given<R, Part> };
type Wish<Part extends string, T> = [T] extends [never]
  ? object
  : object extends T
    ? { readonly [P in Part]?: T }
    : { readonly [P in Part]: T };

type Good = 200 | 201 | 202;
type BodyIn<A> = A extends { readonly body: infer T extends z.ZodType } ? z.output<T> : undefined;
type AnswerIn<A> = { [S in keyof A & Good]: BodyIn<A[S]> }[keyof A & Good];

/** What a route answers when all went well; undefined where there is no JSON. */
export type AnswerOf<K extends RouteKey> = [AnswerIn<RouteAt<K>['answers']>] extends [never]
  ? undefined
  : AnswerIn<RouteAt<K>['answers']>;

export type QueryOf<K extends RouteKey> = Given<RouteAt<K>, 'query'>;
export type BodyOf<K extends RouteKey> = Given<RouteAt<K>, 'body'>;

interface Always {
  readonly signal?: AbortSignal | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** The revision that was read: the change is refused where somebody else came between. */
  readonly revision?: number;
  /** The body of a route that takes a stream. */
  readonly stream?: Blob | FormData;
}

export type CallOf<K extends RouteKey> = Always &
  Wanted<RouteAt<K>, 'params'> &
  Wish<'query', Given<RouteAt<K>, 'query'>> &
  Wish<'body', Given<RouteAt<K>, 'body'>>;

type Arguments<K extends RouteKey> = object extends CallOf<K> ? [wish?: CallOf<K>] : [wish: CallOf<K>];

/** The parsed answer. Rejects with ApiProblem, or AbortError where the signal was aborted. */
export async function call<K extends RouteKey>(key: K, ...[wish]: Arguments<K>): Promise<AnswerOf<K>> {
  const asked = wish as AnyWish | undefined;
  const answer = await send(key, asked);
  const text = await answer.text().catch((error: unknown) => {
    throw asked?.signal?.aborted === true ? error : unreachable();
  });
  return (text === '' ? undefined : JSON.parse(text)) as AnswerOf<K>;
}

/** The answer with its body unread, for what is not JSON. Rejects like call. */
export function open<K extends RouteKey>(key: K, ...[wish]: Arguments<K>): Promise<Response> {
  return send(key, wish as AnyWish | undefined);
}

interface AnyWish extends Always {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

async function send(key: RouteKey, wish: AnyWish = {}): Promise<Response> {
  const [method = '', path = ''] = key.split(' ');
  const url = addressOf(path, wish);
  try {
    return await sendOnce(method, url, wish);
  } catch (error) {
    // Tokens are short-lived, and a session may have been renewed in another tab.
    if (!isProblem(error, 'unauthorized') || !(await session.renew())) throw error;
    return sendOnce(method, url, wish);
  }
}

async function sendOnce(method: string, url: string, wish: AnyWish): Promise<Response> {
  const token = await session.token();
  const headers = new Headers(wish.headers);
  if (token !== '') headers.set('Authorization', `Bearer ${token}`);
  if (wish.revision !== undefined) headers.set('If-Match', `"r${wish.revision}"`);
  if (wish.body !== undefined) headers.set('Content-Type', 'application/json');
  const body = wish.body === undefined ? wish.stream : JSON.stringify(wish.body);
  const init = { method: method.toUpperCase(), headers, ...(body !== undefined && { body }) };
  const answer = await reach(url, { ...init, ...(wish.signal && { signal: wish.signal }) });
  if (answer.ok) return answer;
  const problem = await problemOf(answer);
  if (problem.status === 503 && problem.code !== 'model_unavailable') connection.report('unavailable');
  throw problem;
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    const answer = await fetch(url, init);
    if (answer.ok) connection.report('good');
    return answer;
  } catch (error) {
    throw init.signal?.aborted === true ? error : unreachable();
  }
}

/** Whether it was done is not known: an answer may have been lost on its way. */
function unreachable(): ApiProblem {
  connection.report('offline');
  return new ApiProblem({
    code: 'unreachable',
    detail: 'Vitrine did not answer. Try again once the connection is back.',
  });
}

/** The address of a route: for links and pictures. */
export function addressOf(path: string, wish: Pick<AnyWish, 'params' | 'query'> = {}): string {
  const { params = {}, query = {} } = wish;
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const asked = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(asked.map(([name, value]) => [name, String(value)])).toString();
  return `/api/v1${filled}${search === '' ? '' : `?${search}`}`;
}
